import { LifeboatError } from "#base/errors.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { layoutProblems } from "#imaging/disk/check-layout.ts";
import { readExtendedChain } from "#imaging/disk/ebr.ts";
import {
  diskSignature,
  isExtended,
  isFilesystemBootSector,
  mbrEntries,
  mbrPartition,
  sectorKind,
} from "#imaging/disk/mbr.ts";
import type { Ebr, MbrState, Partition, PartitionTable, TableProblem, TableWrite } from "#imaging/disk/partition.ts";
import { minimumGptSize, placeGpt } from "#imaging/disk/place-gpt.ts";
import { readGpt } from "#imaging/disk/read-gpt.ts";
import { sectorCount, tryReadSectors } from "#imaging/disk/sectors.ts";
import { tableDamaged } from "#imaging/disk/table-damaged.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { tableWords } from "#imaging/words/table-words.ts";

export type {
  Partition,
  PartitionTable,
  TableProblem,
  TableProblemCode,
  TableType,
  TableWrite,
} from "#imaging/disk/partition.ts";

/**
 * Reads the partition table of a disk, repairing in memory what one good copy allows. Only the ranges that the
 * result names as `metadata` matter: a device that has zeros everywhere else gives the same table.
 * Type "none" means that sector 0 holds no table, as on a disk that one file system fills. A table without
 * partitions can still lie on a disk whose content matters: probe the whole disk then.
 * @throws TABLE_DAMAGED when the disk says that it has a table of which nothing is usable: both copies of a GPT
 * bad, or a chain of extended boot records that loops
 * @throws READ_FAILED, READ_SHORT when sector 0 cannot be read and no GPT stands behind it
 */
export async function readPartitionTable(device: ReadableDevice): Promise<PartitionTable> {
  const { sectorSize } = device;
  const lbas = sectorCount(device.size, sectorSize);
  if (lbas === 0) return noTable(device);
  const readable = await tryReadSectors(device, 0, 1);
  const sector = readable ?? new Uint8Array(sectorSize);
  const kind = sectorKind(sector, lbas);
  if (kind === "mbr") return readMbr(device, sector);
  if (kind === "gpt") {
    const gpt = await readGpt(device, sector);
    if (!("problem" in gpt)) return gpt;
    throw tableDamaged(device.path, "GPT", await withOtherSectorSize(device, gpt.problem));
  }
  const orphan = isFilesystemBootSector(sector) ? undefined : await readOrphanGpt(device, sector);
  if (orphan !== undefined) return orphan;
  if (readable === undefined) await readBytes(device, 0, sectorSize);
  return noTable(device);
}

/**
 * A GPT whose sector 0 was wiped. Its primary must be good: a backup alone is what making a file system on a disk
 * that once had a GPT leaves behind.
 */
async function readOrphanGpt(
  device: ReadableDevice,
  sector: Uint8Array<ArrayBuffer>,
): Promise<PartitionTable | undefined> {
  const gpt = await readGpt(device, sector);
  if ("problem" in gpt || gpt.problems.some((p) => p.code === "GPT_PRIMARY_DAMAGED")) return undefined;
  return gpt;
}

/** The error says it when the GPT was made for sectors of the other size, as after a change of adapter. */
async function withOtherSectorSize(device: ReadableDevice, problem: string): Promise<string> {
  const sectorSize = device.sectorSize === 512 ? 4096 : 512;
  const path = device.path;
  const other = { path, size: device.size, sectorSize, read: device.read.bind(device) };
  const gpt = await readGpt(other, new Uint8Array(sectorSize));
  return "problem" in gpt ? problem : tableWords["table.other-sectors"]({ problem, sectorSize });
}

const noTable = (device: ReadableDevice): PartitionTable => ({
  type: "none",
  sectorSize: device.sectorSize,
  diskId: undefined,
  partitions: [],
  problems: [],
  metadata: [],
  usable: { start: 0, end: device.size },
  state: undefined,
});

async function readMbr(device: ReadableDevice, sector: Uint8Array<ArrayBuffer>): Promise<PartitionTable> {
  const { sectorSize } = device;
  const diskId = diskSignature(sector);
  const primaries: Partition[] = [];
  const logicals: Partition[] = [];
  const ebrs: Ebr[] = [];
  const problems: TableProblem[] = [];
  for (const [i, entry] of mbrEntries(sector).entries()) {
    if (entry.sizeLba === 0) continue;
    const role = isExtended(entry) ? "extended" : "primary";
    primaries.push(mbrPartition(entry, { number: i + 1, base: 0, sectorSize, role, diskId }));
    if (role === "primary") continue;
    const chain = await readExtendedChain(device, entry.startLba, 5 + logicals.length, diskId);
    logicals.push(...chain.logicals);
    ebrs.push(...chain.ebrs);
    problems.push(...chain.problems);
  }
  const extents = [0, ...ebrs.map((e) => e.lba)].toSorted((a, b) => a - b);
  const end = sectorCount(device.size, sectorSize) * sectorSize;
  const table: PartitionTable = {
    type: "mbr",
    sectorSize,
    diskId,
    partitions: [...primaries, ...logicals],
    problems: [],
    metadata: [...ExtentList.of(extents.map((lba) => ({ start: lba * sectorSize, end: (lba + 1) * sectorSize })))],
    usable: { start: Math.min(sectorSize, end), end: Math.min(end, 2 ** 32 * sectorSize) },
    state: { kind: "mbr", mbr: sector, ebrs },
  };
  return { ...table, problems: [...problems, ...layoutProblems(table, device.size)] };
}

/**
 * The writes that put this table on a disk of `targetSize` bytes, every partition where it was, in the order in
 * which they must be made: sector 0 last, so that a disk whose restore was interrupted has no table. On a disk of
 * the source's size an undamaged table comes out bit by bit. Nothing for type "none".
 * @throws TARGET_TOO_SMALL
 */
export function placeTable(table: PartitionTable, targetSize: number): TableWrite[] {
  const { state } = table;
  if (state === undefined) return [];
  if (state.kind === "gpt") return placeGpt(table, state, targetSize);
  const need = minimumTargetSize(table);
  if (need > targetSize) throw new LifeboatError("TARGET_TOO_SMALL", { target: "the target", need, have: targetSize });
  return placeMbr(table, state);
}

function placeMbr({ sectorSize }: PartitionTable, { mbr, ebrs }: MbrState): TableWrite[] {
  const name = (ebr: Ebr) =>
    ebr.partitions.length === 0 ? `empty EBR at LBA ${ebr.lba}` : `EBR of partition ${ebr.partitions.join(" and ")}`;
  return [
    ...ebrs.map((ebr) => ({ offset: ebr.lba * sectorSize, bytes: ebr.sector, what: name(ebr) })),
    { offset: 0, bytes: mbr, what: "MBR" },
  ];
}

/** The smallest disk, in bytes, on which placeTable succeeds; 0 for type "none", whose volume decides. */
export function minimumTargetSize(table: PartitionTable): number {
  const { state, sectorSize } = table;
  if (state === undefined) return 0;
  if (state.kind === "gpt") return minimumGptSize(table, state);
  const ends = [...table.partitions.map((p) => p.start + p.size), ...table.metadata.map((m) => m.end)];
  return ends.reduce((a, b) => Math.max(a, b), sectorSize);
}

/** 33 sectors hold the header and the 128 entries of a GPT; one more for an array that does not end with a sector. */
const TAIL_SECTORS = 34;
const HEAD_BYTES = 1024 * 1024;

/**
 * What must read as zeros before a disk is written, so that no MBR, GPT or backup GPT of its former life is found:
 * the first MiB (LBA 0 to 33 and what boot loaders keep behind it) and the last 34 sectors.
 */
export function tableExtentsToErase(targetSize: number, sectorSize: number): Extent[] {
  const head = { start: 0, end: Math.min(HEAD_BYTES, targetSize) };
  const lastSectors = (sectorCount(targetSize, sectorSize) - TAIL_SECTORS) * sectorSize;
  return [...ExtentList.of([head, { start: Math.max(0, lastSectors), end: targetSize }])];
}
