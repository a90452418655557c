import type { JSX } from "preact";
import type { Disk, TargetChoice } from "#rescue/api/contract.ts";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { partitionName } from "#ui/disk/segments.ts";
import { describeProblem, format, t, tData } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Choice, ChoiceGroup } from "#ui/parts/choice.tsx";
import { useWizard } from "#ui/parts/context.ts";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/wizard/question.tsx";

const NAMES_SHOWN = 4;

export function TargetPage(): JSX.Element {
  const wizard = useWizard();
  const { value: choices, busy, problem } = wizard.targets.value;
  const manifest = wizard.image.value?.manifest;
  const lead = manifest && t("target.lead", { name: manifest.name, size: format.diskSize(manifest.disk.size) });
  return (
    <Question
      title={t("target.title")}
      lead={lead}
      tools={
        <Button icon="refresh" blocked={busy} onPress={() => wizard.loadTargets()}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      missing={wizard.target.value ? undefined : t("target.missing")}
      onNext={() => wizard.go("review")}
      onBack={() => wizard.go("image")}
    >
      {wizard.actionProblem.value && <ProblemAlert problem={wizard.actionProblem.value} />}
      {problem && <ProblemAlert problem={problem} />}
      {!choices && !problem && <p class="muted">{t("app.loading")}</p>}
      {choices?.length === 0 && (
        <Section title={t("target.empty-title")} class="empty">
          <p>{t("target.empty")}</p>
        </Section>
      )}
      {choices && choices.length > 0 && <Targets choices={choices} />}
    </Question>
  );
}

function Targets({ choices }: { choices: readonly TargetChoice[] }): JSX.Element {
  const chosen = useWizard().target.value;
  return (
    <>
      {choices.every((choice) => choice.refusal) && <Alert kind="warning">{t("target.none-fits")}</Alert>}
      <div class="columns">
        <ChoiceGroup legend={t("target.list")}>
          {choices.map((choice) => (
            <TargetOption key={choice.disk.id} choice={choice} />
          ))}
        </ChoiceGroup>
        <Section title={t("target.now")} class="panel">
          {chosen ? (
            <DiskView key={chosen.disk.id} layout={chosen.disk} caption={t("target.now")} />
          ) : (
            <p class="muted">{t("target.choose-to-see")}</p>
          )}
        </Section>
      </div>
    </>
  );
}

function TargetOption({ choice }: { choice: TargetChoice }): JSX.Element {
  const wizard = useWizard();
  const { disk, refusal } = choice;
  const need = wizard.image.value?.manifest?.disk.size ?? 0;
  const words = refusal && describeProblem({ ...refusal, safe: "", next: "", details: { need, have: disk.size } });
  const bus = tData("bus", disk.bus);
  return (
    <Choice
      group="target"
      icon={disk.removable || disk.bus === "usb" ? "stick" : "disk"}
      title={
        <>
          {disk.kind === "file" ? choice.name : (disk.model ?? choice.name)}{" "}
          <span class="choice__size">{format.diskSize(disk.size)}</span>
        </>
      }
      checked={wizard.targetId.value === disk.id}
      onChoose={() => wizard.chooseTarget(disk.id)}
      refusal={words && { title: t("target.refused"), text: words.text, code: words.code }}
    >
      <p class="choice__facts">
        {disk.serial && (
          <span>
            {t("target.serial")} <Serial serial={disk.serial} />
          </span>
        )}
        <span>{disk.removable ? t("target.removable", { bus }) : bus}</span>
        <span class="muted">{disk.path}</span>
      </p>
      <p>{holds(disk)}</p>
      {disk.unfinishedRestore && <p class="warning-text">{t("target.unfinished")}</p>}
    </Choice>
  );
}

/** The end of the serial number is what differs between two disks of one model, and what is printed largest. */
const Serial = ({ serial }: { serial: string }): JSX.Element => (
  <span class="serial">
    {serial.slice(0, -4)}
    <strong>{serial.slice(-4)}</strong>
  </span>
);

/** What is on a disk, in a line. A disk of which that is not known is never called empty. */
export function holds(disk: Pick<Disk, "partitions" | "table" | "unreadable">): string {
  if (disk.unreadable) return t("target.unreadable");
  const names = disk.partitions.filter((p) => p.role !== "extended").map(partitionName);
  if (names.length === 0) return t(disk.table.problems.length > 0 ? "target.not-recognised" : "target.is-empty");
  const shown = names.length > NAMES_SHOWN ? [...names.slice(0, NAMES_SHOWN - 1), "…"] : names;
  return t("target.holds", { count: names.length, names: shown.join(", ") });
}
