import { HIBERNATION_TEXT, type Hibernation } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";

export const HIBERNATED = "HIBERNATED";

/** Why a Windows stays as it is, and what to do. @param what "nothing is changed in it" */
export const hibernated = (state: Hibernation, what: string): WindowsNote => ({
  code: HIBERNATED,
  text: `${HIBERNATION_TEXT[state]}: ${what}`,
  next: "Start it once more where it ran, and shut it down completely (shutdown /s /t 0); or add --discard-hibernation: what was open in that session and not saved is lost then, files on the disk are not.",
});
