import { HIBERNATION_TEXT } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";

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
  const note = (code: string, text: string) => notes.push({ code, text });
  const clause = HIBERNATION_TEXT[windows.hibernation];
  if (clause && discardHibernation) note("HIBERNATION_DISCARDED", `${clause}: that session is removed`);
  if (windows.dirtyHives.length > 0)
    note(
      "HIVES_RECOVERED",
      `Windows had not written its registry to the end (${windows.dirtyHives.join(", ")}): it is made whole from its logs`,
    );
  if (system.volumes.some(({ inside, filesystem }) => filesystem === "BitLocker" || inside.length > 0))
    note(
      "BITLOCKER",
      "a volume is encrypted with BitLocker: on another machine its TPM does not open it, and Windows asks for the recovery key at its start",
    );
  if (windows.setupPending !== undefined)
    note(
      "SETUP_PENDING",
      `a set-up of Windows is not finished and goes on at its start (${windows.setupPending}); it is left as it is`,
    );
  if (universal && windows.productType !== 1)
    note(
      "SERVER_DISKS",
      "a Windows server may keep other disks off line when their controller has changed: Disk Management brings them on line",
    );
  if (universal)
    note(
      "ACTIVATION",
      "Windows, Office and other programs may ask to be activated again on other hardware: no tool can change that",
    );
  return notes;
}
