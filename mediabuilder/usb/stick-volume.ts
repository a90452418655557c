import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { withHead } from "#imaging/device/with-head.ts";
import { biosParameterBlock, extension32 } from "#imaging/filesystem/fat/structs.ts";

/** Microsoft FAT specification 1.03, section 3.3: where FAT32 has its boot sector a second time. */
const BACKUP_SECTOR = 6;
const SERIAL_AT = biosParameterBlock.size + extension32.fields.serial.at;

/** A boot partition as it is, but with a serial number of its own: two sticks of one run are told apart by it. */
export async function withSerial(device: BlockDevice, serial: Uint8Array): Promise<BlockDevice> {
  const head = await readBytes(device, 0, (BACKUP_SECTOR + 1) * device.sectorSize);
  for (const sector of [0, BACKUP_SECTOR]) head.set(serial, sector * device.sectorSize + SERIAL_AT);
  return withHead(device, head);
}
