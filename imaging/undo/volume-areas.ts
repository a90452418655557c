import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import { RANK, type UndoArea } from "#imaging/undo/area.ts";
import { filesystemPlaces } from "#imaging/undo/filesystem-places.ts";
import { readBitLocker } from "#imaging/volume/bitlocker/metadata.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { readLuks } from "#imaging/volume/luks/header.ts";
import { readLabel } from "#imaging/volume/lvm/read-metadata.ts";
import { areaWords } from "#imaging/words/saved-words.ts";

const MIB = 1 << 20;
/** Of every volume: signatures, superblocks, md and pool metadata lie within this of its ends. */
const END_BYTES = MIB;
/** What file systems put first: descriptors, maps, the first folders. */
const START_BYTES = 4 * MIB;
/** What LUKS keeps in front of its data unless it was told otherwise, and the most that it can be told. */
const LUKS_BYTES = 16 * MIB;
const MOST_LUKS_BYTES = 64 * MIB;
/** As in imaging/volume/map-volume.ts: a volume can be made to hold itself. */
const DEPTH_LIMIT = 8;

/** What is worth to be saved of a volume, and of those inside it that can be seen without a key. Bytes of the volume. */
export async function volumeAreas(
  volume: ReadableDevice,
  filesystem: Filesystem | undefined,
  name: string,
  depth = 0,
): Promise<UndoArea[]> {
  const { size } = volume;
  const ends = [
    { start: 0, end: Math.min(END_BYTES, size) },
    { start: Math.max(0, size - END_BYTES), end: size },
  ];
  const areas: UndoArea[] = [{ text: `${name}: ${areaWords["area.own-ends"]}`, rank: RANK.header, extents: ends }];
  if (!filesystem) return areas;
  const { type } = filesystem;
  const named = { filesystem: type };
  const start = [{ start: 0, end: Math.min(START_BYTES, size) }];
  areas.push({ text: `${name}: ${areaWords["area.start"]}`, rank: RANK.start, extents: start });
  const headers = await orNothing(() => containerPlaces(volume, filesystem), luksDefault(filesystem));
  if (headers.length > 0)
    areas.push({ text: `${name}: ${areaWords["area.headers"](named)}`, rank: RANK.header, extents: headers });
  const places = await orNothing(() => filesystemPlaces(volume, type), []);
  if (places.length > 0)
    areas.push({ text: `${name}: ${areaWords["area.places"](named)}`, rank: RANK.filesystem, extents: places });
  const inside = depth < DEPTH_LIMIT ? await orNothing(() => insideAreas(volume, filesystem, name, depth), []) : [];
  return [...areas, ...inside].map((area) => ({ ...area, extents: clipped(area.extents, size) }));
}

/** A header that is damaged is saved as it is: what lies where it would usually lie. */
const luksDefault = ({ type }: Filesystem): Extent[] => (type === "crypto_LUKS" ? [{ start: 0, end: LUKS_BYTES }] : []);

/** Headers of containers beyond their ends. md has its superblock, its bitmap and its bad blocks within those. */
async function containerPlaces(volume: ReadableDevice, filesystem: Filesystem): Promise<Extent[]> {
  switch (filesystem.type) {
    case "crypto_LUKS": {
      const layout = await readLuks(volume);
      const header = "payload" in layout ? layout.payload.start : LUKS_BYTES;
      return [{ start: 0, end: Math.min(Math.max(LUKS_BYTES, header), MOST_LUKS_BYTES) }];
    }
    case "LVM2_member":
      return [...(await readLabel(volume)).metadataAreas];
    case "BitLocker": {
      const layout = await readBitLocker(volume);
      return "reason" in layout ? [] : [...layout.metadata, layout.movedHeader];
    }
    default:
      return [];
  }
}

async function insideAreas(
  volume: ReadableDevice,
  filesystem: Filesystem,
  name: string,
  depth: number,
): Promise<UndoArea[]> {
  const opened = await containerDriver(filesystem.type)?.open(volume, filesystem, { keys: [] });
  if (!opened || "reason" in opened) return [];
  const areas: UndoArea[] = [];
  for (const { name: inner, device, toOuter } of opened.inner.filter(({ device }) => device.size > 0)) {
    const found = await detectFilesystem(device);
    for (const area of await volumeAreas(device, found, `${name}, ${inner}`, depth + 1))
      areas.push({ ...area, extents: [...toOuter(ExtentList.union([area.extents]))] });
  }
  return areas;
}

const clipped = (extents: readonly Extent[], size: number): Extent[] =>
  extents
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, size) }))
    .filter(({ start, end }) => Number.isSafeInteger(start) && start < end);

/** What contradicts itself, or cannot be read, has no places that are known. */
async function orNothing<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return otherwise;
  }
}
