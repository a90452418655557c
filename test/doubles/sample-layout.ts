import type { LayoutSource, LayoutWish, PartitionWish, SourcePartition } from "#imaging/layout/layout.ts";
import type { Random } from "#test/fuzz/random.ts";

const MIB = 1 << 20;
const GUID = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** A partition that cannot change its size. */
export const sourcePartition = (
  number: number,
  size: number,
  changes: Partial<SourcePartition> = {},
): SourcePartition => ({
  number,
  start: number * 4096 * MIB,
  size,
  type: "0fc63daf-8483-4772-8e79-3d69d8477de4",
  guid: GUID(number),
  active: false,
  role: "primary",
  least: size,
  most: changes.least === undefined ? size : Number.POSITIVE_INFINITY,
  ...changes,
});

/** An EFI system partition, a root file system that needs 1 GiB of its 4, and swap space; all else by `more`. */
export const sampleSource = (more: readonly SourcePartition[] = []): LayoutSource => ({
  tableType: "gpt",
  diskId: GUID(99),
  size: 64 * 1024 * MIB,
  sectorSize: 512,
  seed: "sample",
  partitions: [
    sourcePartition(1, 100 * MIB, {
      type: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
      filesystem: "vfat",
      notLarger: "it is an EFI system partition",
    }),
    sourcePartition(2, 4096 * MIB, { least: 1024 * MIB, filesystem: "ext4" }),
    sourcePartition(3, 512 * MIB, { type: "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", filesystem: "swap" }),
    ...more,
  ],
});

export interface LayoutCase {
  readonly source: LayoutSource;
  readonly target: { readonly size: number; readonly sectorSize: number; readonly name: string };
  readonly wish: LayoutWish;
}

/** Any image, disk and wish: sizes over eight orders of magnitude, odd places, few and many partitions. */
export function layoutCase(random: Random): LayoutCase {
  const source = randomSource(random);
  const used = source.partitions.reduce((sum, { role, size }) => sum + (role === "extended" ? 0 : size), 0);
  const sectorSize = random.chance(0.7) ? source.sectorSize : 4608 - source.sectorSize;
  const share = random.pick([0.3, 0.6, 0.9, 1, 1.05, 1.5, 4]);
  const size = Math.max(8 * MIB, Math.floor((used * share) / sectorSize) * sectorSize + random.int(80) * MIB);
  return { source, target: { size, sectorSize, name: "" }, wish: randomWish(random, source) };
}

function randomSource(random: Random): LayoutSource {
  const tableType = random.pick(["gpt", "mbr"] as const);
  const sectorSize = random.pick([512, 512, 512, 4096]);
  const count = 1 + random.int(random.chance(0.8) ? 7 : 24);
  const firstLogical = tableType === "mbr" ? (count > 4 || random.chance(0.4) ? random.int(4) : count) : count;
  const partitions: SourcePartition[] = [];
  let at = random.pick([63 * sectorSize, MIB, 2 * MIB]);
  for (let i = 0; i < count; i++) {
    at += random.chance(0.3) ? random.int(64) * MIB + random.int(100) * sectorSize : 0;
    const isLogical = i >= firstLogical;
    if (isLogical) at += MIB;
    const number = isLogical ? 5 + i - firstLogical : i + 1;
    const partition = randomPartition(random, { number, start: at, sectorSize, tableType, isLogical });
    partitions.push(partition);
    at += partition.size;
  }
  const [first] = partitions.filter(({ role }) => role === "logical");
  if (first) {
    const start = first.start - MIB;
    const extended = { start, type: "0x05", role: "extended", guid: undefined } as const;
    partitions.push(sourcePartition(firstLogical + 1, at - start, extended));
  }
  const diskId = tableType === "gpt" ? GUID(99) : random.chance(0.9) ? "89abcdef" : undefined;
  return { tableType, diskId, size: at + MIB, sectorSize, seed: `seed ${random.int(1e6)}`, partitions };
}

interface Place {
  readonly number: number;
  readonly start: number;
  readonly sectorSize: number;
  readonly tableType: "gpt" | "mbr";
  readonly isLogical: boolean;
}

const TYPES = {
  gpt: [
    ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "vfat"],
    ["0fc63daf-8483-4772-8e79-3d69d8477de4", "ext4"],
    ["0fc63daf-8483-4772-8e79-3d69d8477de4", "xfs"],
    ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "ntfs"],
    ["0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "swap"],
    ["e3c9e316-0b5c-4db8-817d-f92df00215ae", undefined],
    ["21686148-6449-6e6f-744e-656564454649", undefined],
  ],
  mbr: [
    ["0x07", "ntfs"],
    ["0x83", "ext4"],
    ["0x82", "swap"],
    ["0x0c", "vfat"],
    ["0xef", "vfat"],
  ],
} as const;

function randomPartition(random: Random, place: Place): SourcePartition {
  const { number, start, sectorSize, tableType, isLogical } = place;
  const [type, filesystem] = random.pick<readonly [string, string | undefined]>(TYPES[tableType]);
  const sectors = 1 + random.int(random.pick([2e3, 2e5, 2e7, 2e9]));
  const size = random.chance(0.7) ? Math.ceil((sectors * 512) / MIB) * MIB : sectors * sectorSize;
  const shrinks = random.chance(0.6);
  const grows = random.chance(0.6);
  return sourcePartition(number, size, {
    ...{ start, type, filesystem, role: isLogical ? "logical" : "primary", active: random.chance(0.1) },
    ...(random.chance(0.3) && { name: `name ${number}` }),
    least: shrinks ? random.int(size) : size,
    most: grows ? (random.chance(0.7) ? Number.POSITIVE_INFINITY : size + random.int(size)) : size,
    remade: random.chance(0.05),
    remadeSmaller: random.chance(0.1),
    remadeLarger: random.chance(0.1),
    refused: random.chance(0.01) ? "it is of the wrong kind" : undefined,
  });
}

const ADDED: readonly NonNullable<LayoutWish["add"]>[] = [
  [{ role: "esp" }],
  [{ role: "bios-grub" }],
  [{ role: "esp" }, { role: "bios-grub" }],
];

function randomWish(random: Random, source: LayoutSource): LayoutWish {
  const real = source.partitions.filter(({ role }) => role !== "extended");
  const numbers = real.map(({ number }) => number);
  const some = () => numbers.filter(() => random.chance(0.6));
  const mode = random.pick(["keep", "fill", "fill", "shrink", "shrink", "manual"] as const);
  return {
    mode,
    ...(random.chance(0.5) && { table: random.pick(["gpt", "mbr"] as const) }),
    ...(random.chance(0.1) && { align: random.pick([1, 2, 8, 64]) * MIB }),
    ...(random.chance(0.1) && { ids: "new" as const }),
    ...(random.chance(0.2) && { add: random.pick(ADDED) }),
    ...(mode === "fill" &&
      random.chance(0.2) && { grow: real.filter(({ most, size }) => most > size).map((one) => one.number) }),
    ...(mode !== "manual" && random.chance(0.2) && { only: some() }),
    ...(mode === "manual" && { partitions: manualWishes(random, real) }),
  };
}

function manualWishes(random: Random, real: readonly SourcePartition[]): PartitionWish[] {
  const left = real.filter(() => random.chance(0.8));
  const wishes: PartitionWish[] = [];
  while (left.length > 0) {
    const [partition] = left.splice(random.int(Math.min(2, left.length)), 1) as [SourcePartition];
    const between = Math.floor(partition.least + random.int(1 + 2 * (partition.size - partition.least)));
    const size = random.pick([undefined, undefined, "least", "rest", Math.max(1, between)] as const);
    wishes.push({ source: partition.number, ...(size !== undefined && { size }) });
  }
  return wishes;
}
