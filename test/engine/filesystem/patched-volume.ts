import type { ReadableDevice } from "#imaging/device/block-device.ts";

/** Bytes put over a volume, which itself stays as it is. */
export interface Patch {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export function patched(volume: ReadableDevice, patches: readonly Patch[]): ReadableDevice {
  return {
    path: volume.path,
    size: volume.size,
    sectorSize: volume.sectorSize,
    async read(into, offset) {
      await volume.read(into, offset);
      for (const { at, bytes } of patches) {
        const from = Math.max(at, offset);
        const to = Math.min(at + bytes.length, offset + into.length);
        if (from < to) into.set(bytes.subarray(from - at, to - at), from - offset);
      }
    },
  };
}
