import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import { readLayout, type XfsLayout } from "#imaging/filesystem/xfs/layout.ts";
import { isLogClean } from "#imaging/filesystem/xfs/log.ts";
import {
  INCOMPAT,
  KNOWN_FEATURES2,
  KNOWN_INCOMPAT,
  KNOWN_READ_ONLY,
  VERSION,
} from "#imaging/filesystem/xfs/structs.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const detectXfs = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const layout = await readLayout(volume);
    if (!layout) return undefined;
    const { sb } = layout;
    return {
      type: "xfs",
      uuid: /[1-9a-f]/.test(sb.uuid) ? sb.uuid : undefined,
      label: new TextDecoder().decode(sb.label).replace(/\0.*$/s, "").trimEnd() || undefined,
      blockSize: layout.blockSize,
      size: sb.blocks * layout.blockSize,
      warnings: await warningsOf(volume, layout),
    };
  });

async function warningsOf(volume: ReadableDevice, layout: XfsLayout): Promise<string[]> {
  const { sb } = layout;
  const warnings: string[] = [];
  if (sb.logStart === 0) warnings.push(stateWords["state.log-elsewhere"]);
  else if ((await unlessForeign(() => isLogClean(volume, layout))) !== true)
    warnings.push(stateWords["state.unclean-log"]);
  if (sb.realtimeBlocks > 0 && !hasOwnRealtime(layout)) warnings.push(stateWords["state.realtime"]);
  if (layout.selfDescribing && sb.incompatFeatures & INCOMPAT.needsRepair) warnings.push(stateWords["state.repair"]);
  return warnings;
}

/** Zoned file systems may have their realtime volume behind the data on the same device. */
const hasOwnRealtime = ({ selfDescribing, sb }: XfsLayout) =>
  selfDescribing && (sb.incompatFeatures & INCOMPAT.zoned) !== 0;

/** Why the free space trees are not enough to tell what is used, or undefined. The log is not looked at here. */
export function unreadableReason({ sb, version, selfDescribing }: XfsLayout): string | undefined {
  if (version < 4) return `it is XFS of version ${version}, which is not known here`;
  if (sb.inProgress !== 0) return "its mkfs was not finished";
  if (selfDescribing && sb.incompatFeatures & INCOMPAT.needsRepair)
    return "it must be repaired with xfs_repair, and its map of free blocks may be wrong";
  if (sb.logStart === 0) return "its log lies on another device, and may hold newer maps of free blocks";
  if (sb.realtimeBlocks > 0) return "it has a realtime volume";
  if (selfDescribing) {
    const incompat = sb.incompatFeatures & ~KNOWN_INCOMPAT;
    if (incompat) return `it uses an XFS feature that is not known here (0x${(incompat >>> 0).toString(16)})`;
    const readOnly = sb.readOnlyFeatures & ~KNOWN_READ_ONLY;
    if (readOnly) return `it uses an XFS feature that is not known here (0x${(readOnly >>> 0).toString(16)}, ro)`;
    return undefined;
  }
  const more = sb.version & VERSION.more ? sb.features2 & ~KNOWN_FEATURES2 : 0;
  return more ? `it uses an XFS feature that is not known here (0x${(more >>> 0).toString(16)})` : undefined;
}
