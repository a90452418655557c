import type { System } from "#rescue/api/contract.ts";
import type { SettingsState } from "#rescue/api/machine-contract.ts";
import { messages } from "#rescue/console-menu/messages.ts";

/** What whoever comes to the menu should know first, in sentences: what the medium is, and what waits for its owner. */
export function notesOf(
  { medium }: Pick<System, "medium">,
  { sealed, problem }: Pick<SettingsState, "sealed" | "problem">,
): string[] {
  const m = messages.main;
  return [
    ...(medium?.isOld && medium.days !== undefined ? [m.old(medium.days)] : []),
    ...(sealed === "locked" ? [m.locked] : []),
    ...(problem ? [problem.text] : []),
  ];
}
