import type { Extent, ExtentList } from "#imaging/extent.ts";
import type { UndoInfo } from "#imaging/image/manifest.ts";
import { chooseAreas, common, RANK, type UndoArea } from "#imaging/undo/area.ts";
import type { OldContent } from "#imaging/undo/old-content.ts";
import { areaWords } from "#imaging/words/saved-words.ts";

/** What is in use and overwritten is saved too, where it is no more than this: then nothing is lost at all. */
const LITTLE_CONTENT = 128 << 20;

export interface SavedParts extends Pick<UndoInfo, "areas" | "lostBytes" | "leftOut"> {
  readonly extents: ExtentList;
}

/**
 * What of the old content is saved before a restore.
 * @param overwritten all that the restore may write to
 * @param cleared of that what it clears or writes a table to, wherever that lies in old volumes
 */
export function planSaved(
  { areas, used }: Pick<OldContent, "areas" | "used">,
  { overwritten, cleared, size }: { overwritten: ExtentList; cleared: readonly Extent[]; size: number },
  mostBytes: number,
): SavedParts {
  const wanted: UndoArea[] = [...areas, { text: areaWords["area.cleared"], rank: RANK.cleared, extents: cleared }];
  const first = chooseAreas(wanted, size, mostBytes);
  const endangered = used && common(used, overwritten);
  const rest = endangered?.subtract(first.extents);
  const isLittle = rest !== undefined && rest.length > 0 && rest.bytes <= LITTLE_CONTENT;
  const content = {
    text: areaWords["area.content"],
    rank: RANK.content,
    extents: isLittle ? [...rest] : [],
  };
  const all = isLittle ? chooseAreas([...wanted, content], size, mostBytes) : first;
  return {
    extents: all.extents,
    areas: all.chosen.map(({ text, extents }) => ({
      text,
      bytes: extents.bytes,
      overwrittenBytes: common(extents, overwritten).bytes,
    })),
    ...(endangered && { lostBytes: endangered.subtract(all.extents).bytes }),
    leftOut: [...all.leftOut],
  };
}
