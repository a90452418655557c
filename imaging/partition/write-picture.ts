import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import { mbr } from "#imaging/disk/mbr.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { pictureTable } from "#imaging/partition/picture-table.ts";

/** Writes the table of a picture, sector 0 last; boot code stays. Durable when it returns. @throws READ_FAILED, WRITE_FAILED */
export async function writePicture(device: BlockDevice, picture: Picture): Promise<void> {
  const { bootCode } = mbr.parse(await readBytes(device, 0, device.sectorSize));
  for (const { offset, bytes } of buildTable(pictureTable(picture, bootCode))) {
    if (offset === 0) await device.flush();
    await device.write(bytes, offset);
  }
  await device.flush();
}
