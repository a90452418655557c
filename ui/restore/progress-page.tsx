import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Job, JobProgress } from "#rescue/api/contract.ts";
import { roundEstimate } from "#ui/i18n/format.ts";
import { describeProblem, format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Steps } from "#ui/restore/steps.tsx";
import { useRestore } from "#ui/shell/context.ts";

export function ProgressPage({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
  const { plan, progress } = job;
  const ratio = ratioOf(progress);
  const percent = format.percent(ratio);
  const isWaiting = progress?.paused !== undefined && job.state === "running";
  const phase = isWaiting ? t("progress.waiting") : progress ? phaseText(progress) : t("progress.starting");
  useAnnouncements(ratio, phase);
  return (
    <Page
      above={<Steps current="progress" />}
      title={t("progress.title", { image: plan.image.name, target: unbroken(plan.target.name) })}
      documentTitle={
        isWaiting
          ? t("progress.waiting-document", { target: plan.target.name })
          : t("progress.document", { percent, target: plan.target.name })
      }
      footer={<Stop job={job} />}
    >
      {!restore.connected.value && (
        <Alert kind="warning" title={t("progress.lost-title")} live>
          <p>{t("progress.lost")}</p>
        </Alert>
      )}
      {restore.actionProblem.value && <ProblemAlert problem={restore.actionProblem.value} />}
      {isWaiting && <Waiting job={job} />}
      <div class="progress">
        <p class="progress__percent">{percent}</p>
        <p class="progress__phase">{job.state === "cancelling" ? t("progress.cancelling") : phase}</p>
        <progress class="progress__bar" max={1} value={ratio} aria-label={t("progress.bar")} />
        <Numbers progress={progress} estimates={job.state === "running" && !isWaiting} />
      </div>
      <Alert kind="info">
        <p>{t("progress.keep-on")}</p>
        <p>{t("progress.boots-last")}</p>
      </Alert>
      <Warnings progress={progress} />
    </Page>
  );
}

/** A line does not end inside of "(…1234)". */
const unbroken = (name: string): string => name.replaceAll("…", "…\u2060");

const ratioOf = (p: JobProgress | undefined): number =>
  p && p.totalBytes > 0 ? Math.min(1, p.doneBytes / p.totalBytes) : 0;

function phaseText({ phase, pass: { number, count } }: JobProgress): string {
  const name = t(`phase.${phase}`);
  return count > 1 ? t("progress.phase", { number, count, name }) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Speaks at each tenth and each new phase, and is silent between: not once a second. */
function useAnnouncements(ratio: number, phase: string): void {
  const tenth = Math.floor(ratio * 10);
  useEffect(() => announce(t("progress.announce", { percent: format.percent(tenth / 10), phase })), [tenth, phase]);
}

/** Whose disk is away is told by the path in the server's sentence. */
function Waiting({ job: { plan, progress } }: { job: Job }): JSX.Element | null {
  const paused = progress?.paused;
  if (!paused) return null;
  const { text } = describeProblem({ ...paused, safe: "", next: "", details: {} });
  const target = plan.target.name;
  const [title, next] = paused.text.includes(plan.image.path)
    ? [t("progress.image-away"), t("progress.image-away-next")]
    : paused.code === "TARGET_FULL"
      ? [t("progress.target-full"), t("progress.target-full-next")]
      : [t("progress.target-away", { target: unbroken(target) }), t("progress.target-away-next")];
  return (
    <Alert kind="warning" title={title} live>
      <p>{next}</p>
      <p>{t("progress.waits-how-long")}</p>
      <p class="muted">
        {text} <span class="code">{paused.code}</span>
      </p>
    </Alert>
  );
}

function Numbers(props: { progress: JobProgress | undefined; estimates: boolean }): JSX.Element | null {
  const { progress: p, estimates } = props;
  const left = useSteadyEstimate(p?.secondsLeft ?? null);
  if (!p) return null;
  const { count, doneBytes, totalBytes } = p.pass;
  return (
    <Facts
      rows={[
        [
          t(count > 1 ? "progress.done-in-pass" : "progress.done"),
          t("progress.of", { done: format.bytes(doneBytes), total: format.bytes(totalBytes) }),
        ],
        [t("progress.rate"), p.paused ? "" : format.rate(p.bytesPerSecond)],
        [t(count > 1 ? "progress.left-in-all" : "progress.left"), estimates ? timeLeft(left) : ""],
        [t("progress.elapsed"), format.duration(p.elapsedSeconds)],
        [t("progress.space"), p.space ? t("progress.space-of", sizesOf(p.space)) : ""],
      ]}
    />
  );
}

const sizesOf = (space: NonNullable<JobProgress["space"]>) => ({
  needed: format.bytes(space.needed),
  free: format.bytes(space.free),
});

const timeLeft = (seconds: number | null): string =>
  seconds === null ? t("progress.estimating") : t("progress.about", { time: format.duration(seconds) });

const RISE_TO_BELIEVE = 1.2;

/** Rounded seconds. A forecast that grows a little is noise and is not shown; one that grows much is news. */
export function steadyEstimate(shown: number | null, secondsLeft: number | null): number | null {
  if (secondsLeft === null) return null;
  const next = roundEstimate(secondsLeft);
  return shown !== null && next > shown && secondsLeft < shown * RISE_TO_BELIEVE ? shown : next;
}

function useSteadyEstimate(secondsLeft: number | null): number | null {
  const shown = useRef<number | null>(null);
  shown.current = steadyEstimate(shown.current, secondsLeft);
  return shown.current;
}

function Warnings({ progress }: { progress: JobProgress | undefined }): JSX.Element | null {
  const warnings = progress?.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <details class="details">
      <summary>{t("progress.warnings", { count: warnings.length })}</summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.code + warning.text}>
            {warning.text} <span class="code">{warning.code}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Stop({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
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
          title={t("progress.cancel-title")}
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
          <p>{t("progress.cancel-text")}</p>
        </Dialog>
      )}
    </>
  );
}
