import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { WINDOW } from "#imaging/filesystem/volume.ts";
import type { DecryptSector } from "#imaging/volume/sector-cipher.ts";

export interface CryptOptions {
  readonly decrypt: DecryptSector;
  /** Bytes that are encrypted as one: 512, 1024, 2048 or 4096. */
  readonly sectorSize: number;
  /** The number of the first sector, in units of 512 bytes, default 0. */
  readonly ivOffset?: number;
  /**
   * Count in units of `sectorSize`, as dm-crypt does with `iv_large_sectors` (Linux, dm-crypt.rst). Without it each
   * sector has the number of its first 512 bytes.
   */
  readonly ivLargeSectors?: boolean;
}

/** @returns the number, as ciphers count, of the sector at a byte of the payload */
export function sectorNumber({
  sectorSize,
  ivOffset = 0,
  ivLargeSectors = false,
}: CryptOptions): (at: number) => number {
  const unit = ivLargeSectors ? sectorSize : 512;
  return (at) => (ivOffset * 512 + at) / unit;
}

/** The plain content of an encrypted device. What is left of a last, partial sector cannot be read. */
export function cryptDevice(source: ReadableDevice, options: CryptOptions): ReadableDevice {
  const { decrypt, sectorSize } = options;
  const numberOf = sectorNumber(options);
  const readSectors = async (from: number, to: number): Promise<Uint8Array> => {
    const buffer = new Uint8Array(to - from);
    await source.read(buffer, from);
    for (let at = from; at < to; at += sectorSize)
      decrypt(buffer.subarray(at - from, at - from + sectorSize), numberOf(at));
    return buffer;
  };
  const size = source.size - (source.size % sectorSize);
  return {
    path: source.path,
    size,
    sectorSize: sectorSize === 4096 ? 4096 : source.sectorSize,
    async read(into, offset) {
      const end = offset + into.length;
      if (end > size) {
        const got = Math.max(0, size - offset);
        throw new LifeboatError("READ_SHORT", { device: source.path, offset, want: into.length, got });
      }
      for (let at = offset; at < end; ) {
        const from = at - (at % sectorSize);
        const to = Math.min(from + WINDOW, Math.ceil(end / sectorSize) * sectorSize);
        const part = (await readSectors(from, to)).subarray(at - from, end - from);
        into.set(part, at - offset);
        at += part.length;
      }
    },
  };
}
