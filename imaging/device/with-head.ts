import type { BlockDevice } from "#imaging/device/block-device.ts";

/** A device whose first bytes are those of `head`, in memory: what is written there stays there. */
export const withHead = (device: BlockDevice, head: Uint8Array): BlockDevice => ({
  path: device.path,
  size: device.size,
  sectorSize: device.sectorSize,
  async read(into, offset) {
    const inHead = inside(head, into.length, offset);
    into.set(head.subarray(offset, offset + inHead));
    if (inHead < into.length) await device.read(into.subarray(inHead), offset + inHead);
  },
  async write(from, offset) {
    const inHead = inside(head, from.length, offset);
    if (inHead > 0) head.set(from.subarray(0, inHead), offset);
    if (inHead < from.length) await device.write(from.subarray(inHead), offset + inHead);
  },
  flush: () => device.flush(),
  async [Symbol.asyncDispose]() {}, // it is the device's owner who closes it
});

const inside = (head: Uint8Array, length: number, offset: number): number =>
  Math.max(0, Math.min(length, head.length - offset));
