import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Disk, FirmwareEntries, FirmwareEntry, Job } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { DiskLook } from "#ui/boot/disk-look.tsx";
import { DiskChoice } from "#ui/disk/disk-choice.tsx";
import { targetName } from "#ui/disk/disk-words.ts";
import { t } from "#ui/i18n/index.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { ChoiceGroup } from "#ui/parts/choice.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What starts this computer, what of that is wrong, and what can be done about it. */
export function BootPage(): JSX.Element {
  const shell = useShell();
  const disks = useSignal<Loaded<readonly Disk[]>>(NOTHING);
  const chosenId = useSignal<string | undefined>(undefined);
  const look = () => load(disks, () => shell.api.call("disks"));
  useEffect(() => void look(), []);
  const { value, busy, problem } = disks.value;
  const chosen = value?.find(({ id }) => id === chosenId.value);
  return (
    <Page
      title={t("boot.title")}
      lead={t("boot.lead")}
      tools={
        <Button icon="refresh" blocked={busy} onPress={look}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      footer={null}
    >
      <Firmware />
      {problem && <ProblemAlert problem={problem} />}
      {!value && !problem && <p class="muted">{t("app.loading")}</p>}
      {value && (
        <div class="columns">
          <ChoiceGroup legend={t("target.list")}>
            {value.map((disk) => (
              <DiskChoice
                key={disk.id}
                group="boot"
                disk={disk}
                checked={chosenId.value === disk.id}
                onChoose={() => {
                  chosenId.value = disk.id;
                }}
                refusal={disk.unreadable && { text: t("target.unreadable"), code: disk.unreadable.reason }}
              />
            ))}
            {value.length === 0 && <p>{t("home.no-disks")}</p>}
          </ChoiceGroup>
          <Section title={t("boot.disk")} class="panel">
            {chosen ? <DiskLook key={chosen.id} disk={chosen} /> : <p class="muted">{t("target.choose-to-see")}</p>}
          </Section>
        </div>
      )}
      <Undo />
    </Page>
  );
}

function Firmware(): JSX.Element {
  const shell = useShell();
  const system = shell.system.value.value;
  const found = useSignal<Loaded<FirmwareEntries>>(NOTHING);
  useEffect(() => void load(found, () => shell.api.call("firmwareEntries")), []);
  const { value, problem } = found.value;
  const entries = value?.entries;
  return (
    <Section title={t("home.firmware")}>
      <p>{t(system?.firmware === "uefi" ? (system.secureBoot ? "boot.uefi-secure" : "boot.uefi") : "boot.bios")}</p>
      {problem && <ProblemAlert problem={problem} />}
      {value && !entries && system?.firmware === "uefi" && <p class="muted">{t("boot.no-entries")}</p>}
      {entries && entries.length > 0 && <Entries entries={entries} />}
    </Section>
  );
}

const Entries = ({ entries }: { entries: readonly FirmwareEntry[] }): JSX.Element => (
  <table class="table">
    <caption class="visually-hidden">{t("boot.entries")}</caption>
    <thead>
      <tr>
        <th scope="col" aria-label={t("boot.order")}>
          #
        </th>
        <th scope="col">{t("disk.name")}</th>
        <th scope="col">{t("boot.starts")}</th>
      </tr>
    </thead>
    <tbody>
      {entries.map((entry) => (
        <tr key={entry.name}>
          <td>{entry.position ?? "–"}</td>
          <th scope="row">
            <span translate={false}>{entry.label || entry.name}</span>
            <span class="table__sub">{entryState(entry)}</span>
          </th>
          <td>
            {whatItStarts(entry)}
            {entry.file && (
              <span class="table__sub code" translate={false}>
                {entry.file}
              </span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

function entryState({ isActive, isCurrent, position }: FirmwareEntry): string | undefined {
  if (isCurrent) return t("boot.entry-current");
  if (!isActive) return t("boot.entry-off");
  return position === undefined ? t("boot.entry-unlisted") : undefined;
}

function whatItStarts({ partition, disk }: FirmwareEntry): string {
  if (partition === undefined) return t("boot.entry-other");
  return disk === undefined ? t("boot.entry-gone") : t("boot.entry-disk", { number: partition, disk });
}

/** What restores of this session have saved of what was there before. */
function Undo(): JSX.Element | null {
  const shell = useShell();
  const jobs = useSignal<Loaded<readonly Job[]>>(NOTHING);
  const asked = useSignal<string | undefined>(undefined);
  useEffect(() => void load(jobs, () => shell.api.call("jobs")), []);
  const undoable = jobs.value.value?.filter(({ report }) => report?.undo?.file !== undefined) ?? [];
  if (undoable.length === 0) return null;
  return (
    <Section title={t("result.undo")}>
      <p>{t("result.undo-text")}</p>
      <ul class="rows">
        {undoable.map(({ id, plan }) => (
          <li key={id} class="row">
            <div class="row__text">
              <p class="row__title">{targetName(plan)}</p>
              <p class="muted">{plan.image.name}</p>
            </div>
            <Button
              onPress={() => {
                asked.value = id;
              }}
            >
              {t("result.undo-button")}
            </Button>
          </li>
        ))}
      </ul>
      {asked.value && (
        <OperationDialog
          request={{ kind: "undo", jobId: asked.value }}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </Section>
  );
}
