import type { Firmware } from "#imaging/bcd/create-bcd.ts";
import type { MovedPartition, PartitionId } from "#imaging/bcd/partition-id.ts";
import type { Hibernation } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { type BootFiles, biosFiles } from "#imaging/universal/windows/boot/bios-files.ts";
import { type BootStoreHives, bootStore, storePath } from "#imaging/universal/windows/boot/boot-store.ts";
import { hibernated } from "#imaging/universal/windows/hibernated.ts";
import { changeList, undoFiles } from "#imaging/universal/windows/undo/change-list.ts";
import { bootLines } from "#imaging/universal/windows/undo/registry-lines.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { say } from "#imaging/words/say.ts";

export interface WindowsBootOptions {
  /** What Windows shall start with from now on. */
  readonly firmware: Firmware;
  readonly windows: { readonly tree: SystemTree; readonly id: PartitionId };
  /**
   * The EFI system partition, or with a BIOS the active one, which may be that of Windows itself. Its tree is made with
   * `ignoreCase`: FAT does not care either.
   */
  readonly system: { readonly tree: SystemTree; readonly id: PartitionId };
  /** Files of that partition that go before: the boot manager of UEFI (planWindowsEsp). */
  readonly files?: readonly SystemChange[];
  readonly moved?: readonly MovedPartition[];
  readonly there?: readonly PartitionId[];
  readonly installation: Pick<WindowsInstallation, "name" | "architecture" | "build"> &
    Partial<Pick<WindowsInstallation, "hibernation">>;
  /** Partition with \Recovery\WindowsRE, for a store that is made anew. */
  readonly recovery?: PartitionId;
  readonly discardHibernation?: boolean;
  /** The way back: folder of the system partition that applyChanges keeps old files in, and what its list is called. */
  readonly undo?: { readonly keepIn: string; readonly list: string };
  readonly newGuid?: () => string;
  readonly clock?: () => number;
}

export interface WindowsBootPlan {
  /** Of the system partition. */
  readonly changes: readonly SystemChange[];
  readonly notes: readonly WindowsNote[];
  readonly problems: readonly WindowsNote[];
}

/** Windows 7 and older have no CSM-free start: their UEFI loader wants a display of the old kind (int 10h). */
const EIGHT = 9200;

/**
 * Decides what makes the boot manager find Windows, and Windows its partitions: with a BIOS the boot manager itself, and the boot
 * configuration. Also from one kind of firmware to the other, with the files that Windows has in itself. Reads only.
 * @throws HIVE_UNSUPPORTED, HIVE_FULL for a boot configuration that is whole and cannot be changed
 */
export async function planWindowsBoot(options: WindowsBootOptions): Promise<WindowsBootPlan> {
  const { firmware, windows, system, installation } = options;
  const files = firmware === "bios" ? await biosFiles(windows.tree, system.tree) : NO_FILES;
  const store = await bootStore({ ...options, name: installation.name });
  const changes = [...(options.files ?? []), ...files.changes, ...store.changes];
  const isAsleep = (installation.hibernation ?? "none") !== "none" && !options.discardHibernation;
  // Nothing is written to a volume that a session has open; an EFI system partition is none.
  if (isAsleep && changes.length > 0 && windows.tree.root === system.tree.root) return asleep(installation.hibernation);
  const problems = [...files.problems, ...(await loaderProblems(windows.tree, firmware))];
  const notes = [...store.notes];
  if (firmware === "uefi" && installation.build > 0 && installation.build < EIGHT)
    notes.push({ code: "UEFI_NEEDS_CSM", ...say("windows.needs-csm") });
  const other = firmware === "uefi" ? "bios" : "uefi";
  if (await system.tree.read(storePath(other)))
    notes.push({ code: "OTHER_FIRMWARE_KEPT", ...say("windows.other-firmware") });
  const undo = await wayBack(options, changes, { hives: store.hives, notes, problems });
  return { changes: [...undo, ...changes], notes, problems };
}

async function wayBack(
  { system, installation: windows, undo }: WindowsBootOptions,
  files: readonly SystemChange[],
  { hives, ...said }: Pick<WindowsBootPlan, "notes" | "problems"> & { readonly hives: BootStoreHives | undefined },
): Promise<SystemChange[]> {
  if (!undo || files.length === 0) return [];
  const { lines, reg } = hives ? bootLines(hives.before, hives.after) : { lines: [], reg: undefined };
  const list = await changeList(system.tree, lines, { windows, files, ...said });
  const regFiles = reg ? [{ hive: "BCD", file: `undo-bcd-${undo.list}.reg`, content: reg }] : [];
  return undoFiles(undo.list, undo.keepIn, list, regFiles);
}

const NO_FILES: BootFiles = { changes: [], problems: [] };

const asleep = (hibernation: Hibernation = "unknown"): WindowsBootPlan => ({
  changes: [],
  notes: [],
  problems: [hibernated(hibernation, "windows.asleep-boot")],
});

async function loaderProblems(windows: SystemTree, firmware: Firmware): Promise<WindowsNote[]> {
  const path = `/Windows/System32/winload.${firmware === "uefi" ? "efi" : "exe"}`;
  if ((await windows.kind(path)) === "file") return [];
  return [{ code: "NO_LOADER", ...say("windows.no-loader", { path }) }];
}
