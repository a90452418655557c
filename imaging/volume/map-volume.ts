import type { Sentence } from "#base/sentence.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable, rawMap } from "#imaging/filesystem/volume.ts";
import type { VolumeContent } from "#imaging/image/manifest.ts";
import type { InnerVolume, OpenContainer, Unlock } from "#imaging/volume/container.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { leaveOutPageFiles, notLeftOut } from "#imaging/volume/leave-out-page-files.ts";
import { insideWords } from "#imaging/words/inside-words.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { say } from "#imaging/words/say.ts";

/** What of a volume is worth capturing, with what was seen inside it. */
export type VolumeMap = UsedMap & {
  /** The volumes inside, each before those inside itself; empty for a file system. */
  readonly contents: readonly VolumeContent[];
  /** What of a container could not be told by used blocks, in plain words. */
  readonly notes: readonly string[];
  /** What the user should know of it: what was left out, or why it was not. */
  readonly warnings: readonly Sentence[];
};

export interface VolumeOptions extends Unlock {
  /** Leave out the content of Windows' page and hibernation files. */
  readonly leaveOutPageFiles?: boolean;
}

/** LVM in LUKS in LVM on a mirror is four. A volume can be made to hold itself, and then there is no end. */
const DEPTH_LIMIT = 8;

/**
 * Maps a volume by the used blocks of its file system, or of all file systems in the containers that it holds.
 * @throws UNLOCK_FAILED when keys were given and none fits
 */
export const mapVolume = (
  volume: ReadableDevice,
  filesystem: Filesystem | undefined,
  options: VolumeOptions,
): Promise<VolumeMap> => mapAt(volume, filesystem, options, 0);

async function mapAt(
  volume: ReadableDevice,
  filesystem: Filesystem | undefined,
  options: VolumeOptions,
  depth: number,
): Promise<VolumeMap> {
  if (!filesystem) return plain(rawMap(volume, rawWords["raw.no-filesystem"]));
  const driver = containerDriver(filesystem.type);
  if (!driver) {
    const map = await mapUsedBlocks(volume, filesystem);
    if (!options.leaveOutPageFiles || filesystem.type !== "ntfs") return plain(map);
    const without = await leaveOutPageFiles(volume, filesystem, map);
    return plain(without.map, without.warnings);
  }
  if (depth === DEPTH_LIMIT) return plain(rawMap(volume, insideWords["inside.too-deep"]));
  try {
    const opened = await driver.open(volume, filesystem, options);
    if (!("reason" in opened)) return await mapInside(volume, opened, options, depth + 1);
    // Windows may be in it, of all containers.
    const isAskedFor = options.leaveOutPageFiles && filesystem.type === "BitLocker";
    return plain(rawMap(volume, opened.reason), isAskedFor ? [notLeftOut(opened.reason)] : []);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return plain(rawMap(volume, insideWords["inside.untold-why"]({ why: error.message.replace(/^[A-Z_]+: /, "") })));
  }
}

const plain = (map: UsedMap, warnings: readonly Sentence[] = []): VolumeMap => ({
  ...map,
  contents: [],
  notes: [],
  warnings,
});

/** Maps a container that was opened. @param depth of the volumes inside */
export async function mapInside(
  volume: ReadableDevice,
  { always, inner, notes }: OpenContainer,
  options: VolumeOptions,
  depth = 1,
): Promise<VolumeMap> {
  const lists: ExtentList[] = [always];
  const contents: VolumeContent[] = [];
  const said = [...notes];
  const warnings: Sentence[] = [];
  for (const part of inner.filter(({ device }) => device.size > 0)) {
    const filesystem = await detectFilesystem(part.device);
    const map = withTail(part, filesystem, await mapAt(part.device, filesystem, options, depth));
    lists.push(part.toOuter(map.extents));
    contents.push(contentOf(part, filesystem, map));
    contents.push(...map.contents.map((content) => ({ ...content, name: `${part.name} > ${content.name}` })));
    said.push(...map.notes);
    warnings.push(...map.warnings.map((what) => say("survey.inner", { volume: part.name, what })));
  }
  if (inner.length === 0 && said.length > 0 && always.bytes === volume.size)
    return plain(rawMap(volume, said.join("; ")));
  return {
    mode: "used-blocks",
    extents: ExtentList.merge(lists).clipped(volume.size),
    contents,
    notes: said,
    warnings,
  };
}

/** A file system ends before its volume does, or, where the volume was cut off, behind it. */
function withTail({ device }: InnerVolume, filesystem: Filesystem | undefined, map: VolumeMap): VolumeMap {
  if (!filesystem || map.mode !== "used-blocks" || filesystem.size === device.size) return map;
  if (filesystem.size > device.size) {
    return plain(rawMap(device, `its ${filesystem.type} is larger than the volume that it lies in`));
  }
  const tail = ExtentList.of([{ start: filesystem.size, end: device.size }]);
  return { ...map, extents: ExtentList.merge([map.extents, tail]) };
}

const contentOf = (
  { name, device }: InnerVolume,
  filesystem: Filesystem | undefined,
  map: VolumeMap,
): VolumeContent => ({
  name,
  size: device.size,
  usedBytes: map.extents.bytes,
  mode: map.mode,
  ...(filesystem ? { filesystem: { ...filesystem, warnings: [...filesystem.warnings] } } : {}),
  ...("reason" in map ? { reason: map.reason } : {}),
});
