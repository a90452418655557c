import { join } from "node:path";
import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { type ImageSummary, readManifest } from "#imaging/image/image-reader.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import { namesIn } from "#imaging/repository/names-in.ts";
import type { Repository } from "#imaging/repository/repository.ts";

/** A point, or what keeps it from being read. */
export type FoundPoint = { readonly path: string } & (
  | { readonly summary: ImageSummary }
  | { readonly problem: LifeboatError }
);

/** Paths of all points, the newest last: names begin alike and end with the time. @throws OPEN_FAILED */
export async function pointFiles({ folders }: Repository): Promise<string[]> {
  return (await namesIn(folders.points))
    .filter((name) => name.endsWith(".lbi"))
    .toSorted()
    .map((name) => join(folders.points, name));
}

/** All points, the newest first; those that cannot be read last. */
export async function listPoints(repository: Repository, unlock?: OpenImageOptions["unlock"]): Promise<FoundPoint[]> {
  const found: FoundPoint[] = [];
  for (const path of await pointFiles(repository))
    try {
      found.push({ path, summary: await readManifest(path, { unlock }) });
    } catch (problem) {
      if (!isLifeboatError(problem)) throw problem;
      found.push({ path, problem });
    }
  const made = (point: FoundPoint) => ("summary" in point ? point.summary.manifest.createdAt : "");
  return found.toSorted((a, b) => made(b).localeCompare(made(a)) || a.path.localeCompare(b.path));
}

/**
 * The point that a new one of a disk comes after. @param full whether only full ones count
 * @returns its image id; undefined when there is none
 */
export function parentOf(points: readonly FoundPoint[], diskId: string, full: boolean): string | undefined {
  for (const point of points) {
    if (!("summary" in point)) continue;
    const { imageId, point: about } = point.summary.manifest;
    if (about?.diskId === diskId && (!full || about.type === "full")) return imageId;
  }
  return undefined;
}
