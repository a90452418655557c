import type { Sentence } from "#base/sentence.ts";
import type { MovedPartition, PartitionId } from "#imaging/bcd/partition-id.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { dword } from "#imaging/registry/value.ts";
import { removeLostFilters } from "#imaging/universal/windows/class-filters.ts";
import { enableStorage } from "#imaging/universal/windows/enable-storage.ts";
import { disableForeignTools } from "#imaging/universal/windows/foreign-tools.ts";
import { hibernated } from "#imaging/universal/windows/hibernated.ts";
import { hiveChanges } from "#imaging/universal/windows/hive-changes.ts";
import { missingControllers } from "#imaging/universal/windows/missing-controllers.ts";
import { type MountedDevicesOptions, rewriteMountedDevices } from "#imaging/universal/windows/mounted-devices.ts";
import { lostPageFiles } from "#imaging/universal/windows/page-files.ts";
import { putInDrivers } from "#imaging/universal/windows/put-in-drivers.ts";
import { fileFinder } from "#imaging/universal/windows/service-file.ts";
import { changeList, undoFiles } from "#imaging/universal/windows/undo/change-list.ts";
import { registryFiles, registryLines } from "#imaging/universal/windows/undo/registry-lines.ts";
import { WINDOWS_UNDO } from "#imaging/universal/windows/undo/undo-folders.ts";
import {
  describeWindows,
  HIBERNATION_FILE,
  type WindowsInstallation,
} from "#imaging/universal/windows/windows-installation.ts";
import { windowsNotes } from "#imaging/universal/windows/windows-notes.ts";
import type { WindowsNote, WindowsPlan } from "#imaging/universal/windows/windows-plan.ts";
import { openWindowsRegistry, type WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** What is known of the machine that Windows will run on. */
export interface TargetHardware {
  /** Of each device its ids, the most specific first (pciHardwareIds). */
  readonly devices: readonly (readonly string[])[];
  /** Its maker as the firmware says it: "Parallels", "QEMU". */
  readonly platform?: string;
}

export interface WindowsUniversalOptions {
  /** Folders of this machine with drivers, in folders below too. */
  readonly drivers?: readonly string[];
  /** Absent: any machine. */
  readonly hardware?: TargetHardware;
  /** Partitions of the disk that are called otherwise now, or are gone. */
  readonly moved?: readonly MovedPartition[];
  /** Where the volume of Windows is now. Absent: it keeps what Windows knows. */
  readonly place?: PartitionId;
  /** All partitions that are there now, to tell which page files are lost. */
  readonly there?: readonly PartitionId[];
  /** The user agrees that a hibernated session is lost. Without that, nothing is changed in a Windows that has one. */
  readonly discardHibernation?: boolean;
  /** Names the folder for the way back: "2026-11-29T12-00-00Z". No letter that Windows forbids in names. */
  readonly time: string;
  /** More edits of the same registry: the identity of the machine. Told before the hives are written. */
  readonly more?: (registry: WindowsRegistry, windows: WindowsInstallation) => readonly WindowsNote[];
  /** False: only what `more` does, and what Windows has to know of its partitions. */
  readonly universal?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Decides what makes a Windows start on other hardware, and changes nothing.
 * @param tree of the volume with the folder Windows; made with `ignoreCase`
 * @throws WINDOWS_UNKNOWN; HIVE_DIRTY, HIVE_DAMAGED, NOT_A_HIVE, HIVE_UNSUPPORTED, HIVE_FULL
 */
export async function planWindowsUniversal(
  system: InstalledSystem,
  tree: SystemTree,
  options: WindowsUniversalOptions,
): Promise<WindowsPlan> {
  const registry = await openWindowsRegistry(tree);
  const windows = await describeWindows(tree, registry);
  const found = { windows, notes: [], keepIn: `${WINDOWS_UNDO}/${options.time}` };
  rewriteMountedDevices(registry, mountedDevices(options, windows));
  if (onlyPlaces(options) && registry.changes.length === 0) return await unchanged(tree, found);
  if (windows.hibernation !== "none" && !options.discardHibernation)
    return await asleep(tree, { ...found, notes: windowsNotes(system, windows, options) });
  const { storage, files, notes, problems } =
    options.universal === false ? NO_HARDWARE : await forOtherHardware(registry, tree, windows, options);
  const all = [...notes, ...(options.more?.(registry, windows) ?? []), ...windowsNotes(system, windows, options)];
  const written = [...files, ...hibernation(windows, options), ...(await hiveChanges(tree, registry))];
  const list = await changeList(tree, registryLines(registry.changes), {
    ...{ windows, files: written, notes: all, problems },
  });
  const undo = undoFiles("changes", found.keepIn, list, registryFiles(registry));
  const changes = written.length === 0 ? [] : [...undo, ...written];
  return { ...found, changes, list, registry: registry.changes, storage, notes: all, problems };
}

interface Hardware extends Pick<WindowsPlan, "storage" | "notes" | "problems"> {
  readonly files: readonly SystemChange[];
}

const NO_HARDWARE: Hardware = { storage: [], files: [], notes: [], problems: [] };

/** Drivers, and what else stands between Windows and a disk on another controller. */
async function forOtherHardware(
  registry: WindowsRegistry,
  tree: SystemTree,
  windows: WindowsInstallation,
  { drivers = [], hardware, there = [], signal }: WindowsUniversalOptions,
): Promise<Hardware> {
  const notes: WindowsNote[] = [];
  const problems: WindowsNote[] = [];
  const hasFile = fileFinder(tree);
  const storage = await enableStorage(registry, hasFile);
  const note = (code: string) => (of: Sentence) => void notes.push({ code, ...of });
  const problem = (code: string) => (of: Sentence) => void problems.push({ code, ...of });
  const files = await putInDrivers(registry, tree, {
    ...{ windows, folders: drivers, note: note("DRIVER_NOTE"), problem: problem("DRIVER_PROBLEM") },
    ...(hardware && { devices: hardware.devices }),
    ...(signal && { signal }),
  });
  const written = new Set(files.flatMap((file) => (file.op === "run" ? [] : [file.path.toLowerCase()])));
  await removeLostFilters(registry, async (path) => written.has(path.toLowerCase()) || (await hasFile(path)));
  disableForeignTools(registry, hardware?.platform);
  const stays = say("windows.crash");
  for (const set of registry.controlSets)
    registry.set("SYSTEM", `${set}\\Control\\CrashControl`, "AutoReboot", dword(0), stays);
  for (const one of missingControllers(registry, hardware?.devices ?? [])) problem("CONTROLLER_WITHOUT_DRIVER")(one);
  for (const one of lostPageFiles(registry, there, windows.letter)) note("PAGE_FILE_LOST")(one);
  return { storage, files, notes, problems };
}

/** Neither other hardware nor another identity: Windows is only told where its partitions are. */
const onlyPlaces = ({ universal, more }: WindowsUniversalOptions): boolean => universal === false && !more;

type Unchanged = Pick<WindowsPlan, "windows" | "notes" | "keepIn"> & Partial<Pick<WindowsPlan, "problems">>;

async function unchanged(tree: SystemTree, { windows, notes, keepIn, problems = [] }: Unchanged): Promise<WindowsPlan> {
  const list = await changeList(tree, [], { windows, files: [], notes, problems });
  return { windows, changes: [], list, registry: [], storage: [], notes, problems, keepIn };
}

/** What is written now would be overwritten by the session that is in it, when it wakes up; ntfs-3g does not write there either. */
async function asleep(tree: SystemTree, found: Unchanged): Promise<WindowsPlan> {
  const problems = [hibernated(found.windows.hibernation, "windows.asleep")];
  return await unchanged(tree, { ...found, problems });
}

const mountedDevices = (
  options: WindowsUniversalOptions,
  { letter }: Pick<WindowsInstallation, "letter">,
): MountedDevicesOptions => {
  const { moved = [], place } = options;
  return { moved, ...(place && { system: { place, letter, isKnown: onlyPlaces(options) } }) };
};

/** The boot loader must be told too: planWindowsBoot() does. */
function hibernation({ hibernation }: WindowsInstallation, options: WindowsUniversalOptions): SystemChange[] {
  if (hibernation === "none" || !options.discardHibernation) return [];
  return [{ op: "remove", path: HIBERNATION_FILE, ...say("windows.session-removed"), keep: false }];
}
