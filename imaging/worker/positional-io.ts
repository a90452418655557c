import { closeSync, openSync, readSync, writeSync } from "node:fs";
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
    return positionalFile(openSync(path, mode), path);
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
