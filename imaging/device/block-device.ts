import { LifeboatError } from "#base/errors.ts";

/**
 * What the engine needs of a disk. test/doubles/memory-device.ts and the real one (file-device.ts) pass one
 * conformance suite, test/conformance/device.ts. Rules:
 * - `read` fills the buffer or rejects with READ_SHORT or READ_FAILED; it never returns a partial read;
 * - `write` writes all of it or rejects with WRITE_FAILED;
 * - offsets and lengths are bytes, and need no alignment;
 * - nothing is durable before `flush` has resolved.
 */
export interface ReadableDevice {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Logical sector size: 512 or 4096. */
  readonly sectorSize: number;
  read(into: Uint8Array, offset: number): Promise<void>;
}

export interface BlockDevice extends ReadableDevice, AsyncDisposable {
  write(from: Uint8Array, offset: number): Promise<void>;
  flush(): Promise<void>;
}

/** Reads `length` bytes into a new buffer. */
export async function readBytes(
  device: ReadableDevice,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(length);
  await device.read(buffer, offset);
  return buffer;
}

/** A part of a device as a device of its own: what a file system sees of its partition, and nothing behind it. */
export function slice(device: ReadableDevice, offset: number, size: number): ReadableDevice {
  return {
    path: device.path,
    size,
    sectorSize: device.sectorSize,
    async read(into, at) {
      if (!(at >= 0 && at + into.length <= size)) {
        const got = Math.max(0, size - at);
        throw new LifeboatError("READ_SHORT", { device: device.path, offset: at, want: into.length, got });
      }
      await device.read(into, offset + at);
    },
  };
}
