import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { StagedBytes } from "#imaging/stage/staged-bytes.ts";

/** A disk that can be written, on top of one that is only read. */
export interface ThrowAway extends AsyncDisposable {
  readonly device: BlockDevice;
  /** Bytes that were written and are kept beside the source, in whole pages. */
  readonly writtenBytes: number;
  /** Bytes that were asked of it, ever. */
  readonly readBytes: number;
  /** The first error of the source: who reads through the kernel is told EIO and no more. */
  readonly failure: Error | undefined;
}

export interface ThrowAwayOptions {
  /** What may be written at the most: bytes. More is ENOSPC to who writes. */
  readonly mostBytes: number;
  /** Where that is kept, in a file of no name that goes with the process, however that ends. */
  readonly folder?: string | undefined;
}

/**
 * What is written to it is kept beside the source and forgotten in the end. The source is an interface without a way to
 * write: not a bit of it can change by this.
 */
export function throwAway(source: ReadableDevice, { mostBytes, folder }: ThrowAwayOptions): ThrowAway {
  const { path, size, sectorSize } = source;
  // A volume none of which lies on a target: all that is written goes to the scratch file.
  const bytes = new StagedBytes({
    ...{ target: nowhere(source), start: 0, size: 0, original: source, shown: size },
    ...{ scratchBytes: mostBytes, scratchFolder: folder },
  });
  let readBytes = 0;
  let failure: Error | undefined;
  return {
    device: {
      ...{ path, size, sectorSize },
      async read(into, offset) {
        readBytes += into.length;
        await bytes.read(into, offset).catch((error: unknown) => {
          failure ??= error instanceof Error ? error : new Error(String(error));
          throw error;
        });
      },
      write: (from, offset) => bytes.write(from, offset),
      async flush() {}, // nothing of it has to outlive this process
      async [Symbol.asyncDispose]() {},
    },
    get writtenBytes() {
      return bytes.scratchBytes;
    },
    get readBytes() {
      return readBytes;
    },
    get failure() {
      return failure;
    },
    [Symbol.asyncDispose]: () => bytes[Symbol.asyncDispose](),
  };
}

const nowhere = ({ path, sectorSize }: ReadableDevice): BlockDevice => ({
  ...{ path, size: 0, sectorSize },
  async read() {
    throw new RangeError("there is nothing to read");
  },
  async write() {
    throw new RangeError("there is nothing to write to");
  },
  async flush() {},
  async [Symbol.asyncDispose]() {},
});
