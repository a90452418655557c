import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { piecedVolume, piecesOf, type Run } from "#imaging/volume/pieced-volume.ts";

/** A volume that lies in pieces on one outer volume, and is written there. @param runs as of piecedVolume() */
export function piecedTarget(outer: BlockDevice, name: string, runs: readonly Run[]): BlockDevice {
  const { device } = piecedVolume(outer, name, runs);
  return {
    ...device,
    async write(from, offset) {
      if (!(offset >= 0 && offset + from.length <= device.size))
        throw new LifeboatError("WRITE_FAILED", { device: outer.path, offset, reason: "beyond the end of the volume" });
      for (const piece of piecesOf(runs, offset, from.length))
        await outer.write(from.subarray(piece.from, piece.from + piece.length), piece.at);
    },
    flush: () => outer.flush(),
    async [Symbol.asyncDispose]() {}, // it is the device's owner who closes it
  };
}
