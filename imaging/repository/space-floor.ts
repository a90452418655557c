import { statfs } from "node:fs/promises";
import { ChunkIndex } from "#imaging/repository/chunk-index.ts";
import type { OpenedRepository } from "#imaging/repository/copy-repository.ts";
import { lookAtPacks } from "#imaging/repository/look-at-packs.ts";
import { idKeyOf } from "#imaging/repository/repository.ts";
import type { Decision, KeptPoint } from "#imaging/repository/retention.ts";
import { hashesOfPoint, Usage } from "#imaging/repository/usage.ts";

/**
 * Lets further points go, the oldest first, until so much would be free on the medium. Pinned points and the last of
 * each disk stay, also when that is not enough. @param decisions the newest first. @throws what openImage throws
 */
export async function decideForSpace<P extends KeptPoint>(
  decisions: readonly Decision<P>[],
  floor: number,
  { repository, unlock, recordKey }: OpenedRepository,
): Promise<Decision<P>[]> {
  const index = await ChunkIndex.open(repository, { idKey: recordKey && idKeyOf(recordKey) });
  const { bavail, bsize } = await statfs(repository.folders.root);
  const packs = (await lookAtPacks(repository, index)).reduce((sum, { size }) => sum + size, 0);
  // What the kept points may take of the packs.
  const room = bavail * bsize + packs - floor;
  const usage = new Usage(index, recordKey);
  let used = 0;
  const last = newestOfDisks(decisions);
  const mustStay = (one: Decision<P>) => one.point.pinned || last.has(one.point);
  for (const { point } of decisions.filter(mustStay))
    used += (await usage.mark(hashesOfPoint(point.path, unlock))).bytes;
  const result: Decision<P>[] = [];
  let isFull = false;
  // From the newest: each costs what no newer one needs.
  for (const one of decisions) {
    if (mustStay(one) || one.reasons.length === 0) {
      result.push(one);
      continue;
    }
    if (!isFull) used += (await usage.mark(hashesOfPoint(one.point.path, unlock))).bytes;
    isFull ||= used > room;
    result.push(isFull ? { ...one, reasons: [] } : one);
  }
  return result;
}

function newestOfDisks<P extends KeptPoint>(decisions: readonly Decision<P>[]): Set<P> {
  const newest = new Map<string, P>();
  for (const { point } of decisions) if (!newest.has(point.diskId)) newest.set(point.diskId, point);
  return new Set(newest.values());
}
