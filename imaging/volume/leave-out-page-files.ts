import type { Sentence } from "#base/sentence.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Filesystem, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { findPageFiles, withoutPageFiles } from "#imaging/filesystem/ntfs/page-files.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

export interface WithoutPageFiles {
  readonly map: UsedMap;
  /** What was left out, or why nothing was; empty when there is nothing to leave out. */
  readonly warnings: readonly Sentence[];
}

/** The map of an NTFS without the content of Windows' page and hibernation files, where it is safe to do without. */
export async function leaveOutPageFiles(
  volume: ReadableDevice,
  filesystem: Filesystem,
  map: UsedMap,
): Promise<WithoutPageFiles> {
  const kept = (reason: string): WithoutPageFiles => ({ map, warnings: [notLeftOut(reason)] });
  if (map.mode !== "used-blocks") return kept("reason" in map ? map.reason : "it has no used-block map");
  try {
    const { files, reason } = await findPageFiles(volume, filesystem);
    if (reason !== undefined) return kept(reason);
    const warnings = files.map(({ name, extents }) => say("survey.left-out", { name, size: extents.bytes }));
    return { map: { ...map, extents: withoutPageFiles(map.extents, files) }, warnings };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return kept(error.message.replace(/^[A-Z_]+: /, ""));
  }
}

export const notLeftOut = (reason: string | Sentence): Sentence =>
  say("survey.not-left-out", { reason: typeof reason === "string" ? hear(reason) : reason });
