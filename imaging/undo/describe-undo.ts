import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { shellQuote } from "#base/shell-quote.ts";
import type { UndoPlan } from "#imaging/undo/undo-plan.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** An undo's plan in words, for a terminal or a log. */
export const describeUndo = (plan: UndoPlan): string =>
  [...undoLines(plan).map(({ text }) => text), `Confirm with: --yes-erase ${shellQuote(plan.target.id)}`]
    .map(printable)
    .join("\n");

export function undoLines({ id, file, target, restored, ...plan }: UndoPlan): Sentence[] {
  return [
    say("undo.plan", { id, disk: target.name, image: restored.name }),
    say("saved.file", { path: file.path, size: file.fileSize, savedAt: file.savedAt }),
    say("saved.target", target),
    say(plan.losses.length > 0 ? "undo.losses" : "undo.no-losses"),
    ...plan.losses.map((text) => say("line.item", { text })),
    ...plan.warnings.map((text) => say("line.problem", { text })),
    say("undo.areas"),
    ...plan.areas.map(areaLine),
    say("undo.total", { bytes: plan.writeBytes }),
  ];
}

function areaLine({ text, bytes, overwrittenBytes }: UndoPlan["areas"][number]): Sentence {
  const what = { area: hear(text), size: bytes };
  if (overwrittenBytes === bytes) return say("saved.area", what);
  if (overwrittenBytes === 0) return say("saved.area-unwritten", what);
  return say("saved.area-partly", { ...what, overwritten: overwrittenBytes });
}
