import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type ExtLayout, readLayout } from "#imaging/filesystem/ext/layout.ts";
import { COMPAT, INCOMPAT, STATE } from "#imaging/filesystem/ext/structs.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

/** What ext3 knows: filetype, recover, meta_bg; sparse_super, large_file, btree_dir. blkid names by the same rule. */
const EXT3_INCOMPAT = 0x2 | 0x4 | 0x10;
const EXT3_RO_COMPAT = 0x1 | 0x2 | 0x4;

export const detectExt = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const layout = await readLayout(volume);
    if (!layout) return undefined;
    const { sb } = layout;
    const beyond = sb.featureIncompat & ~EXT3_INCOMPAT || sb.featureRoCompat & ~EXT3_RO_COMPAT;
    const journal = sb.featureCompat & COMPAT.hasJournal;
    const label = new TextDecoder().decode(sb.label).replace(/\0.*$/s, "");
    return {
      type: beyond ? "ext4" : journal ? "ext3" : "ext2",
      uuid: /[1-9a-f]/.test(sb.uuid) ? sb.uuid : undefined,
      label: label || undefined,
      blockSize: layout.blockSize,
      size: layout.blocks * layout.blockSize,
      warnings: warningsOf(layout),
    };
  });

function warningsOf({ sb }: ExtLayout): string[] {
  const warnings: string[] = [];
  if (sb.featureIncompat & INCOMPAT.recover) warnings.push(stateWords["state.unclean-journal"]);
  else if (!(sb.state & STATE.clean)) warnings.push(stateWords["state.unclean-check"]({ tool: "e2fsck" }));
  if (sb.state & STATE.errors) warnings.push(stateWords["state.errors"]({ tool: "e2fsck" }));
  return warnings;
}

/**
 * Why the bitmaps may lack blocks that are in use, or undefined. Blocks allocated shortly before a crash are marked
 * only in the journal's copy of a bitmap; without a journal, e2fsck finds them in the inodes. To leave them out would
 * lose the newest files without a word, so such a volume is captured whole.
 */
export function uncleanReason({ sb }: ExtLayout): string | undefined {
  if (sb.featureIncompat & INCOMPAT.recover) return rawWords["raw.unclean-journal"];
  if (!(sb.state & STATE.clean)) return rawWords["raw.unclean-bitmaps"];
  if (sb.state & STATE.errors) return rawWords["raw.errors-bitmaps"];
  return undefined;
}
