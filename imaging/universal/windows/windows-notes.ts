import type { Sentence } from "#base/sentence.ts";
import { HIBERNATION_TEXT } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** What a user should know of a Windows that goes to another machine, and no tool can do. */
export function windowsNotes(
  system: InstalledSystem,
  windows: WindowsInstallation,
  {
    discardHibernation = false,
    universal = true,
  }: { readonly discardHibernation?: boolean; readonly universal?: boolean },
): WindowsNote[] {
  const notes: WindowsNote[] = [];
  const note = (code: string, of: Sentence) => notes.push({ code, ...of });
  const clause = HIBERNATION_TEXT[windows.hibernation];
  if (clause && discardHibernation)
    note("HIBERNATION_DISCARDED", say("windows.session-discarded", { state: hear(clause) }));
  if (windows.dirtyHives.length > 0)
    note("HIVES_RECOVERED", say("windows.hives-recovered", { list: windows.dirtyHives }));
  if (system.volumes.some(({ inside, filesystem }) => filesystem === "BitLocker" || inside.length > 0))
    note("BITLOCKER", say("windows.bitlocker"));
  if (windows.setupPending !== undefined)
    note("SETUP_PENDING", say("windows.setup", { command: windows.setupPending }));
  if (universal && windows.productType !== 1) note("SERVER_DISKS", say("windows.server-disks"));
  if (universal) note("ACTIVATION", say("windows.activation"));
  return notes;
}
