import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import type { CopyReport, Trouble } from "#imaging/explore/copy/copy-files.ts";
import { say } from "#imaging/words/say.ts";

/** What was copied, and what was not or lacks something, in lines for people. */
export function describeCopy({ target, entries, bytes, losses, ...troubles }: CopyReport): Sentence[] {
  const named = (key: "copied.lacks" | "copied.damaged" | "copied.failed", list: readonly Trouble[]) =>
    list.map(({ name, reason }) => say(key, { name: printable(name), reason: printable(reason) }));
  return [
    say("copied.done", { target: printable(target), count: entries, bytes }),
    ...losses.map(({ count, names, ...what }) =>
      say("copied.loss", { what, count, names: printable(names.join(", ")) + (count > names.length ? " ..." : "") }),
    ),
    ...named("copied.lacks", troubles.incomplete),
    ...named("copied.damaged", troubles.damaged),
    ...named("copied.failed", troubles.failed),
  ];
}
