import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";

/** A read or write that failed, with where. It crosses threads as a message, so it is not a LifeboatError yet. */
export class DiskIoError extends Error {
  readonly at: "read" | "write";
  readonly path: string;
  readonly offset: number;
  readonly errno: string;

  constructor(at: "read" | "write", path: string, offset: number, errno: string, reason: string) {
    super(reason);
    this.at = at;
    this.path = path;
    this.offset = offset;
    this.errno = errno;
  }
}

/** A file opened by one thread for reads and writes at given places. Worker threads block in them on purpose. */
export interface PositionalFile extends Disposable {
  /** Fills `into` or throws DiskIoError. */
  read(into: Uint8Array, offset: number): void;
  write(from: Uint8Array, offset: number): void;
}

export function openPositional(path: string, mode: "r" | "r+"): PositionalFile {
  try {
    const file = positionalFile(openSync(path, mode), path);
    return physicalDriveNumber(path) === undefined ? file : wholeSectorFile(file);
  } catch (cause) {
    throw new DiskIoError(mode === "r" ? "read" : "write", path, 0, errnoName(cause) || "EIO", errnoReason(cause));
  }
}

export function positionalFile(fd: number, path: string): PositionalFile {
  const failed = (at: "read" | "write", offset: number, cause: unknown): DiskIoError => {
    return new DiskIoError(at, path, offset, errnoName(cause) || "EIO", errnoReason(cause));
  };
  return {
    read(into, offset) {
      for (let done = 0; done < into.length; ) {
        let got: number;
        try {
          got = readSync(fd, into, done, into.length - done, offset + done);
        } catch (cause) {
          throw failed("read", offset + done, cause);
        }
        if (got === 0) throw new DiskIoError("read", path, offset + done, "EOF", "the device ended early");
        done += got;
      }
    },
    write(from, offset) {
      for (let done = 0; done < from.length; ) {
        try {
          done += writeSync(fd, from, done, from.length - done, offset + done);
        } catch (cause) {
          throw failed("write", offset + done, cause);
        }
      }
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/** What a disk of Windows takes: whole sectors of one of these sizes. Whatever is asked for is widened to that. */
const SECTOR_SIZES = [512, 4096] as const;

/** @throws DiskIoError when nothing can be read */
export function wholeSectorFile(file: PositionalFile): PositionalFile {
  const sector = sectorSizeOf(file);
  const window = (offset: number, length: number) => {
    const start = offset - (offset % sector);
    return { start, bytes: new Uint8Array(Math.ceil((offset + length - start) / sector) * sector) };
  };
  const isWhole = (bytes: Uint8Array, offset: number) => offset % sector === 0 && bytes.length % sector === 0;
  return {
    read(into, offset) {
      if (isWhole(into, offset)) return file.read(into, offset);
      const { start, bytes } = window(offset, into.length);
      file.read(bytes, start);
      into.set(bytes.subarray(offset - start, offset - start + into.length));
    },
    write(from, offset) {
      if (isWhole(from, offset)) return file.write(from, offset);
      const { start, bytes } = window(offset, from.length);
      file.read(bytes, start);
      bytes.set(from, offset - start);
      file.write(bytes, start);
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

function sectorSizeOf(file: PositionalFile): number {
  for (const size of SECTOR_SIZES.slice(0, -1))
    try {
      file.read(new Uint8Array(size), size);
      return size;
    } catch {} // it wants more
  return SECTOR_SIZES[SECTOR_SIZES.length - 1] as number;
}
