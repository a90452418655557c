import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Job, JobProgress } from "#rescue/api/contract.ts";
import { targetName } from "#ui/disk/disk-words.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Page } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { ConnectionLost, ProgressNumbers, ProgressWarnings, ratioOf, useAnnouncements } from "#ui/parts/progress.tsx";
import { Told } from "#ui/parts/told.tsx";
import { Steps } from "#ui/restore/steps.tsx";
import { wordsOf } from "#ui/restore/words.ts";
import { useRestore } from "#ui/shell/context.ts";

export function ProgressPage({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
  const { plan, progress } = job;
  const ratio = ratioOf(progress);
  const percent = format.percent(ratio);
  // Letting the systems start is not counted in bytes.
  const isCounted = progress?.totalBytes !== 0;
  const isWaiting = progress?.paused !== undefined && job.state === "running";
  const phase = isWaiting ? t("progress.waiting") : progress ? phaseText(progress) : t("progress.starting");
  useAnnouncements(ratio, phase);
  return (
    <Page
      above={<Steps current="progress" />}
      title={t(`${wordsOf(restore.kind)}progress.title`, {
        image: plan.image.name,
        target: unbroken(targetName(plan)),
      })}
      documentTitle={
        isWaiting
          ? t("progress.waiting-document", { target: targetName(plan) })
          : isCounted
            ? t("progress.document", { percent, target: targetName(plan) })
            : undefined
      }
      footer={<Stop job={job} />}
    >
      {!restore.connected.value && <ConnectionLost />}
      {restore.actionProblem.value && <ProblemAlert problem={restore.actionProblem.value} />}
      {isWaiting && <Waiting job={job} />}
      <div class="progress">
        {isCounted && <p class="progress__percent">{percent}</p>}
        <p class="progress__phase">{job.state === "cancelling" ? t("progress.cancelling") : phase}</p>
        <progress
          class="progress__bar"
          max={1}
          {...(isCounted && { value: ratio })}
          aria-label={t(`${wordsOf(restore.kind)}progress.bar`)}
        />
        <ProgressNumbers progress={progress} estimates={isCounted && job.state === "running" && !isWaiting} />
      </div>
      <Alert kind="info">
        <p>{t("progress.keep-on")}</p>
        <p>{t("progress.boots-last")}</p>
      </Alert>
      <ProgressWarnings progress={progress} />
    </Page>
  );
}

/** A line does not end inside of "(…1234)". */
const unbroken = (name: string): string => name.replaceAll("…", "…\u2060");

function phaseText({ phase, pass: { number, count } }: JobProgress): string {
  const name = t(`phase.${phase}`);
  return count > 1 ? t("progress.phase", { number, count, name }) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Whose disk is away is told by the path in the server's sentence. */
function Waiting({ job: { plan, progress } }: { job: Job }): JSX.Element | null {
  const paused = progress?.paused;
  if (!paused) return null;
  const target = targetName(plan);
  const [title, next] = paused.text.includes(plan.image.path)
    ? [t(`${wordsOf(plan.source ? "clone" : "restore")}progress.image-away`), t("progress.image-away-next")]
    : paused.code === "TARGET_FULL"
      ? [t("progress.target-full"), t("progress.target-full-next")]
      : [t("progress.target-away", { target: unbroken(target) }), t("progress.target-away-next")];
  return (
    <Alert kind="warning" title={title} live>
      <p>{next}</p>
      <p>{t("progress.waits-how-long")}</p>
      <p class="muted">
        <Told of={paused} /> <span class="code">{paused.code}</span>
      </p>
    </Alert>
  );
}

function Stop({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
  const words = wordsOf(restore.kind);
  const [asking, setAsking] = useState(false);
  const stop = async () => {
    setAsking(false);
    await restore.cancelJob();
  };
  return (
    <>
      <span class="footer__gap" />
      <Button blocked={job.state !== "running"} onPress={() => setAsking(job.state === "running")}>
        {t("progress.cancel")}
      </Button>
      {asking && (
        <Dialog
          title={t(`${words}progress.cancel-title`)}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button kind="primary" onPress={() => setAsking(false)}>
                {t("progress.cancel-no")}
              </Button>
              <Button kind="danger" onPress={stop}>
                {t("progress.cancel-yes")}
              </Button>
            </>
          }
        >
          <p>{t(`${words}progress.cancel-text`)}</p>
        </Dialog>
      )}
    </>
  );
}
