import type { OpenImageOptions } from "#imaging/image/image-reader.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { readMarkOrPin } from "#imaging/repository/mark.ts";
import { listPoints } from "#imaging/repository/points.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import type { KeptPoint } from "#imaging/repository/retention.ts";

/** What rules of retention decide about. Points that cannot be read are not counted, and stay. */
export async function keptPoints(
  repository: Repository,
  unlock: OpenImageOptions["unlock"],
  recordKey: RecordKey | undefined,
): Promise<KeptPoint[]> {
  const points: KeptPoint[] = [];
  for (const found of await listPoints(repository, unlock)) {
    if ("problem" in found) continue;
    const { createdAt, point } = found.summary.manifest;
    const { pinned } = await readMarkOrPin(found.path, recordKey);
    points.push({ path: found.path, name: pointName(found.path), diskId: point?.diskId ?? "", createdAt, pinned });
  }
  return points;
}
