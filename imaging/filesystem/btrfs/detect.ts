import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type BtrfsLayout, readLayout } from "#imaging/filesystem/btrfs/layout.ts";
import { KNOWN_FLAGS, KNOWN_INCOMPAT, KNOWN_READ_ONLY, SUPER_FLAG } from "#imaging/filesystem/btrfs/structs.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const detectBtrfs = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const layout = await readLayout(volume);
    if (!layout) return undefined;
    const { sb } = layout;
    return {
      type: "btrfs",
      uuid: sb.uuid,
      label: new TextDecoder().decode(sb.label).replace(/\0.*$/s, "") || undefined,
      blockSize: sb.sectorSize,
      size: sb.deviceBytes,
      warnings: warningsOf(layout),
    };
  });

function warningsOf({ sb }: BtrfsLayout): string[] {
  const warnings: string[] = [];
  if (sb.devices > 1) warnings.push(stateWords["state.one-device"]({ devices: sb.devices }));
  if (sb.logTree !== 0) warnings.push(stateWords["state.unclean-log"]);
  if (sb.flags & SUPER_FLAG.error) warnings.push(stateWords["state.errors"]({ tool: "btrfs check" }));
  return warnings;
}

/** Why the extent tree is not enough to tell what is used, or undefined. */
export function unreadableReason({ sb }: BtrfsLayout): string | undefined {
  if (sb.devices > 1) return rawWords["raw.btrfs-devices"]({ devices: sb.devices });
  if (sb.flags & SUPER_FLAG.error) return rawWords["raw.errors-tree"];
  const flags = sb.flags & ~KNOWN_FLAGS;
  if (flags) return rawWords["raw.converting"]({ flags: `0x${flags.toString(16)}` });
  const unknown = sb.incompatFeatures & ~KNOWN_INCOMPAT;
  if (unknown) return rawWords["raw.btrfs-feature"]({ flags: `0x${unknown.toString(16)}` });
  const readOnly = sb.readOnlyFeatures & ~KNOWN_READ_ONLY;
  if (readOnly) return rawWords["raw.btrfs-feature"]({ flags: `0x${readOnly.toString(16)}, ro` });
  return undefined;
}
