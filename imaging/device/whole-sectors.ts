import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";

/** Bytes that are read or written at once where alignment makes a copy necessary. */
const WINDOW = 1 << 20;

/**
 * A device that only takes whole sectors, as one that takes any bytes: what is asked for is widened to whole sectors, and those
 * that are written in part are read before. Writes of one device must not run at once where they share a sector.
 */
export function wholeSectors(device: BlockDevice): BlockDevice {
  const { path, size, sectorSize } = device;
  const down = (at: number) => at - (at % sectorSize);
  const up = (at: number) => down(at + sectorSize - 1);
  const isWhole = (bytes: Uint8Array, offset: number) =>
    offset % sectorSize === 0 && bytes.length % sectorSize === 0 && bytes.length > 0;
  return {
    ...{ path, size, sectorSize },
    async read(into, offset) {
      if (offset + into.length > size) {
        const got = Math.max(0, size - offset);
        throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got });
      }
      if (isWhole(into, offset)) return await device.read(into, offset);
      for (let done = 0; done < into.length; ) {
        const at = offset + done;
        const part = into.subarray(done, done + Math.min(into.length - done, WINDOW - (at % sectorSize)));
        const window = await readBytes(device, down(at), up(at + part.length) - down(at));
        part.set(window.subarray(at - down(at), at - down(at) + part.length));
        done += part.length;
      }
    },
    async write(from, offset) {
      if (offset + from.length > size)
        throw new LifeboatError("WRITE_FAILED", { device: path, offset, reason: "beyond the end of the device" });
      if (isWhole(from, offset)) return await device.write(from, offset);
      for (let done = 0; done < from.length; ) {
        const at = offset + done;
        const part = from.subarray(done, done + Math.min(from.length - done, WINDOW - (at % sectorSize)));
        const window = await readBytes(device, down(at), up(at + part.length) - down(at));
        window.set(part, at - down(at));
        await device.write(window, down(at));
        done += part.length;
      }
    },
    flush: () => device.flush(),
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}
