import { stat } from "node:fs/promises";
import { join } from "node:path";
import { keyOf } from "#imaging/repository/chunk-id.ts";
import { type ChunkIndex, packName, packNames } from "#imaging/repository/chunk-index.ts";
import { type PlaceEntry, packEntry, placeEntry } from "#imaging/repository/format.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import type { ScannedPack } from "#imaging/repository/scan-all.ts";

/** A pack that an index names. */
export interface NamedPack {
  readonly name: string;
  /** Bytes that its file has; 0 when there is none. */
  readonly size: number;
  readonly state: "whole" | "cut" | "missing";
  /** In words, when it is not whole. */
  readonly problem?: string;
}

/** Every pack that an index names must be there, and as long as it was. */
export async function lookAtPacks({ folders }: Repository, { indexes }: ChunkIndex): Promise<NamedPack[]> {
  const found = new Map<string, NamedPack>();
  for (const { file, condemned } of indexes)
    for (let pack = 0; pack < file.header.packs && !condemned; pack++) {
      const { stream, number, size } = packEntry.parse(file.packRows.subarray(pack * packEntry.size));
      const name = packName(stream, number);
      if (found.has(name)) continue;
      const have = await stat(join(folders.packs, name)).catch(() => undefined);
      found.set(name, describe(name, size, have?.size));
    }
  return [...found.values()];
}

function describe(name: string, size: number, have: number | undefined): NamedPack {
  if (have === undefined) return { name, size: 0, state: "missing", problem: `the pack ${name} is missing` };
  if (have >= size) return { name, size: have, state: "whole" };
  return { name, size: have, state: "cut", problem: `the pack ${name} is cut off: it has ${have} of ${size} bytes` };
}

/** How many chunks an index file puts into a pack, and a sum over their ids and places. */
interface Sum {
  count: number;
  sum: number;
}
const MODULUS = 2 ** 52;

const add = (total: Sum, { id, place }: Pick<PlaceEntry, "id" | "place">): void => {
  total.count++;
  total.sum = (total.sum + keyOf(id) + place) % MODULUS;
};

/** By names of packs: one for each index file that names it. All are made in one pass over the index. */
export async function sumsOfPacks({ indexes }: ChunkIndex): Promise<Map<string, Sum[]>> {
  const sums = new Map<string, Sum[]>();
  for (const { file, condemned } of indexes) {
    if (condemned) continue;
    const own = Array.from({ length: file.header.packs }, (): Sum => ({ count: 0, sum: 0 }));
    for await (const row of indexRows(file)) {
      const entry = placeEntry.parse(row);
      const total = own[entry.pack];
      if (total) add(total, entry);
    }
    for (const [pack, name] of [...packNames(file)].entries())
      sums.set(name, [...(sums.get(name) ?? []), own[pack] as Sum]);
  }
  return sums;
}

/** Whether index files put into a pack what was found there: then nobody need look at each chunk. */
export function agrees(sums: readonly Sum[], { places }: ScannedPack): boolean {
  const found: Sum = { count: 0, sum: 0 };
  for (const place of places) add(found, place);
  return sums.every(({ count, sum }) => count === found.count && sum === found.sum);
}

/** Ids, in hex, that an index puts into a pack where no whole record of theirs was found. */
export async function missingIn({ indexes }: ChunkIndex, scanned: ScannedPack): Promise<string[]> {
  const there = new Set(scanned.places.map(({ id, place }) => `${hex(id)}@${place}`));
  const missing: string[] = [];
  for (const { file, condemned } of indexes) {
    const number = condemned ? -1 : numberOf(file.packRows, scanned.name);
    if (number < 0) continue;
    for await (const row of indexRows(file)) {
      const { id, pack, place } = placeEntry.parse(row);
      if (pack === number && !there.has(`${hex(id)}@${place}`)) missing.push(hex(id));
    }
  }
  return missing;
}

export const hex = (id: Uint8Array): string => Buffer.from(id).toString("hex");

function numberOf(packRows: Uint8Array, name: string): number {
  for (let pack = 0; pack * packEntry.size < packRows.length; pack++) {
    const { stream, number } = packEntry.parse(packRows.subarray(pack * packEntry.size));
    if (packName(stream, number) === name) return pack;
  }
  return -1;
}
