import { isLifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { describeDifference, differences } from "#imaging/registry/differences.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { Key } from "#imaging/registry/key.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { binary, dword, text } from "#imaging/registry/value.ts";
import { promise } from "#test/fuzz/target.ts";

/** A hive larger than this is another size of the same. */
export const MOST_READ = 4 << 20;

export async function readAll(device: ReadableDevice): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(device.size, MOST_READ));
  await device.read(bytes, 0);
  await markHeads(device, bytes);
  return bytes;
}

/** Reads again what is worth damaging: a change in a value's data, or in a free cell, tries nothing. */
async function markHeads(device: ReadableDevice, bytes: Uint8Array): Promise<void> {
  const view = new DataView(bytes.buffer);
  const mark = async (at: number, length: number) => {
    if (at + length <= bytes.length) await device.read(new Uint8Array(length), at);
  };
  for (let at = 0; at + 48 <= Math.min(bytes.length, LOOKED_AT); at += 8) {
    if (at % 512 === 0 && BLOCKS.includes(view.getUint32(at))) await mark(at, 48);
    else if (view.getInt32(at, true) < 0 && CELLS.includes(view.getUint16(at + 4))) await mark(at, 84);
  }
}

const LOOKED_AT = 256 << 10;
/** "regf", "hbin", "HvLE", "DIRT" */
const BLOCKS: readonly number[] = [0x72656766, 0x6862696e, 0x48764c45, 0x44495254];
/** "nk", "vk", "sk", "lf", "lh", "li", "ri", "db" */
const CELLS: readonly number[] = [0x6e6b, 0x766b, 0x736b, 0x6c66, 0x6c68, 0x6c69, 0x7269, 0x6462];

/** Everything that a key shows, and of all below it. @returns keys seen */
function walk(key: Key): number {
  let seen = 1;
  void key.className;
  for (const value of key.values()) {
    promise(value.bytes.length <= MOST_READ, () => `a value of ${value.bytes.length} bytes`);
    void [value.text, value.texts, value.number, value.integer];
  }
  for (const subkey of key.subkeys()) seen += walk(subkey);
  return seen;
}

/**
 * Reads, and if the hive is sound, changes it: what was not changed is as before, and the result is sound.
 * Of one that is not, no edit may change a byte.
 */
export function tryHive(hive: Hive): string {
  const before = hive.toBytes();
  const clean = hive.state === "clean";
  const fault = faultOf(() => hive.check());
  if (fault) {
    faultOf(() => walk(hive.root));
    promise(faultOf(() => hive.root.set("x", dword(1))) === "HIVE_DAMAGED", () => "an edit of a damaged hive");
    promise(!clean || Buffer.compare(hive.toBytes(), before) === 0, () => "a refused edit changed the hive");
    return fault;
  }
  promise(walk(hive.root) === hive.check().keys, () => "two ways of walking see another number of keys");
  editAll(hive, before);
  return clean ? "accepted" : "in part";
}

function editAll(hive: Hive, before: Uint8Array): void {
  const [first] = hive.root.subkeys();
  const made = hive.root.create("fuzz\\made");
  made.set("text", text("of some length"));
  made.set("large", binary(new Uint8Array(20_000)));
  const old = openHive(before, {}, { allowDirty: true });
  const again = openHive(hive.toBytes());
  again.check();
  for (const change of differences(old, again)) {
    promise(/^fuzz(\\made)?$/i.test(change.key), () => `an edit changed ${describeDifference(change)}`);
  }
  // A name that is empty, or has a "\", is no path to its key.
  if (first && /^[^\\]+$/.test(first.name)) hive.root.delete(first.name);
  hive.root.delete("fuzz");
  openHive(hive.toBytes()).check();
}

const faultOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    if (isLifeboatError(error, "HIVE_DAMAGED")) return error.code;
    throw error;
  }
  return undefined;
};
