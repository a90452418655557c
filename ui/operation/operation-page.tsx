import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Operation, OperationKind, OperationProgress } from "#rescue/api/contract.ts";
import { format, type PlainKey, t, tData } from "#ui/i18n/index.ts";
import { isOver } from "#ui/operation/operation-watch.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { ConnectionLost, ProgressNumbers, ProgressWarnings, ratioOf, useAnnouncements } from "#ui/parts/progress.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { Lines, Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** A job that is no restore, by its id: while it runs, and what came of it. A reload and a second browser find it again. */
export function OperationPage({ id }: { id: string }): JSX.Element {
  const shell = useShell();
  const { watch } = shell;
  useEffect(() => watch.follow(id), [id, watch]);
  const { value: problem } = watch.problem;
  const { value } = watch.operation;
  const operation = value?.id === id ? value : undefined;
  return (
    <Page
      title={operation ? titleOf(operation) : t("app.loading")}
      documentTitle={operation && windowTitle(operation)}
      lead={operation && t(`operation.${operation.state === "cancelling" ? "running" : operation.state}`)}
      footer={operation && !isOver(operation) ? <Stop operation={operation} /> : <Ended />}
    >
      {!watch.connected.value && <ConnectionLost />}
      {problem && <ProblemAlert problem={problem} />}
      {operation && !isOver(operation) && <Running operation={operation} />}
      {operation?.problem && <ProblemAlert problem={operation.problem} live={false} />}
      {operation?.lines && (
        <Section title={t("operation.report")}>
          <div class="said">
            <Lines of={operation.lines} />
          </div>
        </Section>
      )}
    </Page>
  );
}

const titleOf = ({ kind, subject }: Operation): string => t(`operation.title-${kind}`, { subject });

/** How far it is comes first, so that a narrow tab still shows it. */
function windowTitle(operation: Operation): string | undefined {
  const { progress } = operation;
  if (isOver(operation) || !progress || progress.totalBytes === 0) return undefined;
  return t("progress.document", { percent: format.percent(ratioOf(progress)), target: titleOf(operation) });
}

/** A proof does not know how far it is: it has a time, and no percents. */
function Running({ operation }: { operation: Operation }): JSX.Element {
  const { progress, state, afterwards } = operation;
  const isCounted = (progress?.totalBytes ?? 0) > 0;
  const ratio = ratioOf(progress);
  const isWaiting = progress?.paused !== undefined && state === "running";
  const phase = isWaiting ? t("progress.waiting") : progress ? tData("phase", progress.phase) : t("progress.starting");
  useAnnouncements(ratio, phase);
  return (
    <>
      {isWaiting && progress.paused && <Waiting paused={progress.paused} />}
      <div class="progress">
        {isCounted && <p class="progress__percent">{format.percent(ratio)}</p>}
        <p class="progress__phase">{state === "cancelling" ? t("progress.cancelling") : phase}</p>
        <progress
          class="progress__bar"
          max={1}
          {...(isCounted && { value: ratio })}
          aria-label={t("operation.running")}
        />
        <ProgressNumbers progress={progress} estimates={isCounted && state === "running" && !isWaiting} />
      </div>
      <Alert kind="info">
        <p>{t("progress.keep-on")}</p>
        {afterwards !== "stay" && <p>{t(`operation.then-${afterwards}`)}</p>}
      </Alert>
      <ProgressWarnings progress={progress} />
    </>
  );
}

function Waiting({ paused }: { paused: NonNullable<OperationProgress["paused"]> }): JSX.Element {
  const isFull = ["SPACE_EXHAUSTED", "TARGET_FULL"].includes(paused.code);
  return (
    <Alert kind="warning" title={t(isFull ? "progress.target-full" : "operation.away")} live>
      <p>{t(isFull ? "progress.target-full-next" : "progress.target-away-next")}</p>
      <p>{t("progress.waits-how-long")}</p>
      <p class="muted">
        <Told of={paused} /> <span class="code">{paused.code}</span>
      </p>
    </Alert>
  );
}

/** What stopping means: a capture leaves nothing, a write leaves a disk that does not start, what only reads leaves all as it was. */
const STOPPED: Readonly<Record<OperationKind, PlainKey>> = {
  ...{ capture: "operation.stop-capture", clone: "operation.stop-write", undo: "operation.stop-write" },
  ...{ "boot-repair": "operation.stop-repair", "take-back": "operation.stop-repair" },
  ...{ "copy-files": "operation.stop-copy", export: "operation.stop-export" },
  ...{ verify: "operation.stop-read", prove: "operation.stop-read" },
  ...{ partition: "operation.stop-partition", "partition-resume": "operation.stop-partition" },
};

function Stop({ operation: { kind, state } }: { operation: Operation }): JSX.Element {
  const { watch } = useShell();
  const isAsking = useSignal(false);
  const close = () => {
    isAsking.value = false;
  };
  const stop = () => {
    close();
    return watch.cancel();
  };
  return (
    <>
      <span class="footer__gap" />
      <Button
        blocked={state !== "running"}
        onPress={() => {
          isAsking.value = state === "running";
        }}
      >
        {t("progress.cancel")}
      </Button>
      {isAsking.value && (
        <Dialog
          title={t("operation.stop-title")}
          onClose={close}
          actions={
            <>
              <Button kind="primary" onPress={close}>
                {t("progress.cancel-no")}
              </Button>
              <Button kind="danger" onPress={stop}>
                {t("progress.cancel-yes")}
              </Button>
            </>
          }
        >
          <p>{t(STOPPED[kind])}</p>
        </Dialog>
      )}
    </>
  );
}

function Ended(): JSX.Element {
  const shell = useShell();
  return (
    <>
      <SaveLog />
      <span class="footer__gap" />
      <Button
        onPress={() => {
          shell.watch.leave("button");
          shell.go("home");
        }}
      >
        {t("section.home")}
      </Button>
    </>
  );
}
