import { formatBytes } from "#base/units.ts";
import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import type { InnerVolume, OpenContainer } from "#imaging/volume/container.ts";
import { type LdmDatabase, type LdmVolume, readDatabase } from "#imaging/volume/ldm/ldmtool.ts";

/**
 * A disk of Windows' logical disk manager as a container: volumes that lie on it in one piece are seen through;
 * everything else on the disk is taken, its database with it.
 * @returns a reason in plain words when its volumes cannot be told
 */
export async function openDynamicDisk(disk: ReadableDevice): Promise<OpenContainer | { reason: string }> {
  // ldmtool counts in sectors, and its database of disks with larger ones is not known to us.
  if (disk.sectorSize !== 512) return { reason: "those with 4096-byte sectors are not read" };
  const database = await readDatabase(disk.path);
  return "reason" in database ? database : describe(disk, database);
}

function describe(disk: ReadableDevice, database: LdmDatabase): OpenContainer | { reason: string } {
  const pieces = database.volumes
    .flatMap((volume) => piecesOf(volume, database))
    .toSorted((a, b) => a.extent.start - b.extent.start);
  const dataEnd = (database.dataStart + database.dataSize) * disk.sectorSize;
  let end = database.dataStart * disk.sectorSize;
  const always = [{ start: 0, end }];
  const inner: InnerVolume[] = [];
  const notes: string[] = [];
  for (const { extent, volume, problem } of pieces) {
    if (extent.start < end || extent.end > Math.min(dataEnd, disk.size))
      return { reason: "the places of its volumes contradict each other" };
    always.push({ start: end, end: problem ? extent.end : extent.start });
    end = extent.end;
    if (problem)
      notes.push(`${volume} ${problem}: all of its ${formatBytes(extent.end - extent.start)} here are captured`);
    else inner.push(innerVolume(disk, volume, extent));
  }
  always.push({ start: end, end: disk.size });
  return { always: ExtentList.of(always), inner, notes };
}

interface Piece {
  readonly volume: string;
  readonly extent: Extent;
  readonly problem: string | undefined;
}

function piecesOf(volume: LdmVolume, { disk, dataStart }: LdmDatabase): Piece[] {
  const here = volume.partitions.filter((partition) => partition.disk === disk);
  return here.map(({ start, size }) => ({
    volume: volume.hint ? `${volume.name} (${volume.hint})` : volume.name,
    extent: { start: (dataStart + start) * 512, end: (dataStart + start + size) * 512 },
    problem: problemOf(volume, size),
  }));
}

/** Pieces of one volume are not in a certain order, so that only one that is all of it can be read. */
function problemOf({ type, size, partitions }: LdmVolume, ownSize: number): string | undefined {
  if (type === "striped") return "is striped over disks";
  if (type === "raid5") return "is a RAID5";
  if (type === "mirrored") return ownSize === size ? undefined : "is a mirror of several pieces";
  if (partitions.length === 1 && ownSize === size) return undefined;
  return type === "spanned" ? "is in several pieces" : "is of a kind that is not known here";
}

const innerVolume = (disk: ReadableDevice, name: string, { start, end }: Extent): InnerVolume => ({
  name,
  device: slice(disk, start, end - start),
  toOuter(extents) {
    const list = new ExtentList();
    for (const extent of extents) list.add(start + extent.start, start + extent.end);
    return list;
  },
});
