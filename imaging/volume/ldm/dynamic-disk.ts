import { formatBytes } from "#base/units.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import type { InnerVolume, OpenContainer } from "#imaging/volume/container.ts";
import { type LdmDatabase, type LdmVolume, readDatabase } from "#imaging/volume/ldm/ldmtool.ts";
import { piecedVolume } from "#imaging/volume/pieced-volume.ts";
import { plainName } from "#imaging/volume/plain-name.ts";

const SECTOR = 512;

/**
 * A disk of Windows' logical disk manager as a container: volumes that lie on it alone, and its half of a mirror, are seen through;
 * everything else on the disk is taken, its database with it.
 * @returns a reason in plain words when its volumes cannot be told
 */
export async function openDynamicDisk(disk: ReadableDevice): Promise<OpenContainer | { reason: string }> {
  // ldmtool counts in sectors, and its database of disks with larger ones is not known to us.
  if (disk.sectorSize !== SECTOR) return { reason: "those with 4096-byte sectors are not read" };
  const database = await readDatabase(disk.path);
  return "reason" in database ? database : describe(disk, database);
}

function describe(disk: ReadableDevice, database: LdmDatabase): OpenContainer | { reason: string } {
  const { dataStart, dataSize, volumes } = database;
  const pieces = volumes.flatMap((volume) => piecesOf(volume, database)).toSorted((a, b) => a.start - b.start);
  const data = { start: dataStart * SECTOR, end: Math.min((dataStart + dataSize) * SECTOR, disk.size) };
  if (pieces.some(({ start, end }, i) => start < (pieces[i - 1]?.end ?? data.start) || end > data.end))
    return { reason: "the places of its volumes contradict each other" };
  const problems = new Map(volumes.map((volume) => [volume, problemOf(volume, database)]));
  const seen = pieces.filter(({ volume }) => !problems.get(volume));
  const [here, whole] = [new Set(pieces.map(({ volume }) => volume)), new Set(seen.map(({ volume }) => volume))];
  return {
    always: complement(seen, disk.size),
    inner: [...whole].map((volume) => innerVolume(disk, volume, database)),
    notes: [...here].filter((volume) => !whole.has(volume)).map((volume) => note(volume, problems.get(volume), pieces)),
  };
}

interface Piece extends Extent {
  readonly volume: LdmVolume;
}

const piecesOf = (volume: LdmVolume, { disk, dataStart }: LdmDatabase): Piece[] =>
  volume.partitions
    .filter((partition) => partition.disk === disk)
    .map(({ start, size }) => ({
      volume,
      start: (dataStart + start) * SECTOR,
      end: (dataStart + start + size) * SECTOR,
    }));

function complement(extents: readonly Extent[], size: number): ExtentList {
  const list = new ExtentList();
  for (const [i, { start }] of extents.entries()) list.add(extents[i - 1]?.end ?? 0, start);
  list.add(extents.at(-1)?.end ?? 0, size);
  return list;
}

const nameOf = ({ name, hint }: LdmVolume) => plainName(hint ? `${name} (${hint})` : name);

function note(volume: LdmVolume, problem: string | undefined, pieces: readonly Piece[]): string {
  const bytes = pieces.filter((piece) => piece.volume === volume).reduce((sum, { start, end }) => sum + end - start, 0);
  return `${nameOf(volume)} ${problem}: all of its ${formatBytes(bytes)} here are captured`;
}

/** Why the volume's content cannot be read from this disk alone. */
function problemOf(volume: LdmVolume, { disk }: LdmDatabase): string | undefined {
  const { type, size, partitions } = volume;
  const here = partitions.filter((partition) => partition.disk === disk);
  switch (type.toLowerCase()) {
    case "simple":
    case "spanned": {
      if (here.length < partitions.length) return "lies partly on other disks";
      if (partitions.length === 1 && here[0]?.size === size) return undefined;
      const inOrder = orderedParts(volume);
      const tiles = inOrder.every((part, i) => part.offset === (i === 0 ? 0 : endOf(inOrder[i - 1])));
      return tiles && endOf(inOrder.at(-1)) === size ? undefined : "is in pieces whose order is not known";
    }
    case "mirrored":
      return here.length === 1 && here[0]?.size === size ? undefined : "is a mirror in several pieces";
    case "striped":
      return "is striped over disks";
    case "raid5":
      return "is a RAID5";
    default:
      return "is of a kind that is not known here";
  }
}

type Part = LdmVolume["partitions"][number];
const orderedParts = ({ partitions }: LdmVolume): Part[] =>
  partitions.toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
const endOf = (part: Part | undefined) => (part?.offset ?? Number.NaN) + (part?.size ?? 0);

function innerVolume(disk: ReadableDevice, volume: LdmVolume, { disk: own, dataStart }: LdmDatabase): InnerVolume {
  const parts = orderedParts(volume).filter((part) => part.disk === own);
  const runs = parts.map((part) => ({
    // Every half of a mirror starts at 0.
    start: (part.offset ?? 0) * SECTOR,
    size: part.size * SECTOR,
    stripes: [(dataStart + part.start) * SECTOR],
    unit: part.size * SECTOR,
  }));
  return piecedVolume(disk, nameOf(volume), runs);
}
