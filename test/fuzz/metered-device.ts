import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type Bounds, BrokenPromise } from "#test/fuzz/target.ts";

export interface MeteredDevice extends ReadableDevice {
  readonly readBytes: number;
  /** The first thing that the parser did wrong, even where it caught the error that it got for it. */
  readonly fault: BrokenPromise | undefined;
}

/**
 * A read-only disk that counts. A parser that computes an offset which no disk can have is at fault: the real device
 * would pass it to the kernel.
 */
export function meteredDevice(
  image: SparseImage,
  sectorSize: number,
  bounds: Pick<Bounds, "readBytes" | "reads">,
  onRead?: (offset: number, length: number) => void,
): MeteredDevice {
  const path = "fuzz:0";
  const { size } = image;
  let readBytes = 0;
  let reads = 0;
  let fault: BrokenPromise | undefined;
  const fail = (what: string) => {
    const error = new BrokenPromise(what);
    fault ??= error;
    return error;
  };
  return {
    path,
    size,
    sectorSize,
    get readBytes() {
      return readBytes;
    },
    get fault() {
      return fault;
    },
    async read(into, offset) {
      readBytes += into.length;
      reads++;
      if (!Number.isSafeInteger(offset) || offset < 0) throw fail(`it read at offset ${offset}`);
      if (readBytes > bounds.readBytes) throw fail(`it read more than ${bounds.readBytes} bytes`);
      if (reads > bounds.reads) throw fail(`it read more than ${bounds.reads} times`);
      if (offset + into.length > size) {
        const got = Math.max(0, size - offset);
        throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got });
      }
      onRead?.(offset, into.length);
      image.read(into, offset);
    },
  };
}
