import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { isIdle } from "#imaging/mend/idle.ts";
import type { MendNote, MendPlan, MendReport, MendStep } from "#imaging/mend/mend.ts";

type Described = Pick<MendPlan, "systems" | "partitions" | "loaders" | "disk" | "notes" | "problems">;

export function describeMendPlan(plan: MendPlan): string {
  const { target } = plan;
  const steps = describe(plan);
  return lines([
    plan.wish.undo
      ? `Plan ${plan.id}: take back what was changed for Windows on ${target.name} at ${plan.wish.undo.time}`
      : `Plan ${plan.id}: let the systems of ${target.name} start`,
    `  disk   ${target.path}, ${formatBytes(target.size)}, id ${target.id}`,
    "Nothing on the disk will be lost; files that are changed are kept as they were.",
    isIdle(plan) ? idle(plan, "is") : "What will be done:",
    ...steps,
    `Confirm with: --yes-change ${shellQuote(target.id)}`,
  ]);
}

export const describeMendReport = (report: MendReport): string =>
  lines([
    isIdle(report) ? idle(report, "was") : "What was done:",
    ...describe(report),
    ...(report.entries ?? []).map(({ entry, label, file }) => `The firmware lists ${entry} (${label}): ${file}`),
    `Done in ${formatDuration(report.seconds)}.`,
  ]);

/** What could not be done must not pass for what need not be. */
function idle({ systems, problems }: Described, when: "is" | "was"): string {
  const isStopped = problems.length > 0 || systems.some((one) => one.problems.length > 0);
  if (!isStopped) return `There ${when} nothing to do.`;
  return when === "is" ? "Nothing will be done, because of this:" : "Nothing was done, because of this:";
}

const describe = ({ systems, partitions, loaders, disk, notes, problems }: Described): string[] => [
  ...partitions.map(({ text }) => `  - ${text}`),
  ...systems.flatMap((system) => [
    `${system.name}:`,
    ...system.steps.map(describeStep),
    ...remarks(system),
    ...(system.steps.length + system.notes.length + system.problems.length === 0 ? ["  nothing to do"] : []),
  ]),
  ...(loaders.length > 0 ? ["EFI system partition:", ...loaders.map(describeStep)] : []),
  ...(disk.length > 0 ? ["Outside of partitions' files:", ...disk.map(({ text }) => `  - ${text}`)] : []),
  ...remarks({ notes, problems }),
];

const describeStep = ({ text, what }: MendStep): string =>
  what === undefined || text.includes(what) ? `  - ${text}` : `  - ${text} (${what})`;

const remarks = ({ notes, problems }: { notes: readonly MendNote[]; problems: readonly MendNote[] }): string[] => [
  ...problems.flatMap((note) => remark("!", note)),
  ...notes.flatMap((note) => remark("i", note)),
];

const remark = (mark: string, { text, next }: MendNote): string[] => [
  `  ${mark} ${text}`,
  ...(next === undefined ? [] : [`    ${next}`]),
];

/** A line each: a name from somebody's disk must not add one. */
const lines = (all: readonly string[]): string => all.map(printable).join("\n");
