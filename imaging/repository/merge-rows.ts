import { compareIds } from "#imaging/repository/chunk-id.ts";
import { packName } from "#imaging/repository/chunk-index.ts";
import { type PackEntry, packEntry, placeEntry } from "#imaging/repository/format.ts";
import type { IndexFile } from "#imaging/repository/index-file.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";

export interface MergedRows {
  readonly packs: readonly PackEntry[];
  readonly rows: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Entries of several index files in the order of their ids, with those packs that `isKept` says yes to. */
export function mergeRows(files: readonly IndexFile[], isKept: (file: number, pack: number) => boolean): MergedRows {
  const packs: PackEntry[] = [];
  /** A pack that several files name is one. */
  const numberOf = new Map<string, number>();
  const add = (entry: PackEntry): number => {
    const name = packName(entry.stream, entry.number);
    const number = numberOf.get(name) ?? packs.push(entry) - 1;
    numberOf.set(name, number);
    return number;
  };
  /** For each file: the new number of each of its packs; -1 for those that are left out. */
  const numbers = files.map(({ packRows, header }, file) => {
    const renumbered = new Int32Array(header.packs).fill(-1);
    for (let pack = 0; pack < header.packs; pack++)
      if (isKept(file, pack)) renumbered[pack] = add(packEntry.parse(packRows.subarray(pack * packEntry.size)));
    return renumbered;
  });
  return { packs, rows: merge(files.map((file, i) => renumber(file, numbers[i] as Int32Array))) };
}

const PACK_AT = placeEntry.fields.pack.at;

async function* renumber(file: IndexFile, numbers: Int32Array): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const row of indexRows(file)) {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    const pack = numbers[view.getUint32(PACK_AT, true)] ?? -1;
    if (pack < 0) continue;
    const copy = row.slice();
    new DataView(copy.buffer).setUint32(PACK_AT, pack, true);
    yield copy;
  }
}

/** Of chunks that are in several packs all places are kept, each of them once. */
async function* merge(
  sources: readonly AsyncGenerator<Uint8Array, void, undefined>[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const heads: { row: Uint8Array; source: AsyncGenerator<Uint8Array, void, undefined> }[] = [];
  for (const source of sources) {
    const { value } = await source.next();
    if (value) heads.push({ row: value, source });
  }
  let before: Uint8Array | undefined;
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++)
      if (compareIds((heads[i] as (typeof heads)[0]).row, (heads[least] as (typeof heads)[0]).row, 0) < 0) least = i;
    const head = heads[least] as (typeof heads)[0];
    if (!before || Buffer.compare(before, head.row) !== 0) yield head.row;
    before = head.row;
    const { value } = await head.source.next();
    if (value) head.row = value;
    else heads.splice(least, 1);
  }
}
