import type { MendNote } from "#imaging/mend/mend.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** @param what a volume that was not looked into, and why */
export const closedNote = (what: string): MendNote => ({
  code: "VOLUME_CLOSED",
  ...say("boot.closed", { what: hear(what) }),
});
