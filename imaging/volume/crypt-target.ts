import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { WINDOW } from "#imaging/filesystem/volume.ts";
import { RangeOrder } from "#imaging/stage/range-order.ts";
import { type CryptOptions, cryptDevice, sectorNumber } from "#imaging/volume/crypt-device.ts";
import type { EncryptSector } from "#imaging/volume/sector-cipher.ts";

export interface CryptTargetOptions extends CryptOptions {
  readonly encrypt: EncryptSector;
}

/** The plain content of an encrypted device, which is encrypted as it is written. */
export function cryptTarget(target: BlockDevice, options: CryptTargetOptions): BlockDevice {
  const { encrypt, sectorSize } = options;
  const plain = cryptDevice(target, options);
  const numberOf = sectorNumber(options);
  // Two that write to halves of one sector would each bring in the other's half as it was.
  const order = new RangeOrder(sectorSize);

  /** From the start of a sector to the end of one. */
  async function writeSectors(sectors: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < sectors.length; done += sectorSize)
      encrypt(sectors.subarray(done, done + sectorSize), numberOf(at + done));
    await target.write(sectors, at);
  }

  async function writePart(from: Uint8Array, offset: number): Promise<void> {
    const start = offset - (offset % sectorSize);
    const end = Math.ceil((offset + from.length) / sectorSize) * sectorSize;
    const sectors = new Uint8Array(end - start);
    // Of a sector that is written in part the rest is what it was.
    if (offset > start) await plain.read(sectors.subarray(0, sectorSize), start);
    const last = end - sectorSize;
    if (offset + from.length < end && (last > start || offset === start))
      await plain.read(sectors.subarray(last - start), last);
    sectors.set(from, offset - start);
    await writeSectors(sectors, start);
  }

  return {
    ...plain,
    read: (into, offset) => order.read(offset, into.length, () => plain.read(into, offset)),
    async write(from, offset) {
      if (!(offset >= 0 && offset + from.length <= plain.size))
        throw new LifeboatError("WRITE_FAILED", {
          device: target.path,
          offset,
          reason: "beyond the end of the volume",
        });
      await order.write(offset, from.length, async () => {
        for (let done = 0; done < from.length; ) {
          const at = offset + done;
          const part = from.subarray(done, done + WINDOW - (at % sectorSize));
          await writePart(part, at);
          done += part.length;
        }
      });
    },
    flush: () => target.flush(),
    async [Symbol.asyncDispose]() {}, // it is the device's owner who closes it
  };
}
