import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatTime } from "#base/units.ts";
import type { UndoPlan } from "#imaging/undo/undo-plan.ts";
import { say } from "#imaging/words/say.ts";

/** An undo's plan in words, for a terminal or a log. */
export const describeUndo = (plan: UndoPlan): string =>
  [...undoLines(plan).map(({ text }) => text), `Confirm with: --yes-erase ${shellQuote(plan.target.id)}`]
    .map(printable)
    .join("\n");

export function undoLines({ id, file, target, restored, ...plan }: UndoPlan): Sentence[] {
  return [
    say("undo.plan", { id, disk: target.name, image: restored.name }),
    { text: `  undo file  ${file.path}, ${formatBytes(file.fileSize)}, saved ${formatTime(file.savedAt)}` },
    { text: `  target     ${target.path}, ${formatBytes(target.size)}, id ${target.id}` },
    say(plan.losses.length > 0 ? "undo.losses" : "undo.no-losses"),
    ...plan.losses.map((text) => say("line.item", { text })),
    ...plan.warnings.map((text) => say("line.problem", { text })),
    say("undo.areas"),
    ...plan.areas.map((area) => ({ text: `  - ${area.text}: ${formatBytes(area.bytes)}${share(area)}` })),
    say("undo.total", { bytes: plan.writeBytes }),
  ];
}

const share = ({ bytes, overwrittenBytes }: UndoPlan["areas"][number]): string => {
  if (overwrittenBytes === bytes) return "";
  return overwrittenBytes === 0
    ? ", which the restore does not write to"
    : `, ${formatBytes(overwrittenBytes)} of it overwritten by the restore`;
};
