import { isLifeboatError } from "#base/errors.ts";
import { mapRegions } from "#imaging/capture/map-regions.ts";
import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { bootGaps } from "#imaging/disk/gaps.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import { type DiskSurvey, surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { RANK, type UndoArea } from "#imaging/undo/area.ts";
import { volumeAreas } from "#imaging/undo/volume-areas.ts";
import { areaWords } from "#imaging/words/saved-words.ts";

const MIB = 1 << 20;
/** Of a disk whose table cannot be read, or where no content is known: where tables, boot loaders and the first volume begin. */
const UNKNOWN_START = 16 * MIB;
/** The used blocks of the old file systems are only counted: nobody waits for them longer than this. */
const MAP_SECONDS = 30;

/** What stands on a disk that is about to be overwritten. */
export interface OldContent {
  readonly survey: DiskSurvey | undefined;
  readonly areas: readonly UndoArea[];
  /** Bytes of the disk that are in use; undefined when that cannot be told in a short time. */
  readonly used: ExtentList | undefined;
}

/** Looks at a disk, and tells what is worth to be saved of it. @throws what is neither damage nor a bad sector */
export async function readOldContent(disk: ReadableDevice, signal: AbortSignal): Promise<OldContent> {
  const survey = await trySurvey(disk);
  const areas = [...diskAreas(disk, survey)];
  for (const { info, filesystem } of survey?.volumes ?? []) {
    const size = Math.min(info.size, disk.size - info.start);
    if (info.role === "extended" || size <= 0) continue;
    const name = info.number === 0 ? "the whole disk" : `partition ${info.number}`;
    const found = await volumeAreas(slice(disk, info.start, size), filesystem, name);
    areas.push(...found.map((area) => ({ ...area, extents: moved(area.extents, info.start) })));
  }
  return { survey, areas, used: survey && (await usedExtents(disk, survey, signal)) };
}

const moved = (extents: readonly Extent[], by: number): Extent[] =>
  extents.map(({ start, end }) => ({ start: start + by, end: end + by }));

async function trySurvey(disk: ReadableDevice): Promise<DiskSurvey | undefined> {
  try {
    return await surveyDisk(disk);
  } catch (error) {
    if (isUnreadable(error) || isLifeboatError(error, "TABLE_DAMAGED")) return undefined;
    throw error;
  }
}

/** Table, boot areas, and the ends of the disk, where volume managers and RAIDs of whole disks are. */
function* diskAreas({ size }: ReadableDevice, survey: DiskSurvey | undefined): Generator<UndoArea> {
  const table = survey?.table;
  if (table && table.type !== "none")
    yield {
      text: areaWords["area.table"]({ table: table.type.toUpperCase() }),
      ...{ rank: RANK.table, extents: table.metadata },
    };
  const ends = [
    { start: 0, end: Math.min(survey && survey.volumes.length > 0 ? MIB : UNKNOWN_START, size) },
    { start: Math.max(0, size - MIB), end: size },
  ];
  yield { text: areaWords["area.ends"], rank: RANK.table, extents: ends };
  const gaps = table ? bootGaps(table, size) : [];
  if (gaps.length > 0) yield { text: areaWords["area.gaps"], rank: RANK.table, extents: gaps };
}

class TookTooLong extends Error {}

async function usedExtents(
  disk: ReadableDevice,
  survey: DiskSurvey,
  signal: AbortSignal,
): Promise<ExtentList | undefined> {
  const until = performance.now() + MAP_SECONDS * 1000;
  const { path, size, sectorSize } = disk;
  const impatient: ReadableDevice = {
    ...{ path, size, sectorSize },
    read(into, offset) {
      signal.throwIfAborted();
      if (performance.now() > until) throw new TookTooLong();
      return disk.read(into, offset);
    },
  };
  try {
    const regions = await mapRegions(impatient, survey);
    return ExtentList.merge(regions.map(({ region, extents }) => extents.moved(region.start)));
  } catch (error) {
    if (!signal.aborted && (error instanceof TookTooLong || isLifeboatError(error))) return undefined;
    throw error;
  }
}
