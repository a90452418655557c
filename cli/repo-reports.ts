import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration, formatTime } from "#base/units.ts";
import { table } from "#cli/output.ts";
import type { CheckReport } from "#imaging/repository/check.ts";
import type { CleanUpReport } from "#imaging/repository/clean-up.ts";
import type { CopyReport } from "#imaging/repository/copy-repository.ts";
import type { TouchedPoint } from "#imaging/repository/look-at-point.ts";
import type { RepairReport } from "#imaging/repository/repair.ts";
import type { Decision, KeptPoint } from "#imaging/repository/retention.ts";

/** What the verbs of `lifeboat repo` say to people. */
export function describeDecisions(decisions: readonly Decision<KeptPoint>[]): string {
  if (decisions.length === 0) return "no points that a rule applies to";
  const rows = decisions.map(({ point, reasons }) => [
    reasons.length > 0 ? "stays" : "GOES",
    formatTime(point.createdAt),
    point.name,
    reasons.map(({ text }) => text).join(", "),
  ]);
  return table([["", "CAPTURED", "POINT", "WHY"], ...rows]);
}

export const describeCleanUp = (report: CleanUpReport): string =>
  [
    `${report.deleted.length} points deleted, ${formatBytes(report.freed)} freed in ${formatDuration(report.seconds)}`,
    ...(report.repacked > 0 ? [`${report.repacked} packs were mostly waste, and were written anew`] : []),
    ...(report.later > 0
      ? [
          `${formatBytes(report.later)} more are not needed any more; a later clean-up frees them, when their time of grace is over`,
        ]
      : []),
    ...report.warnings.map((text) => printable(`! ${text}`)),
  ].join("\n");

export const describeCopy = (report: CopyReport): string =>
  [
    `${report.copied.length} points copied, ${formatBytes(report.bytes)} written in ${formatDuration(report.seconds)}; ${report.present} were there already`,
    ...report.mended.map((name) => printable(`${name} was there, and is whole again`)),
    ...report.failed.map(({ name, problem }) => printable(`! ${name} was not copied: ${problem}`)),
  ].join("\n");

export const describeRepair = (report: RepairReport): string =>
  [
    `The index was made anew from ${report.packs} packs with ${report.chunks} chunks in ${formatDuration(report.seconds)}`,
    ...report.problems.map((text) => printable(`! ${text}`)),
    ...(report.problems.length > 0 ? ["`lifeboat repo check` names the points and files that this touches."] : []),
  ].join("\n");

export function describeCheck({
  problems,
  notes,
  touched,
  whole,
  packs,
  bytes,
  readData,
  seconds,
}: CheckReport): string {
  const looked = readData ? "read and checked" : "are there (--read-data reads them too)";
  return [
    `${packs} packs, ${formatBytes(bytes)}, ${looked} in ${formatDuration(seconds)}`,
    ...problems.map((text) => printable(`! ${text}`)),
    ...notes.map((text) => printable(text)),
    `${whole} points restore in full`,
    ...touched.flatMap(describeTouched),
  ].join("\n");
}

function describeTouched({ name, chunks, bytes, files, moreFiles, notes }: TouchedPoint): string[] {
  const what = chunks === 0 ? "cannot be read" : `lacks ${formatBytes(bytes)} in ${chunks} chunks`;
  return [
    printable(`! ${name} ${what}`),
    ...files.map(({ partition, path, bytes: lost }) =>
      printable(`  affected: partition ${partition}, ${path}, ${formatBytes(lost)}`),
    ),
    ...(moreFiles > 0 ? [`  and ${moreFiles} more files`] : []),
    ...notes.map((text) => printable(`  ${text}`)),
  ];
}
