import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatTime } from "#base/units.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { describeVerdict } from "#imaging/preflight/describe-verdict.ts";

/** A plan in words, for a terminal or a log. */
export function describePlan(plan: RestorePlan): string {
  const { image, target } = plan;
  const lines = [
    plan.kind === "clone"
      ? `Plan ${plan.id}: clone ${image.name} to ${target.name}`
      : `Plan ${plan.id}: restore "${image.name}" (${formatTime(image.createdAt)}) to ${target.name}`,
    `  ${plan.kind === "clone" ? "source" : "image "}  ${image.path}, ${formatBytes(image.fileSize)}`,
    `  target  ${target.path}, ${formatBytes(target.size)}, id ${target.id}`,
    plan.losses.length > 0 ? "This will be lost:" : "Nothing on the target will be lost.",
    ...plan.losses.map((loss) => `  - ${loss.text}`),
    ...plan.warnings.map((warning) => `  ! ${warning.text}`),
    // Of a verdict, each line is made printable by itself.
    ...(plan.preflight ? ["Will it start?", ...describeVerdict(plan.preflight).split("\n")] : []),
    "What will be done:",
    ...plan.operations.map((operation, i) => `  ${i + 1}. ${operation.text}`),
    `Confirm with: --yes-erase ${shellQuote(target.id)}`,
  ];
  return lines.map(printable).join("\n");
}
