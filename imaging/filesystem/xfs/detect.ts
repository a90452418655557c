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
import { rawWords } from "#imaging/words/raw-words.ts";
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
  if (version < 4) return rawWords["raw.xfs-version"]({ version });
  if (sb.inProgress !== 0) return rawWords["raw.mkfs"];
  if (selfDescribing && sb.incompatFeatures & INCOMPAT.needsRepair) return rawWords["raw.repair"];
  if (sb.logStart === 0) return rawWords["raw.log-elsewhere"];
  if (sb.realtimeBlocks > 0) return rawWords["raw.realtime"];
  if (selfDescribing) {
    const incompat = sb.incompatFeatures & ~KNOWN_INCOMPAT;
    if (incompat) return unknownFeature(incompat);
    const readOnly = sb.readOnlyFeatures & ~KNOWN_READ_ONLY;
    if (readOnly) return unknownFeature(readOnly, ", ro");
    return undefined;
  }
  const more = sb.version & VERSION.more ? sb.features2 & ~KNOWN_FEATURES2 : 0;
  return more ? unknownFeature(more) : undefined;
}

const unknownFeature = (bits: number, kind = ""): string =>
  rawWords["raw.feature"]({ name: "XFS", flags: `0x${(bits >>> 0).toString(16)}${kind}` });
