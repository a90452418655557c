import { crc32 } from "node:zlib";
import { type GptHeader, gptEntry, gptHeader, withGptHeader } from "#imaging/disk/gpt.ts";
import { type MbrEntry, withMbrEntry } from "#imaging/disk/mbr.ts";
import type { TableWrite } from "#imaging/disk/partition.ts";

export const DISK_GUID = "0fd5b3a1-7a4c-4c61-9f3e-2d1b0a998877";
const LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";

export interface SmallGpt {
  readonly sectorSize?: number;
  readonly lbas?: number;
  readonly entryCount?: number;
  readonly entrySize?: number;
  /** First and last LBA. */
  readonly partitions?: readonly (readonly [number, number])[];
}

const partitionGuid = (n: number) => `${n.toString(16).padStart(8, "0")}-1111-4222-8333-444455556666`;
const entry = (type: number, startLba: number, sizeLba: number, bootIndicator = 0): MbrEntry => ({
  bootIndicator,
  startChs: new Uint8Array([0xfe, 0xff, 0xff]),
  type,
  endChs: new Uint8Array([0xfe, 0xff, 0xff]),
  startLba,
  sizeLba,
});

function header(of: Pick<GptHeader, "myLba" | "alternateLba" | "entriesLba">, shared: Partial<GptHeader>) {
  const rest = { signature: "EFI PART", revision: 0x10000, headerSize: 92, headerCrc32: 0, reserved: 0 } as const;
  return { ...rest, diskGuid: DISK_GUID, ...of, ...shared } as GptHeader;
}

/** A disk with a GPT that has boot code, a few entries and a free first entry when `partitions` starts later. */
export function gptDisk(options: SmallGpt = {}): Uint8Array<ArrayBuffer> {
  const { sectorSize = 512, lbas = 160, entryCount = 8, entrySize = 128 } = options;
  const count = Math.ceil((entryCount * entrySize) / sectorSize);
  const disk = new Uint8Array(lbas * sectorSize);
  const entries = new Uint8Array(count * sectorSize);
  const partitions = options.partitions ?? [
    [40, 79],
    [80, 120],
  ];
  for (const [i, [firstLba, lastLba]] of partitions.entries()) {
    const name = `part ${i + 1} ü`;
    const attributes = i === 0 ? 0x8000000000000005n : 0n;
    const fields = { type: LINUX, guid: partitionGuid(i + 1), firstLba, lastLba, attributes, name };
    entries.set(gptEntry.serialise(fields), i * entrySize);
  }
  const entriesCrc32 = crc32(entries.subarray(0, entryCount * entrySize));
  const [firstUsableLba, lastUsableLba, last] = [2 + count, lbas - 2 - count, lbas - 1];
  const shared = { firstUsableLba, lastUsableLba, entryCount, entrySize, entriesCrc32 };
  const put = (at: number, entriesLba: number, alternateLba: number) => {
    const blank = new Uint8Array(sectorSize);
    blank.set(gptHeader.serialise(header({ myLba: at, alternateLba, entriesLba }, shared)));
    disk.set(withGptHeader(blank, {}), at * sectorSize);
    disk.set(entries, entriesLba * sectorSize);
  };
  put(last, last - count, 1);
  put(1, 2, last);
  const boot = new Uint8Array(sectorSize).fill(0x90, 0, 440);
  disk.set(withMbrEntry(boot, 0, entry(0xee, 1, lbas - 1)));
  return disk;
}

/** Two primaries, and an extended partition with logicals at LBA 66, 84 and 102 whose records are at 64, 82, 100. */
export function mbrDisk(sectorSize = 512, lbas = 160): Uint8Array<ArrayBuffer> {
  const disk = new Uint8Array(lbas * sectorSize);
  let sector: Uint8Array<ArrayBuffer> = new Uint8Array(sectorSize).fill(0x90, 0, 440);
  new DataView(sector.buffer).setUint32(440, 0x1234abcd, true);
  sector = withMbrEntry(sector, 0, entry(0x83, 8, 20, 0x80));
  sector = withMbrEntry(sector, 1, entry(0x0f, 64, 90));
  disk.set(withMbrEntry(sector, 3, entry(0x07, 30, 10)));
  const link = (at: number, next: number | undefined) => {
    let ebr = withMbrEntry(new Uint8Array(sectorSize), 0, entry(0x83, 2, 16));
    if (next !== undefined) ebr = withMbrEntry(ebr, 1, entry(0x05, next - 64, 18));
    disk.set(ebr, at * sectorSize);
  };
  link(64, 82);
  link(82, 100);
  link(100, undefined);
  return disk;
}

/** The disk as it is after these writes, on zeros or on `onto`. */
export function written(writes: readonly TableWrite[], onto: number | Uint8Array): Uint8Array<ArrayBuffer> {
  const disk = new Uint8Array(onto as number);
  for (const { offset, bytes } of writes) disk.set(bytes, offset);
  return disk;
}

/** Only the bytes of these ranges, zeros elsewhere. */
export function only(disk: Uint8Array, extents: readonly { start: number; end: number }[]): Uint8Array<ArrayBuffer> {
  const kept = new Uint8Array(disk.length);
  for (const { start, end } of extents) kept.set(disk.subarray(start, end), start);
  return kept;
}
