import { closeSync, constants, openSync, readSync } from "node:fs";
import { openPositional, type PositionalFile, positionalFile } from "#imaging/worker/positional-io.ts";

const PAGE = 64 << 10;
const SECTOR = 512;

interface Memory {
  readonly buffer: ArrayBuffer;
}
type MemoryConstructor = new (options: { initial: number; maximum: number }) => Memory;

/**
 * Memory that begins at a page, as O_DIRECT asks for (open(2)); Node has no other way to allocate it. Its offsets
 * that are multiples of 512 are good enough for disks of 512-byte sectors.
 */
export function alignedBuffer(bytes: number): Buffer {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Memory: MemoryConstructor } };
  const pages = Math.ceil(bytes / PAGE);
  return Buffer.from(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer, 0, bytes);
}

/**
 * Opens a target for reads and writes that bypass the page cache: a restore of a large disk is several times faster
 * so, does not push everything else out of memory, and what is read back comes from the disk. Where the place cannot
 * do it (tmpfs, some FUSE and network file systems) it is opened as any file. Whoever uses it gives aligned buffers.
 */
export function openDirect(path: string, mode: "r" | "r+"): PositionalFile {
  const access = mode === "r" ? constants.O_RDONLY : constants.O_RDWR;
  let fd: number;
  try {
    fd = openSync(path, access | constants.O_DIRECT);
  } catch {
    return openPositional(path, mode);
  }
  try {
    // The second sector: a place that wants more than 512 bytes of alignment says so now.
    readSync(fd, alignedBuffer(SECTOR), 0, SECTOR, SECTOR);
    return wholeSectors(positionalFile(fd, path), path, mode);
  } catch {
    closeSync(fd);
    return openPositional(path, mode);
  }
}

/**
 * The end of a raw file need not be a whole sector, nor a run of an image that another program made, and behind such a
 * run in memory nothing is aligned: such a piece goes through the page cache.
 */
function wholeSectors(direct: PositionalFile, path: string, mode: "r" | "r+"): PositionalFile {
  let cached: PositionalFile | undefined;
  const fileFor = (bytes: Uint8Array, offset: number): PositionalFile => {
    if (bytes.length % SECTOR === 0 && offset % SECTOR === 0 && bytes.byteOffset % SECTOR === 0) return direct;
    cached ??= openPositional(path, mode);
    return cached;
  };
  return {
    read: (into, offset) => fileFor(into, offset).read(into, offset),
    write: (from, offset) => fileFor(from, offset).write(from, offset),
    [Symbol.dispose]() {
      direct[Symbol.dispose]();
      cached?.[Symbol.dispose]();
    },
  };
}
