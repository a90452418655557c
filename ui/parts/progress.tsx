import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { JobProgress, OperationProgress } from "#rescue/api/contract.ts";
import { roundEstimate } from "#ui/i18n/format.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Told } from "#ui/parts/told.tsx";

/** How far a job is, of whatever kind. */
export type ShownProgress = JobProgress | OperationProgress;

export const ratioOf = (p: ShownProgress | undefined): number =>
  p && p.totalBytes > 0 ? Math.min(1, p.doneBytes / p.totalBytes) : 0;

/** Speaks at each tenth and each new phase, and is silent between: not once a second. */
export function useAnnouncements(ratio: number, phase: string): void {
  const tenth = Math.floor(ratio * 10);
  useEffect(() => announce(t("progress.announce", { percent: format.percent(tenth / 10), phase })), [tenth, phase]);
}

export const ConnectionLost = (): JSX.Element => (
  <Alert kind="warning" title={t("progress.lost-title")} live>
    <p>{t("progress.lost")}</p>
  </Alert>
);

/** Bytes, speed and times. `estimates`: it goes on, so that what is left can be told. */
export function ProgressNumbers(props: {
  progress: ShownProgress | undefined;
  estimates: boolean;
}): JSX.Element | null {
  const { progress: p, estimates } = props;
  const left = useSteadyEstimate(p?.secondsLeft ?? null);
  if (!p) return null;
  const { count, doneBytes, totalBytes } = p.pass;
  const isCounted = p.totalBytes > 0;
  return (
    <Facts
      rows={[
        [
          t(count > 1 ? "progress.done-in-pass" : "progress.done"),
          isCounted ? t("progress.of", { done: format.bytes(doneBytes), total: format.bytes(totalBytes) }) : "",
        ],
        [t("progress.rate"), isCounted && !p.paused ? format.rate(p.bytesPerSecond) : ""],
        [t(count > 1 ? "progress.left-in-all" : "progress.left"), estimates ? timeLeft(left) : ""],
        [t("progress.elapsed"), format.duration(p.elapsedSeconds)],
        [t("progress.space"), p.space ? t("progress.space-of", sizesOf(p.space)) : ""],
      ]}
    />
  );
}

const sizesOf = (space: NonNullable<ShownProgress["space"]>) => ({
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

export function ProgressWarnings({ progress }: { progress: ShownProgress | undefined }): JSX.Element | null {
  const warnings = progress?.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <details class="details">
      <summary>{t("progress.warnings", { count: warnings.length })}</summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.code + warning.text}>
            <Told of={warning} /> <span class="code">{warning.code}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
