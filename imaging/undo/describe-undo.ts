import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatTime } from "#base/units.ts";
import type { UndoPlan } from "#imaging/undo/undo-plan.ts";

/** An undo's plan in words, for a terminal or a log. */
export function describeUndo(plan: UndoPlan): string {
  const { file, target, restored } = plan;
  const lines = [
    `Plan ${plan.id}: bring back what was on ${target.name} before "${restored.name}" was restored onto it`,
    `  undo file  ${file.path}, ${formatBytes(file.fileSize)}, saved ${formatTime(file.savedAt)}`,
    `  target     ${target.path}, ${formatBytes(target.size)}, id ${target.id}`,
    plan.losses.length > 0 ? "This is on it now, and will be lost:" : "Nothing that is on it now will be lost.",
    ...plan.losses.map((loss) => `  - ${loss.text}`),
    ...plan.warnings.map((warning) => `  ! ${warning.text}`),
    "What will be written back:",
    ...plan.areas.map((area) => `  - ${area.text}: ${formatBytes(area.bytes)}${share(area)}`),
    `  in all ${formatBytes(plan.writeBytes)}, the partition table last`,
    `Confirm with: --yes-erase ${shellQuote(target.id)}`,
  ];
  return lines.map(printable).join("\n");
}

const share = ({ bytes, overwrittenBytes }: UndoPlan["areas"][number]): string => {
  if (overwrittenBytes === bytes) return "";
  return overwrittenBytes === 0
    ? ", which the restore does not write to"
    : `, ${formatBytes(overwrittenBytes)} of it overwritten by the restore`;
};
