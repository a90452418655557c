import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, slice } from "#imaging/device/block-device.ts";

/** A part of a target as a device of its own, which can be written: nothing outside of it is ever touched. */
export const sliceTarget = (device: BlockDevice, offset: number, size: number): BlockDevice => ({
  ...slice(device, offset, size),
  async write(from, at) {
    if (!(at >= 0 && at + from.length <= size))
      throw new LifeboatError("WRITE_FAILED", {
        device: device.path,
        offset: at,
        reason: "beyond the end of the volume",
      });
    await device.write(from, offset + at);
  },
  flush: () => device.flush(),
  async [Symbol.asyncDispose]() {}, // it is the device's owner who closes it
});
