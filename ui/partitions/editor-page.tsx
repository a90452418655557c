import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { OperationRequest, PartitionsAnswer } from "#rescue/api/contract.ts";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { diskTitle } from "#ui/disk/disk-words.ts";
import { t } from "#ui/i18n/index.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { ChosenPart } from "#ui/partitions/chosen-part.tsx";
import { DiskActions } from "#ui/partitions/disk-actions.tsx";
import { grab } from "#ui/partitions/drag.ts";
import { EditTable } from "#ui/partitions/edit-table.tsx";
import { fateOf } from "#ui/partitions/fate.ts";
import { Pending } from "#ui/partitions/pending.tsx";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Select } from "#ui/parts/select.tsx";
import { useShell } from "#ui/shell/context.ts";

/** One disk as it is and as it would be, and the operations that lead from one to the other. */
export function EditorPage(): JSX.Element {
  const { partitions } = useShell();
  const { value: disks, problem } = partitions.disks.value;
  const { value: answer, problem: unanswered, busy } = partitions.answer.value;
  useUndoKeys();
  return (
    <Page
      title={t("partitions.title")}
      lead={t("partitions.lead")}
      tools={
        <Button icon="refresh" blocked={busy} onPress={() => partitions.look()}>
          {t("partitions.look")}
        </Button>
      }
      footer={<Actions />}
    >
      {problem && <ProblemAlert problem={problem} />}
      {disks?.length === 0 && <p>{t("home.no-disks")}</p>}
      {disks && disks.length > 0 && (
        <div class="actions actions--ends">
          <Select
            label={t("partitions.disk")}
            options={disks.map((one) => ({ value: one.id, label: diskTitle(one) }))}
            value={partitions.diskId.value ?? ""}
            onChoose={(id) => partitions.choose(id)}
          />
          {answer?.after && <DiskActions />}
        </div>
      )}
      {unanswered && <ProblemAlert problem={unanswered} />}
      {!answer && busy && <p class="muted">{t("partitions.looking")}</p>}
      {answer?.refusal && <Refused refusal={answer.refusal} />}
      {answer?.unfinished && <Unfinished unfinished={answer.unfinished} />}
      <WholeDisk />
      {answer?.after && <Editing />}
    </Page>
  );
}

/** Nothing of it has a place in a table, so the picture below shows the disk as free. */
function WholeDisk(): JSX.Element | null {
  const { partitions } = useShell();
  const whole = partitions.disk.value?.partitions.find(({ number }) => number === 0);
  if (!whole) return null;
  return (
    <Alert kind="warning" title={t("partitions.whole-disk", { filesystem: whole.filesystem?.type ?? "" })}>
      <p>{t("partitions.whole-disk-text")}</p>
    </Alert>
  );
}

/** Ctrl+Z and Ctrl+Y, except where they belong to a text that is being typed. */
function useUndoKeys(): void {
  const { partitions } = useShell();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement && event.target.type === "text";
      if (!(event.ctrlKey || event.metaKey) || isTyping) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) partitions.undo();
      else if (key === "y" || key === "z") partitions.redo();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [partitions]);
}

function Refused({ refusal }: { refusal: NonNullable<PartitionsAnswer["refusal"]> }): JSX.Element {
  const disk = useShell().partitions.disk.value;
  return (
    <>
      <ProblemAlert problem={refusal} title={t("partitions.refused")} />
      {disk && !disk.unreadable && (
        <Section title={t("target.now")}>
          <DiskView key={disk.id} layout={disk} caption={t("target.now")} />
        </Section>
      )}
    </>
  );
}

function Unfinished({ unfinished }: { unfinished: NonNullable<PartitionsAnswer["unfinished"]> }): JSX.Element {
  const { partitions } = useShell();
  const asked = useSignal<OperationRequest | undefined>(undefined);
  const ask = (back: boolean) => {
    asked.value = { kind: "partition-resume", diskId: partitions.diskId.value ?? "", back };
  };
  const { number, kind } = unfinished;
  return (
    <Alert kind="warning" title={t("partitions.unfinished")}>
      <p>{t(kind === "move" ? "partitions.unfinished-move" : "partitions.unfinished-resize", { number })}</p>
      <div class="actions">
        <Button kind="primary" onPress={() => ask(false)}>
          {t("partitions.finish")}
        </Button>
        <Button onPress={() => ask(true)}>{t("partitions.take-back")}</Button>
      </div>
      {asked.value && (
        <OperationDialog
          request={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </Alert>
  );
}

function Editing(): JSX.Element {
  const { partitions } = useShell();
  const now = partitions.answer.value.value?.now;
  const after = partitions.after.value;
  const unmarked = useSignal<string | undefined>(undefined);
  const isMoving = partitions.draft.value !== undefined;
  const isChanged = partitions.edits.value.length > 0 || isMoving;
  if (!now || !after) return <p class="muted">{t("partitions.looking")}</p>;
  return (
    <>
      <Section title={t("partitions.layout")}>
        <div class="bars">
          {isChanged && <DiskBar layout={now} fate="now" caption={t("review.now")} selection={unmarked} />}
          <DiskBar
            // What is free then is not known before the server was asked.
            layout={isMoving ? { ...after, free: undefined } : after}
            fate={(one) => fateOf(one, now)}
            caption={isChanged ? t("review.after") : t("review.now")}
            selection={partitions.selected}
            onGrab={grab(partitions)}
          />
        </div>
        <p class="muted">{t("partitions.how")}</p>
      </Section>
      <div class="columns">
        <div class="stack">
          <Section title={t("partitions.list")}>
            <EditTable />
          </Section>
          <Pending />
        </div>
        <ChosenPart />
      </div>
    </>
  );
}

function Actions(): JSX.Element {
  const { partitions } = useShell();
  const { past, future, edits, answer } = partitions;
  const count = edits.value.length;
  const wrong = answer.value.value?.problem;
  const missing = count === 0 ? t("partitions.nothing") : wrong ? t("partitions.impossible") : undefined;
  const asked = useSignal(false);
  useEffect(() => {
    if (!missing) asked.value = false;
  }, [missing, asked]);
  return (
    <>
      <Button icon="undo" blocked={past.value.length === 0} onPress={() => partitions.undo()}>
        {t("partitions.undo")}
      </Button>
      <Button icon="redo" blocked={future.value.length === 0} onPress={() => partitions.redo()}>
        {t("partitions.redo")}
      </Button>
      <p class="footer__missing" role="status" id="apply-missing">
        {asked.value && missing}
      </p>
      <Button
        kind="primary"
        blocked={missing !== undefined || answer.value.busy}
        describedBy="apply-missing"
        onPress={() => {
          asked.value = missing !== undefined;
          if (!missing && !answer.value.busy) partitions.review(true);
        }}
      >
        {t("partitions.apply")}
      </Button>
    </>
  );
}
