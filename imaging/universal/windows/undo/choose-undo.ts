import { LifeboatError } from "#base/errors.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { undoChanges, undoTimes, type WayBack } from "#imaging/universal/windows/undo/undo-changes.ts";

/** A volume on which old files may be kept. */
export interface UndoPlace {
  readonly tree: SystemTree;
  /** "/Lifeboat/Undo" */
  readonly parent: string;
}

/** What takes back all that was done to a disk at one time. */
export interface ChosenUndo<P extends UndoPlace> {
  readonly time: string;
  readonly places: readonly { readonly place: P; readonly way: WayBack }[];
}

/**
 * The newest time of which something is left to take back, or the one that is wanted.
 * @param disk for errors
 * @throws WINDOWS_UNDO_MISSING
 */
export async function chooseUndo<P extends UndoPlace>(
  places: readonly P[],
  wanted: string | undefined,
  disk: string,
): Promise<ChosenUndo<P>> {
  const missing = (problem: string) => new LifeboatError("WINDOWS_UNDO_MISSING", { disk, problem });
  const noted = await Promise.all(places.map(({ tree, parent }) => undoTimes(tree, parent)));
  const times = [...new Set(noted.flat())].sort().reverse();
  if (times.length === 0) throw missing("no change of a Windows on it is noted");
  if (wanted !== undefined && !times.includes(wanted))
    throw missing(`nothing is noted for ${wanted}, but for ${times.join(", ")}`);
  let isDamaged = false;
  for (const time of wanted === undefined ? times : [wanted]) {
    const found: ChosenUndo<P>["places"][number][] = [];
    for (const [i, place] of places.entries()) {
      if (!noted[i]?.includes(time)) continue;
      const way = await undoChanges(place.tree, `${place.parent}/${time}`);
      if (way) found.push({ place, way });
      else isDamaged = true;
    }
    if (found.some(({ way }) => way.changes.length > 0)) return { time, places: found };
  }
  const asked = wanted ?? times.join(", ");
  throw missing(isDamaged ? `the list of ${asked} is damaged` : `all that was changed at ${asked} is as it was before`);
}
