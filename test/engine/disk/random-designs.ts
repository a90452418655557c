import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type TableDesign, usableOf } from "#imaging/disk/build-table.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import type { Random } from "#test/fuzz/random.ts";

export interface DesignKind {
  readonly type: "gpt" | "mbr";
  readonly sectorSize: number;
  /** Sectors of the disk at the most. */
  readonly most: number;
  /** Characters that names are made of. */
  readonly letters: readonly string[];
}

const GPT_TYPES = ["0fc63daf-8483-4772-8e79-3d69d8477de4", "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"];
const MBR_TYPES = ["0x07", "0x0c", "0x82", "0x83", "0xef", "0xfd"];
const EXTENDED_TYPES = ["0x05", "0x0f", "0x85"];
const MIB = 1024 * 1024;

export const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.int(16).toString(16)).join("");
const guid = (random: Random): string => [8, 4, 4, 4, 12].map((digits) => hex(random, digits)).join("-");

/** Numbers in [0, below), each once and in order; `below` is at least `count`. */
function distinct(random: Random, count: number, below: number): number[] {
  const found = new Set<number>();
  while (found.size < count) found.add(random.int(below));
  return [...found].toSorted((a, b) => a - b);
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: random.int(2 ** 32) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** A design that a table can hold, its partitions in no order. An MBR has at least one. */
export function randomDesign(random: Random, kind: DesignKind): TableDesign {
  const { type, sectorSize } = kind;
  const lbas = random.chance(0.2) ? 70 + random.int(200) : 200 + random.int(10 ** (3 + random.int(11)));
  const size = Math.min(lbas, kind.most) * sectorSize + random.int(sectorSize);
  const diskId =
    type === "gpt" ? guid(random) : random.chance(0.1) ? undefined : `${1 + random.int(9)}${hex(random, 7)}`;
  const usable = usableOf(type, size, sectorSize);
  const room = { first: usable.start / sectorSize, end: usable.end / sectorSize };
  const partitions = type === "gpt" ? gptPartitions(random, kind, room) : mbrPartitions(random, kind, room, diskId);
  const disk = { type, size, sectorSize, diskId, partitions: shuffled(random, partitions) };
  return random.chance(0.5) ? { ...disk, bootCode: bootCode(random) } : disk;
}

/** It begins with a jump at times, as the boot sector of a file system does. */
function bootCode(random: Random): Uint8Array {
  const code = Uint8Array.from({ length: random.int(441) }, () => random.int(256));
  code.set([random.pick([0xeb, 0xe9, 0xfa, 0x33])].slice(0, code.length));
  return code;
}

/** LBAs, the end exclusive. */
interface Room {
  readonly first: number;
  readonly end: number;
}

/** At most `most` pieces of a room, in order; some touch one another, and some its ends. */
function pieces(random: Random, { first, end }: Room, most: number): Room[] {
  const cuts = distinct(random, Math.min(2 + random.int(2 * most), end - first + 1), end - first + 1);
  const touching = random.chance(0.3);
  const found = cuts.slice(1).map((cut, i) => ({ first: first + (cuts[i] ?? 0), end: first + cut }));
  return found.filter((_, i) => touching || i % 2 === 0).slice(0, most);
}

function gptPartitions(random: Random, { sectorSize, letters }: DesignKind, room: Room): Partition[] {
  const places = random.chance(0.05) ? [] : pieces(random, room, random.chance(0.05) ? 128 : 20);
  const numbers = shuffled(random, distinct(random, places.length, 128));
  return places.map((place, i) => {
    const bits = random.chance(0.5) ? 0n : BigInt(`0x${hex(random, 1 + random.int(16))}`);
    return {
      number: 1 + (numbers[i] ?? 0),
      ...inBytes(place, sectorSize),
      type: random.pick(GPT_TYPES),
      name: randomName(random, letters),
      guid: guid(random),
      active: (bits & 4n) !== 0n,
      role: "primary",
      attributes: `0x${bits.toString(16)}`,
    };
  });
}

const inBytes = ({ first, end }: Room, sectorSize: number) => ({
  start: first * sectorSize,
  size: (end - first) * sectorSize,
});

function randomName(random: Random, letters: readonly string[]): string | undefined {
  const length = random.int(37);
  let name = "";
  while (name.length < length) name += random.pick(letters);
  return name === "" || name.length > 36 ? undefined : name;
}

function mbrPartitions(
  random: Random,
  { sectorSize }: DesignKind,
  room: Room,
  diskId: string | undefined,
): Partition[] {
  const places = pieces(random, room, 4);
  const slots = shuffled(random, [1, 2, 3, 4]);
  const extended = random.chance(0.7) ? random.int(places.length) : -1;
  const partition = (place: Room, number: number, role: Partition["role"]): Partition => ({
    number,
    ...inBytes(place, sectorSize),
    type: random.pick(role === "extended" ? EXTENDED_TYPES : MBR_TYPES),
    name: undefined,
    guid: diskId && `${diskId}-${number.toString(16).padStart(2, "0")}`,
    active: random.chance(0.2),
    role,
    attributes: "0x0",
  });
  return places.flatMap((place, i) => {
    const outer = partition(place, slots[i] ?? 0, i === extended ? "extended" : "primary");
    if (i !== extended) return [outer];
    const inner = logicalPlaces(random, place, sectorSize);
    return [outer, ...inner.map((logical, j) => partition(logical, 5 + j, "logical"))];
  });
}

/** Logical partitions with gaps before them of a sector, of 1 MiB and around it, and of any size. */
function logicalPlaces(random: Random, { first, end }: Room, sectorSize: number): Room[] {
  const places: Room[] = [];
  const wanted = random.int(21);
  const longest = Math.max(1, Math.floor((end - first) / Math.max(1, wanted)));
  for (let from = first; places.length < wanted; from = places.at(-1)?.end ?? end) {
    const aligned = MIB / sectorSize;
    const gap = random.pick([1, 2, aligned - 1, aligned, aligned + 1, 1 + random.int(longest)]);
    const start = from + gap;
    if (start >= end) break;
    places.push({ first: start, end: start + 1 + random.int(Math.min(longest, end - start)) });
  }
  return places;
}

/** A disk of zeros on which these writes were made: only they cost memory, whatever its size is. */
export function writtenDevice(writes: readonly TableWrite[], size: number, sectorSize: number): ReadableDevice {
  return {
    path: "mem:writes",
    size,
    sectorSize,
    async read(into, offset) {
      into.fill(0);
      for (const { offset: start, bytes } of writes) {
        const from = Math.max(start, offset);
        const to = Math.min(start + bytes.length, offset + into.length);
        if (from < to) into.set(bytes.subarray(from - start, to - start), from - offset);
      }
    },
  };
}
