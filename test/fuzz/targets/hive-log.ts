import { sealBaseBlock } from "#imaging/registry/base-block.ts";
import { createHive } from "#imaging/registry/create-hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import type { HiveLogs } from "#imaging/registry/recover-hive.ts";
import { binary, dword } from "#imaging/registry/value.ts";
import { newLog, oldLog, sealEntry, tornHive } from "#test/doubles/hive-logs.ts";
import { readAll, tryHive } from "#test/fuzz/hive-case.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";

/** A hive and up to two logs in one input, each at a place of its own. */
const LOG1 = 64 << 10;
const LOG2 = 128 << 10;

function pack(hive: Uint8Array, log1: Uint8Array, log2: Uint8Array = new Uint8Array()): Uint8Array {
  const packed = new Uint8Array(LOG2 + log2.length);
  if (hive.length > LOG1 || log1.length > LOG2 - LOG1) throw new RangeError("the seed is too large for its place");
  packed.set(hive);
  packed.set(log1, LOG1);
  packed.set(log2, LOG2);
  return packed;
}

function states(): [Uint8Array, Uint8Array, Uint8Array] {
  const hive = createHive({ clock: () => 1_700_000_000_000 });
  hive.root.create("a\\b").set("start", dword(3));
  const first = hive.toBytes();
  hive.root.create("a\\c").set("start", dword(0));
  const second = hive.toBytes();
  hive.root.create("d").set("data", binary(new Uint8Array(9000).fill(5)));
  return [first, second, hive.toBytes()];
}

const sequenceOf = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(8, true);

function seed(kind: "one" | "two" | "old"): Uint8Array {
  const [first, second, third] = states();
  const sequence = sequenceOf(first);
  const torn = tornHive(first, third);
  if (kind === "old") return pack(torn, oldLog(first, third));
  if (kind === "one") return pack(torn, newLog([first, second, third], sequence));
  return pack(torn, newLog([second, third], sequence + 1), newLog([first, second], sequence));
}

export const target: FuzzTarget = {
  name: "hive-log",
  seeds: (["one", "two", "old"] as const).map((kind) => ({ name: kind, content: () => seed(kind) })),
  allowed: ["NOT_A_HIVE", "HIVE_UNSUPPORTED", "HIVE_DIRTY", "HIVE_DAMAGED"],
  async parse(device) {
    const bytes = await readAll(device);
    const logs: HiveLogs = { log1: bytes.subarray(LOG1, LOG2), log2: bytes.subarray(LOG2) };
    const verdict = tryHive(openHive(bytes.subarray(0, LOG1), logs));
    return verdict === "in part" ? "accepted" : verdict;
  },
  reseal,
};

function reseal(image: SparseImage): void {
  for (const start of [0, LOG1, LOG2]) {
    if (start + 512 > image.size) continue;
    const head = image.bytes(start, 512);
    sealBaseBlock(head);
    image.write(head, start);
    if (start > 0) resealEntries(image, start);
  }
}

function resealEntries(image: SparseImage, start: number): void {
  for (let at = start + 512; at + 512 <= image.size; ) {
    const head = image.bytes(at, 40);
    const size = new DataView(head.buffer).getUint32(4, true);
    if (String.fromCharCode(...head.subarray(0, 4)) !== "HvLE" || size < 512 || size > LOG2) return;
    const entry = image.bytes(at, size);
    sealEntry(entry);
    image.write(entry.subarray(0, 40), at);
    at += size;
  }
}
