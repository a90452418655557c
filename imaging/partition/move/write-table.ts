import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import { mbr } from "#imaging/disk/mbr.ts";
import type { JournalDescription } from "#imaging/partition/move/move-description.ts";

type Partitions = JournalDescription["before"];

/** The partition that is away, by its place: logical ones change their numbers. */
export const withoutMoved = ({ before, from }: JournalDescription): Partitions =>
  before.filter(({ start, role }) => start !== from || role === "extended");

/** Boot code stays as it is. Durable when it returns. @throws READ_FAILED, WRITE_FAILED */
export async function writeTable(
  device: BlockDevice,
  { tableType: type, size, sectorSize, diskId }: JournalDescription,
  partitions: Partitions,
): Promise<void> {
  const { bootCode } = mbr.parse(await readBytes(device, 0, sectorSize));
  // Logical partitions are counted without the one that is away.
  let logical = 5;
  const counted = partitions.map((one) => ({
    ...one,
    name: one.name,
    guid: one.guid,
    number: one.role === "logical" ? logical++ : one.number,
  }));
  for (const { offset, bytes } of buildTable({ type, size, sectorSize, diskId, bootCode, partitions: counted })) {
    if (offset === 0) await device.flush();
    await device.write(bytes, offset);
  }
  await device.flush();
}
