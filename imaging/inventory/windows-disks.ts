import { LifeboatError } from "#base/errors.ts";
import { forgetGeometry, openWindowsDisk } from "#imaging/device/windows-device.ts";
import {
  type DetailedDisk,
  type ListedDisk,
  parseDiskDetail,
  parseDiskList,
} from "#imaging/device/windows-diskpart.ts";
import { agrees } from "#imaging/device/windows-geometry.ts";
import { physicalDrivePath } from "#imaging/device/windows-path.ts";
import { runDiskpart } from "#imaging/device/windows-run-diskpart.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { problemText, unreadable } from "#imaging/inventory/problem-text.ts";
import { type DiskState, readState } from "#imaging/inventory/read-state.ts";
import { BOOT_INFO, registryValue } from "#imaging/system/windows-command.ts";

/** The disks that a Windows sees, by diskpart. @throws WINDOWS_DISK_UNKNOWN, TOOL_MISSING, TOOL_FAILED */
export async function listWindowsDisks(): Promise<Disk[]> {
  const bootLetter = await bootDriveLetter();
  const disks: Disk[] = [];
  for (const listed of await listedDisks()) if (listed.size !== 0) disks.push(await describe(listed, bootLetter)); // a reader without a card has none
  return disks;
}

/** One of them, by its number. @throws NOT_FOUND; as listWindowsDisks */
export async function describeWindowsDisk(number: number): Promise<Disk> {
  const found = (await listedDisks()).find((one) => one.number === number);
  if (!found) throw new LifeboatError("NOT_FOUND", { what: `the disk ${physicalDrivePath(number)}` });
  return await describe(found, await bootDriveLetter());
}

async function listedDisks(): Promise<ListedDisk[]> {
  const disks = parseDiskList(await runDiskpart(["list disk"]));
  if (disks) return disks;
  throw new LifeboatError("WINDOWS_DISK_UNKNOWN", { disk: "the disks", problem: "diskpart lists none" });
}

async function describe(listed: ListedDisk, bootLetter: string | undefined): Promise<Disk> {
  const detail = parseDiskDetail(await runDiskpart([`select disk ${listed.number}`, "detail disk"]));
  const path = physicalDrivePath(listed.number);
  const id = stableId(listed.number, detail);
  const facts = {
    ...{ id, path, kind: "block" as const, model: detail?.model || undefined },
    bus: detail?.type.toLowerCase() || "disk",
    removable: detail?.type.toUpperCase() === "USB",
    readOnly: detail?.readOnly ?? false,
    isBootMedium: bootLetter !== undefined && (detail?.letters.includes(bootLetter) ?? false),
  };
  forgetGeometry(path); // by that number there may be another disk now
  try {
    await using device = await openWindowsDisk(path);
    if (!agrees(device.size, listed.size, listed.unit))
      throw new LifeboatError("WINDOWS_DISK_UNKNOWN", {
        disk: path,
        problem: `reading ends at byte ${device.size}, and diskpart says ${listed.size}`,
      });
    const state = await readState(device, [id], detail?.holdsPageFile ? [{ ...PAGE_FILE, path }] : []);
    return { ...facts, size: device.size, sectorSize: device.sectorSize, ...state };
  } catch (error) {
    return { ...facts, size: listed.size ?? 0, sectorSize: 512, ...unreadableState(error) };
  }
}

const PAGE_FILE = { text: "Windows' page file is on it", writes: true };

function unreadableState(error: unknown): DiskState & Pick<Disk, "unreadable"> {
  const why = unreadable(error);
  const table = { type: "none" as const, problems: [{ code: "UNREADABLE", text: problemText(error) }] };
  return { table, partitions: [], inUse: [], unfinishedRestore: undefined, fingerprint: "unreadable", unreadable: why };
}

/** Where it is plugged in; the same from start to start, as the serial number would be, which diskpart does not tell. */
function stableId(number: number, detail: DetailedDisk | undefined): string {
  const place = detail?.location?.replaceAll(/[^\w]+/g, "-").replace(/-$/, "");
  return place === undefined ? `dev-PhysicalDrive${number}` : `windows-${place}`;
}

/**
 * The letter of the medium that Windows PE was started from: wpeutil UpdateBootInfo notes it. @returns undefined where it was the
 * network, and in a Windows that is no PE
 */
async function bootDriveLetter(): Promise<string | undefined> {
  return /^([A-Z]):/i.exec((await registryValue(BOOT_INFO, "PEBootRamdiskSourceDrive")) ?? "")?.[1]?.toUpperCase();
}
