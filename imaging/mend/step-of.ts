import { sentenceOf } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { MendStep } from "#imaging/mend/mend.ts";

/** A change as people read it. */
export const stepOf = (change: SystemChange): MendStep => ({
  ...sentenceOf(change),
  what: change.op === "run" ? change.command.join(" ") : change.path,
});
