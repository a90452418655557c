import type { BlockDevice } from "#imaging/device/block-device.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

/** A disk in memory that takes whole sectors and nothing else, as "\\.\PhysicalDriveN" of Windows does. */
export function strictDevice(content: Uint8Array, sectorSize: number): BlockDevice & { readonly bytes: Uint8Array } {
  const memory = memoryDevice(content, sectorSize);
  const check = (bytes: Uint8Array, offset: number) => {
    if (offset % sectorSize !== 0 || bytes.length % sectorSize !== 0 || bytes.length === 0)
      throw new Error(`${bytes.length} bytes at ${offset} are not whole sectors`);
  };
  return {
    ...memory,
    async read(into, offset) {
      check(into, offset);
      await memory.read(into, offset);
    },
    async write(from, offset) {
      check(from, offset);
      await memory.write(from, offset);
    },
  };
}
