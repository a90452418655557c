import { readdir, readFile, realpath } from "node:fs/promises";
import { openDevice } from "#imaging/device/file-device.ts";
import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import type { TableInfo } from "#imaging/image/manifest.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { bootAreasOf } from "#imaging/inventory/emmc.ts";
import { fileUses } from "#imaging/inventory/file-uses.ts";
import { type BlockNode, deviceUses, listBlockNodes } from "#imaging/inventory/lsblk.ts";
import { offeredDisks } from "#imaging/inventory/offered-disks.ts";
import { unreadable } from "#imaging/inventory/problem-text.ts";
import { readState } from "#imaging/inventory/read-state.ts";
import { stableIds } from "#imaging/inventory/stable-id.ts";
import { describeWindowsDisk, listWindowsDisks } from "#imaging/inventory/windows-disks.ts";

/** The initramfs of the rescue system writes here what it was started from. */
const BOOT_DEVICE_FILE = "/run/lifeboat/boot-device";

export interface InventoryOptions {
  /** The device that the rescue system was started from; by default what its initramfs noted. */
  readonly bootDevice?: string;
}

/** The disks of this machine, in the order of their names. CD drives, RAM disks and empty readers are left out. */
export async function listDisks(options: InventoryOptions = {}): Promise<Disk[]> {
  if (process.platform === "win32") return await listWindowsDisks();
  const nodes = offeredDisks(await listBlockNodes());
  const disks = [];
  for (const node of nodes) disks.push(await describeNode(node, options));
  return disks;
}

/** One block device, by its path; or a disk of Windows. */
export async function describeBlockDevice(path: string, options: InventoryOptions = {}): Promise<Disk> {
  const drive = physicalDriveNumber(path);
  if (drive !== undefined) return await describeWindowsDisk(drive);
  const [node] = await listBlockNodes(await realpath(path));
  if (!node) throw new Error(`lsblk knows no ${path}`);
  return describeNode(node, options);
}

export interface FileOptions {
  /** Bytes; by default what its partition table tells. A blank file tells nothing, and counts as one of 512. */
  readonly sectorSize?: number | undefined;
}

/** A raw image file, taken as a disk. */
export async function describeFile(path: string, { sectorSize }: FileOptions = {}): Promise<Disk> {
  const real = await realpath(path);
  const id = `file:${real}`;
  // Before we open it: another one of us, that looks for the same, waits until nobody has it open.
  const uses = await fileUses(real);
  await using device = await openDevice(real, { ...(sectorSize && { sectorSize }) });
  const state = await readState(device, [id], uses);
  return {
    id,
    path: real,
    kind: "file",
    size: device.size,
    sectorSize: device.sectorSize,
    bus: "file",
    removable: false,
    readOnly: false,
    isBootMedium: false,
    ...state,
  };
}

async function describeNode(node: BlockNode, options: InventoryOptions): Promise<Disk> {
  const uses = await deviceUses(node);
  const id = (await stableIds()).get(node.path) ?? `dev-${node.path.replace("/dev/", "")}`;
  const bootAreas = bootAreasOf(node.path, await readdir("/sys/class/block").catch(() => []));
  const bootDevice = options.bootDevice ?? (await readFile(BOOT_DEVICE_FILE, "utf8").catch(() => "")).trim();
  const facts = {
    id,
    path: node.path,
    kind: "block" as const,
    size: node.size,
    model: node.model?.trim() || undefined,
    serial: node.serial?.trim() || undefined,
    bus: node.tran ?? busOf(node.path),
    removable: node.rm,
    readOnly: node.ro,
    isBootMedium: bootDevice !== "" && contains(node, bootDevice),
    ...(bootAreas.length > 0 && { bootAreas }),
  };
  try {
    await using device = await openDevice(node.path);
    const state = await readState(device, [id, facts.serial], uses);
    return { ...facts, sectorSize: device.sectorSize, ...state };
  } catch (error) {
    // A disk that cannot even be opened is still shown: the user wants to know that it is there, and broken.
    const why = unreadable(error);
    const table: TableInfo = { type: "none", problems: [{ code: "UNREADABLE", text: why.text }] };
    const inUse = uses.map((use) => use.text);
    return { ...facts, sectorSize: 512, table, partitions: [], inUse, unreadable: why, fingerprint: "unreadable" };
  }
}

const contains = (node: BlockNode, path: string): boolean =>
  node.path === path || (node.children ?? []).some((child) => contains(child, path));

const busOf = (path: string): string =>
  path.startsWith("/dev/vd")
    ? "virtio"
    : path.startsWith("/dev/mmcblk")
      ? "mmc"
      : path.startsWith("/dev/loop")
        ? "loop"
        : "disk";
