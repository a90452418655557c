import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import { diskIdOf } from "#imaging/capture/new-journal.ts";
import type { CaptureType } from "#imaging/image/manifest.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import { listPoints, parentOf } from "#imaging/repository/points.ts";
import type { Repository } from "#imaging/repository/repository.ts";

/** What a new point is among those of its disk. */
export interface PlaceInHistory {
  readonly type: CaptureType;
  /** Image id of the point that it comes after. */
  readonly parent?: string;
  readonly encrypted: boolean;
}

/** An incremental one comes after the last, a differential one after the last full one; without any it is full. */
export async function placeInHistory(
  request: CaptureRequest,
  repository: Repository,
  unlock: OpenImageOptions["unlock"],
): Promise<PlaceInHistory> {
  const { encrypted } = repository;
  const type = request.point?.type ?? "incremental";
  if (type === "full") return { type, encrypted };
  const parent = parentOf(await listPoints(repository, unlock), diskIdOf(request), type === "differential");
  return parent === undefined ? { type: "full", encrypted } : { type, parent, encrypted };
}
