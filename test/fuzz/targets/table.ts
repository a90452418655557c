import { crc32 } from "node:zlib";
import { isLifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { bootGaps, endOfDisk } from "#imaging/disk/gaps.ts";
import { gptHeaderCrc } from "#imaging/disk/gpt.ts";
import {
  minimumTargetSize,
  type PartitionTable,
  placeTable,
  readPartitionTable,
} from "#imaging/disk/partition-table.ts";
import { gptDisk, mbrDisk } from "#test/engine/disk/small-disks.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { MIB, made } from "#test/fuzz/make-seed.ts";
import { checkExtents } from "#test/fuzz/promises.ts";
import { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

function sgdisk(path: string, ...options: string[]): void {
  emptyImage(path, 16 * MIB);
  run("sgdisk", "-n", "1:2048:+2M", "-n", "2:0:+4M", "-n", "3:0:0", "-c", "2:second", "-t", "1:ef00", path);
  if (options.length > 0) run("sgdisk", ...options, path);
}

const logical = [
  "mklabel",
  "msdos",
  "mkpart",
  "primary",
  "1MiB",
  "3MiB",
  "mkpart",
  "extended",
  "3MiB",
  "15MiB",
  "mkpart",
  "logical",
  "4MiB",
  "6MiB",
  "mkpart",
  "logical",
  "7MiB",
  "9MiB",
];

/** Partition tables of both kinds, and where they are put again. */
export const target: FuzzTarget = {
  name: "table",
  seeds: [
    { name: "gpt", make: (path) => sgdisk(path) },
    { name: "gpt-moved", make: (path) => sgdisk(path, "-j", "64") },
    { name: "gpt-hybrid", make: (path) => sgdisk(path, "-h", "1:2") },
    { name: "gpt-8", content: () => gptDisk() },
    { name: "gpt-4kn", sectorSize: 4096, content: () => gptDisk({ sectorSize: 4096 }) },
    { name: "mbr", make: (path) => run("parted", "-s", emptyImage(path, 16 * MIB), ...logical) },
    { name: "mbr-chain", content: () => mbrDisk() },
    { name: "mbr-4kn", sectorSize: 4096, content: () => mbrDisk(4096) },
    { name: "none", make: (path) => made(path, MIB, "mkfs.fat") },
  ],
  allowed: ["TABLE_DAMAGED", "READ_SHORT", "READ_FAILED"],
  reseal,
  async parse(device) {
    const found = await readPartitionTable(device);
    checkTable(found, device);
    await checkPlacing(found, device);
    return found.problems.every(({ code }) => code === "HYBRID_MBR") ? "accepted" : "problems named";
  },
};

function checkTable(found: PartitionTable, { size }: ReadableDevice): void {
  checkExtents(found.metadata, size, "metadata");
  checkExtents(bootGaps(found, size), size, "gaps");
  checkExtents(endOfDisk(found, size), size, "end of the disk");
  const numbers = new Set(found.partitions.map((p) => p.number));
  promise(numbers.size === found.partitions.length, () => "two partitions of one number");
  for (const { start, size, number } of found.partitions)
    promise(
      start >= 0 && size > 0 && Number.isSafeInteger(start + size),
      () => `partition ${number}: ${start}+${size}`,
    );
  promise(
    found.usable.start >= 0 && found.usable.end >= found.usable.start,
    () => `usable ${JSON.stringify(found.usable)}`,
  );
}

/** Put on an empty disk of the same size or of the smallest, it must be read again as it was. */
async function checkPlacing(found: PartitionTable, { size, sectorSize, path }: ReadableDevice): Promise<void> {
  if (found.type === "none") return;
  for (const total of [size, minimumTargetSize(found)]) {
    const disk = SparseImage.of(new Uint8Array(0));
    disk.size = total;
    try {
      for (const { offset, bytes } of placeTable(found, total)) {
        promise(offset >= 0 && offset + bytes.length <= total, () => `a write at ${offset} of ${total}`);
        disk.write(bytes, offset);
      }
    } catch (error) {
      if (total === size && isLifeboatError(error, "TARGET_TOO_SMALL")) continue;
      throw error;
    }
    const again = await readPartitionTable({
      path,
      size: total,
      sectorSize,
      read: async (into, at) => disk.read(into, at),
    });
    const [before, after] = [JSON.stringify(found.partitions), JSON.stringify(again.partitions)];
    promise(before === after, () => `on ${total} bytes it is read as ${after} instead of ${before}`);
  }
}

/** GPT headers and entries, with the sizes that the headers say. */
function reseal(image: SparseImage): void {
  for (const sectorSize of [512, 4096])
    for (const at of [sectorSize, (Math.floor(image.size / sectorSize) - 1) * sectorSize])
      resealHeader(image, at, sectorSize);
}

function resealHeader(image: SparseImage, at: number, sectorSize: number): void {
  const raw = image.bytes(at, sectorSize);
  const view = new DataView(raw.buffer);
  if (String.fromCharCode(...raw.subarray(0, 8)) !== "EFI PART") return;
  const entries = Number(view.getBigUint64(72, true)) * sectorSize;
  const length = view.getUint32(80, true) * view.getUint32(84, true);
  if (Number.isSafeInteger(entries) && length <= MIB) view.setUint32(88, crc32(image.bytes(entries, length)), true);
  view.setUint32(16, gptHeaderCrc(raw, view.getUint32(12, true)), true);
  image.write(raw, at);
}
