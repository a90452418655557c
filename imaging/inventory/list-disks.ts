import { readdir, readFile, realpath } from "node:fs/promises";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { TableInfo } from "#imaging/image/manifest.ts";
import type { Disk, DiskPartition } from "#imaging/inventory/disk.ts";
import { bootAreasOf } from "#imaging/inventory/emmc.ts";
import { fileUses } from "#imaging/inventory/file-uses.ts";
import { fingerprint } from "#imaging/inventory/fingerprint.ts";
import { type BlockNode, type DeviceUse, deviceUses, listBlockNodes } from "#imaging/inventory/lsblk.ts";
import { offeredDisks } from "#imaging/inventory/offered-disks.ts";
import { probeContent } from "#imaging/inventory/probe-content.ts";
import { problemText, unreadable } from "#imaging/inventory/problem-text.ts";
import { stableIds } from "#imaging/inventory/stable-id.ts";
import { type DiskSurvey, surveyDisk, tableInfo } from "#imaging/inventory/survey-disk.ts";
import { readMarker } from "#imaging/restore/marker.ts";

/** The initramfs of the rescue system writes here what it was started from. */
const BOOT_DEVICE_FILE = "/run/lifeboat/boot-device";

export interface InventoryOptions {
  /** The device that the rescue system was started from; by default what its initramfs noted. */
  readonly bootDevice?: string;
}

/** The disks of this machine, in the order of their names. CD drives, RAM disks and empty readers are left out. */
export async function listDisks(options: InventoryOptions = {}): Promise<Disk[]> {
  const nodes = offeredDisks(await listBlockNodes());
  const disks = [];
  for (const node of nodes) disks.push(await describeNode(node, options));
  return disks;
}

/** One block device, by its path. */
export async function describeBlockDevice(path: string, options: InventoryOptions = {}): Promise<Disk> {
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

async function readState(device: BlockDevice, identity: (string | undefined)[], uses: readonly DeviceUse[]) {
  let survey: DiskSurvey | undefined;
  let table: TableInfo;
  try {
    survey = await surveyDisk(device);
    table = tableInfo(survey.table);
  } catch (error) {
    table = { type: "none", problems: [{ code: "TABLE_DAMAGED", text: problemText(error) }] };
  }
  const unfinishedRestore = (await readMarker(device))?.planId;
  const isUnknown = survey === undefined || (survey.table.type === "none" && survey.volumes.length === 0);
  const probe = isUnknown ? await probeContent(device) : undefined;
  if (survey !== undefined && unfinishedRestore === undefined && probe?.isBlank === false) {
    const problem = { code: "UNKNOWN_CONTENT", text: "data of an unknown kind, with no partition table" };
    table = { ...table, problems: [problem] };
  }
  const partitions: DiskPartition[] = (survey?.volumes ?? []).map(({ info }) => ({
    ...info,
    usedBy: uses.filter((use) => isPartition(use.path, device.path, info.number)).map((use) => use.text),
  }));
  return {
    table,
    partitions,
    inUse: uses.map((use) => use.text),
    unfinishedRestore,
    fingerprint: await fingerprint(device, identity, survey, probe),
  };
}

/** Linux names partition 2 sda2, and nvme0n1p2 where the disk's name ends in a digit. */
export const partitionPath = (disk: string, number: number): string =>
  number === 0 ? disk : /\d$/.test(disk) ? `${disk}p${number}` : `${disk}${number}`;

const isPartition = (path: string, disk: string, number: number): boolean => path === partitionPath(disk, number);

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
