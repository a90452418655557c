import type { Said, Sentence } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { StorageServiceReport } from "#imaging/universal/windows/enable-storage.ts";
import type { ChangeList } from "#imaging/universal/windows/undo/change-list.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { RegistryChange } from "#imaging/universal/windows/windows-registry.ts";

/** Something to know, in plain words. The code never changes. */
export interface WindowsNote extends Readonly<Sentence> {
  readonly code: string;
  /** What to do about it. */
  readonly next?: string | undefined;
  readonly nextSaid?: Said | undefined;
}

/** All that is done to a Windows, known before the first byte is written. */
export interface WindowsPlan {
  readonly windows: WindowsInstallation;
  /** Files in their order: what makes the way back, drivers, hives, logs. None: there is nothing to do. */
  readonly changes: readonly SystemChange[];
  /** All of it as JSON; changeText() makes a page of it. */
  readonly list: ChangeList;
  /** The values that differ in the hives among these files. */
  readonly registry: readonly RegistryChange[];
  /** Every disk driver that was looked at. */
  readonly storage: readonly StorageServiceReport[];
  /** What does not keep Windows from starting. */
  readonly notes: readonly WindowsNote[];
  /** What may. */
  readonly problems: readonly WindowsNote[];
  /** Folder that `applyChanges` must keep old files in: "/Lifeboat/Undo/2026-11-29T12-00-00Z". */
  readonly keepIn: string;
}
