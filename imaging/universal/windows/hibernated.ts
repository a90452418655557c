import { HIBERNATION_TEXT, type Hibernation } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { hear } from "#imaging/words/hear.ts";
import { asNext, say } from "#imaging/words/say.ts";

export const HIBERNATED = "HIBERNATED";

/** Why a Windows stays as it is, and what to do. @param key what is not done */
export const hibernated = (
  state: Hibernation,
  key: "windows.asleep" | "windows.asleep-boot" | "windows.asleep-undo",
): WindowsNote => ({
  code: HIBERNATED,
  ...say(key, { state: hear(HIBERNATION_TEXT[state] ?? "") }),
  ...asNext(say("windows.next-asleep")),
});
