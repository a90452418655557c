import { constants } from "node:fs";
import { type FileHandle, open, readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openHeldWindowsDisk, openWindowsDisk } from "#imaging/device/windows-device.ts";
import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import { errnoReason, isFull } from "#imaging/system/errno.ts";

export interface OpenOptions {
  readonly write?: boolean;
  /**
   * For a block device: the kernel refuses when a file system, swap or another exclusive user has it (O_EXCL,
   * open(2)), and refuses those while we hold it. This is what keeps two jobs from writing one disk, and a disk that is only
   * read from being mounted meanwhile.
   */
  readonly exclusive?: boolean;
  /** Overrides what is found out, for a raw file of a 4Kn disk that holds no GPT. */
  readonly sectorSize?: number;
}

/**
 * Opens a block device, a disk of Windows, or a regular file as a disk.
 * @throws OPEN_FAILED, TARGET_IN_USE, TARGET_READ_ONLY; WINDOWS_DISK_UNKNOWN
 */
export async function openDevice(path: string, options: OpenOptions = {}): Promise<BlockDevice> {
  const drive = physicalDriveNumber(path);
  if (drive !== undefined)
    return options.exclusive ? openHeldWindowsDisk(path, drive, options.write) : openWindowsDisk(path, options.write);
  const mode = options.write ? constants.O_RDWR : constants.O_RDONLY;
  const handle = await openHandle(path, mode | (options.exclusive ? constants.O_EXCL : 0));
  try {
    const isBlock = (await handle.stat()).isBlockDevice();
    // The kernel lets root open a write-protected disk for writing, and fails each write.
    if (isBlock && options.write && (await sysfs(path, "ro")) === "1")
      throw new LifeboatError("TARGET_READ_ONLY", { target: path });
    const size = isBlock ? await blockDeviceSize(path) : (await handle.stat()).size;
    const sectorSize = options.sectorSize ?? (await findSectorSize(path, isBlock, handle));
    return fileDevice(path, handle, size, sectorSize);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openHandle(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EBUSY")
      throw new LifeboatError("TARGET_IN_USE", { target: path, by: "a file system, swap area or volume on it" });
    if (code === "EROFS" || (code === "EACCES" && flags & constants.O_RDWR))
      throw new LifeboatError("TARGET_READ_ONLY", { target: path }, { cause });
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  }
}

const sysfs = async (path: string, name: string): Promise<string> =>
  (await readFile(`/sys/class/block/${basename(await realpath(path))}/${name}`, "utf8")).trim();

/** sysfs counts in units of 512 bytes whatever the sector size is (Linux, block/genhd.c). */
async function blockDeviceSize(path: string): Promise<number> {
  return Number(await sysfs(path, "size")) * 512;
}

/** A raw image file does not say its sector size; the place of its GPT header does. */
async function findSectorSize(path: string, isBlock: boolean, handle: FileHandle): Promise<number> {
  if (isBlock) return Number(await sysfs(path, "queue/logical_block_size").catch(() => "512"));
  const signature = new Uint8Array(8);
  const { bytesRead } = await handle.read(signature, 0, 8, 4096);
  const at512 = new Uint8Array(8);
  await handle.read(at512, 0, 8, 512);
  const isGpt = (b: Uint8Array) => String.fromCharCode(...b) === "EFI PART";
  return bytesRead === 8 && isGpt(signature) && !isGpt(at512) ? 4096 : 512;
}

function fileDevice(path: string, handle: FileHandle, size: number, sectorSize: number): BlockDevice {
  return {
    path,
    size,
    sectorSize,
    async read(into, offset) {
      for (let done = 0; done < into.length; ) {
        const got = await handle.read(into, done, into.length - done, offset + done).catch((cause: Error) => {
          throw new LifeboatError(
            "READ_FAILED",
            { device: path, offset: offset + done, reason: errnoReason(cause) },
            { cause },
          );
        });
        if (got.bytesRead === 0)
          throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got: done });
        done += got.bytesRead;
      }
    },
    async write(from, offset) {
      if (offset + from.length > size)
        throw new LifeboatError("WRITE_FAILED", { device: path, offset, reason: "beyond the end of the device" });
      for (let done = 0; done < from.length; ) {
        const { bytesWritten } = await handle
          .write(from, done, from.length - done, offset + done)
          .catch((cause: Error) => {
            throw writeFailed(path, offset + done, cause);
          });
        done += bytesWritten;
      }
    },
    flush: () =>
      handle.sync().catch((cause: Error) => {
        throw writeFailed(path, 0, cause);
      }),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** A raw file can find its file system full, or its quota used up, at any write and at the flush. */
function writeFailed(path: string, offset: number, cause: Error): LifeboatError {
  return isFull(cause)
    ? new LifeboatError("TARGET_FULL", { target: path, offset }, { cause })
    : new LifeboatError("WRITE_FAILED", { device: path, offset, reason: errnoReason(cause) }, { cause });
}
