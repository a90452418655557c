import { stat } from "node:fs/promises";
import { join } from "node:path";
import { HEADER_SIZE } from "#imaging/image/format.ts";
import { type ChunkIndex, packName } from "#imaging/repository/chunk-index.ts";
import { type PackEntry, packEntry } from "#imaging/repository/format.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import type { Usage } from "#imaging/repository/usage.ts";

/** A pack, and how much of it is needed. */
export interface SurveyedPack extends PackEntry {
  /** "STREAM/chunks.lbp.002" */
  readonly name: string;
  /** Place of its index file among the open ones, and its number there. */
  readonly index: number;
  readonly pack: number;
  /** Bytes of records that a point needs. */
  readonly used: number;
  readonly condemned: boolean;
}

/** Every pack that is there and that an index names; of one that two of them name, the uses are added. */
export async function surveyPacks({ folders }: Repository, index: ChunkIndex, usage: Usage): Promise<SurveyedPack[]> {
  const byName = new Map<string, SurveyedPack>();
  for (const [i, { file, place, condemned }] of index.indexes.entries()) {
    const used = await usage.bytesOfPacks(i);
    for (let pack = 0; pack < file.header.packs; pack++) {
      if (place.lengths[pack] === 0) continue;
      const entry = packEntry.parse(file.packRows.subarray(pack * packEntry.size));
      const name = packName(entry.stream, entry.number);
      const before = byName.get(name);
      const bytes = (used[pack] as number) + (before?.used ?? 0);
      // What the index says of its size is from when it was written.
      const size = before?.size ?? (await sizeOf(join(folders.packs, name)));
      byName.set(name, { ...(before ?? { ...entry, name, index: i, pack, condemned }), size, used: bytes });
    }
  }
  return [...byName.values()];
}

/** Waste that a repository may have: to free it all would mean to write most of it anew with each clean-up. */
const MOST_WASTE = 0.05;
/** More of a pack is not written anew, whatever it would free. */
const MOST_USED = 0.9;
/** Packs that one clean-up writes anew: 32 GiB. */
const MOST_REPACKED = 256;

/** Those in which least is needed, as many as bring the waste below its bound. */
export function packsToRepack(packs: readonly SurveyedPack[]): SurveyedPack[] {
  const inUse = packs.filter(({ used }) => used > 0);
  const wasteOf = ({ size, used }: SurveyedPack): number => Math.max(0, size - HEADER_SIZE - used);
  let waste = inUse.reduce((sum, pack) => sum + wasteOf(pack), 0);
  const most = MOST_WASTE * inUse.reduce((sum, { size }) => sum + size, 0);
  const chosen: SurveyedPack[] = [];
  for (const pack of inUse.toSorted((a, b) => shareUsed(a) - shareUsed(b))) {
    if (waste <= most || shareUsed(pack) > MOST_USED || chosen.length === MOST_REPACKED) break;
    chosen.push(pack);
    waste -= wasteOf(pack);
  }
  return chosen;
}

/** How much of a pack's records is needed, from 0 to 1. */
const shareUsed = ({ size, used }: SurveyedPack): number => used / Math.max(1, size - HEADER_SIZE);

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
