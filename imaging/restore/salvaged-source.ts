import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { chs, mbr, mbrEntry, TYPE_PROTECTIVE, withMbrEntry } from "#imaging/disk/mbr.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/**
 * The disk in an image, to read its partition table from although its first sector may be damaged: what the manifest
 * knows of it stands in its place. The boot code in it is lost. A GPT is then read from its backup.
 * @param isDamaged whether a read so far met damage
 */
export async function withFirstSector(
  source: ReadableDevice,
  manifest: Manifest,
  isDamaged: () => boolean,
): Promise<ReadableDevice> {
  await readBytes(source, 0, source.sectorSize);
  if (!isDamaged()) return source;
  const first = firstSectorOf(manifest);
  const { path, size, sectorSize } = source;
  return {
    ...{ path, size, sectorSize },
    async read(into, offset) {
      await source.read(into, offset);
      if (offset < first.length) into.set(first.subarray(offset, offset + into.length));
    },
  };
}

/** The protective MBR of a GPT (UEFI 2.10, 5.2.3), or an MBR with the signature and the primary partitions. */
function firstSectorOf({ disk, table, partitions }: Manifest): Uint8Array {
  const { size, sectorSize } = disk;
  const empty = new Uint8Array(sectorSize);
  const entry = (type: number, startLba: number, sizeLba: number, active: boolean) => ({
    ...mbrEntry.parse(new Uint8Array(mbrEntry.size)),
    ...{ type, startLba, sizeLba, bootIndicator: active ? 0x80 : 0 },
    ...{ startChs: chs(startLba), endChs: chs(startLba + sizeLba - 1) },
  });
  if (table.type === "gpt") {
    const sectors = Math.min(Math.floor(size / sectorSize) - 1, 2 ** 32 - 1);
    return withMbrEntry(empty, 0, entry(TYPE_PROTECTIVE, 1, sectors, false));
  }
  const { at, write } = mbr.fields.diskSignature;
  if (table.diskId !== undefined) write(new DataView(empty.buffer), at, Number.parseInt(table.diskId, 16));
  return partitions
    .filter(({ role }) => role !== "logical")
    .reduce(
      (sector, { number, type, start, size: length, active }) =>
        withMbrEntry(sector, number - 1, entry(Number(type), start / sectorSize, length / sectorSize, active)),
      empty,
    );
}
