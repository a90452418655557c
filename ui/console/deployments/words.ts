import type { DeploymentView } from "#pxe/console/contract.ts";
import type { ShownState } from "#ui/console/deployments/attention.ts";
import { c } from "#ui/console/i18n/index.ts";
import { format } from "#ui/i18n/index.ts";
import type { IconName } from "#ui/parts/icon.tsx";

export const stateIcons: Readonly<Record<ShownState, IconName>> = {
  ...{ failed: "stop", stopped: "warning", silent: "warning", code: "lock", held: "pause", running: "run" },
  ...{ waiting: "clock", done: "check", cancelled: "cross" },
};

/** "office-20261130T120000" of a point's path or address. */
export const pointName = (point: string): string => point.replace(/^.*\//, "").replace(/\.lbi$/, "");

/** What it does, and with which machines. */
export function taskWords({ spec: { work, machines } }: Pick<DeploymentView, "spec">): string {
  const which =
    "group" in machines
      ? c("task.group", { group: machines.group })
      : "next" in machines
        ? c("task.next", { count: machines.next })
        : c("task.list", { count: machines.machines.length });
  return work.kind === "restore"
    ? c("task.restore", { image: pointName(work.point), which })
    : c("task.capture", { which, place: work.place.name });
}

/** "22:00–05:00, Monday and Tuesday", as the server's clock has it; undefined: at any time. */
export function timesWords({ spec: { work, window } }: Pick<DeploymentView, "spec">): string | undefined {
  if (!window) return undefined;
  const times = c("times.window", { from: window.from, to: window.to });
  if (work.kind !== "capture" || !work.days) return times;
  return c("times.days", { times, days: format.list(work.days.map((day) => c(`day.${day}`))) });
}

export const isOver = ({ state }: Pick<DeploymentView, "state">): boolean => state === "over" || state === "cancelled";
