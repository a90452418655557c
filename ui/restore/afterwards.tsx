import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Job, MendNote, MendReport, OperationRequest, Sentence } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Told } from "#ui/parts/told.tsx";

/** What was changed in the systems so that they start, and what stands in the way still. */
export function Mended({ report }: { report: MendReport }): JSX.Element {
  const { systems, partitions, loaders, disk, notes, problems } = report;
  const done = [...partitions, ...loaders, ...disk];
  const isIdle = done.length === 0 && systems.every(({ steps }) => steps.length === 0);
  return (
    <Section title={t("result.mended")}>
      {isIdle && <p>{t("result.mend-idle")}</p>}
      {systems.map((system) => (
        <div key={system.name}>
          <h3 translate={false}>{system.name}</h3>
          <Notes notes={[...system.problems, ...system.notes]} />
          <Lines sentences={system.steps} />
        </div>
      ))}
      <Notes notes={[...problems, ...notes]} />
      <Lines sentences={done} />
    </Section>
  );
}

/** More lines than these are folded: a GRUB alone comes with some hundred modules. */
const SHOWN_LINES = 8;

function Lines({ sentences }: { sentences: readonly Sentence[] }): JSX.Element | null {
  if (sentences.length === 0) return null;
  const list = (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence.text}>
          <Told of={sentence} />
        </li>
      ))}
    </ul>
  );
  if (sentences.length <= SHOWN_LINES) return list;
  return (
    <details class="details">
      <summary>{t("result.mend-steps", { count: sentences.length })}</summary>
      {list}
    </details>
  );
}

const Notes = ({ notes }: { notes: readonly MendNote[] }): JSX.Element | null =>
  notes.length === 0 ? null : (
    <ul>
      {notes.map((note) => (
        <li key={note.code + note.text}>
          <Told of={note} /> {note.next && <Told of={{ text: note.next, said: note.nextSaid }} />}
        </li>
      ))}
    </ul>
  );

/** What can be done with a disk that was restored: try whether it starts, or have back what was on it. */
export function Afterwards({ job }: { job: Job }): JSX.Element {
  const asked = useSignal<OperationRequest | undefined>(undefined);
  const { plan, report } = job;
  const hasUndo = report?.undo?.file !== undefined;
  return (
    <div class="columns columns--even">
      {!plan.into && (
        <Section title={t("result.prove")}>
          <p>{t("result.prove-text")}</p>
          <div class="actions">
            <Button
              onPress={() => {
                asked.value = { kind: "prove", diskId: plan.target.id };
              }}
            >
              {t("result.prove-button")}
            </Button>
          </div>
        </Section>
      )}
      {hasUndo && (
        <Section title={t("result.undo")}>
          <p>{t("result.undo-text")}</p>
          <div class="actions">
            <Button
              onPress={() => {
                asked.value = { kind: "undo", jobId: job.id };
              }}
            >
              {t("result.undo-button")}
            </Button>
          </div>
        </Section>
      )}
      {asked.value && (
        <OperationDialog
          request={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}
