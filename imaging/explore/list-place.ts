import { LifeboatError } from "#base/errors.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import type { FoundFile } from "#imaging/explore/find-files.ts";
import { resolvePlace } from "#imaging/explore/resolve-path.ts";
import { walk } from "#imaging/explore/walk.ts";

/**
 * What is in a folder of an image, or the file itself, in the order of names.
 * @throws NOT_FOUND, VOLUME_NOT_SHOWN; EXPLORE_READ_FAILED when the image is damaged there
 */
export async function listPlace(exploration: Exploration, path: string, signal?: AbortSignal): Promise<FoundFile[]> {
  const place = await resolvePlace(exploration, path, true);
  if (!place) return [];
  let complaint: string | undefined;
  const onComplaint = (line: string) => {
    complaint ??= line.replace(/^find: /, "").replaceAll(exploration.folder, "");
  };
  const found: FoundFile[] = [];
  for await (const entry of walk([place.path], { depth: 1, onComplaint, signal })) {
    if (entry.path === place.path && entry.type === "folder") continue;
    found.push({ ...entry, path: entry.path.slice(entry.path.lastIndexOf("/") + 1) });
  }
  if (complaint !== undefined && found.length === 0)
    throw new LifeboatError("EXPLORE_READ_FAILED", { path: place.name, reason: complaint });
  return found.toSorted(byPath);
}

const byPath = (a: FoundFile, b: FoundFile): number => (a.path < b.path ? -1 : 1);
