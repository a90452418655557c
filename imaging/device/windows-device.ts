import { type FileHandle, open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { wholeSectors } from "#imaging/device/whole-sectors.ts";
import { findGeometry, type Geometry } from "#imaging/device/windows-geometry.ts";
import { holdWindowsDisk } from "#imaging/device/windows-hold.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** Of the disks that were measured, by path: a hundred reads are saved each time one is opened again. */
const measured = new Map<string, Geometry>();

/** A disk that was changed for another one has to be measured anew. */
export const forgetGeometry = (path: string): void => void measured.delete(path);

/** For a disk that is only this job's: it is off line while the device is open. */
export async function openHeldWindowsDisk(path: string, number: number, write = false): Promise<BlockDevice> {
  await using stack = new AsyncDisposableStack();
  stack.use(await holdWindowsDisk(number, { write }));
  const device = stack.use(await openWindowsDisk(path, write));
  const held = stack.move();
  return { ...device, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/**
 * Opens "\\.\PhysicalDriveN". Reads work whatever Windows does with the disk; writes into a partition that it has mounted are refused
 * by it (WRITE_FAILED).
 * @throws OPEN_FAILED, WINDOWS_DISK_UNKNOWN
 */
export async function openWindowsDisk(path: string, write = false): Promise<BlockDevice> {
  const handle = await open(path, write ? "r+" : "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  try {
    const geometry = measured.get(path) ?? (await measure(path, handle));
    measured.set(path, geometry);
    return wholeSectors(rawDevice(path, handle, geometry));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function measure(path: string, handle: FileHandle): Promise<Geometry> {
  const found = await findGeometry(async (offset, length) => {
    const { bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return bytesRead;
  });
  if (found) return found;
  throw new LifeboatError("WINDOWS_DISK_UNKNOWN", { disk: path, problem: "nothing can be read from it" });
}

/** Whole sectors only. */
function rawDevice(path: string, handle: FileHandle, { size, sectorSize }: Geometry): BlockDevice {
  const failed = (code: "READ_FAILED" | "WRITE_FAILED", offset: number) => (cause: Error) => {
    throw new LifeboatError(code, { device: path, offset, reason: errnoReason(cause) }, { cause });
  };
  return {
    ...{ path, size, sectorSize },
    async read(into, offset) {
      for (let done = 0; done < into.length; ) {
        const at = offset + done;
        const { bytesRead } = await handle.read(into, done, into.length - done, at).catch(failed("READ_FAILED", at));
        if (bytesRead === 0)
          throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got: done });
        done += bytesRead;
      }
    },
    async write(from, offset) {
      if (offset + from.length > size)
        throw new LifeboatError("WRITE_FAILED", { device: path, offset, reason: "beyond the end of the device" });
      for (let done = 0; done < from.length; ) {
        const at = offset + done;
        const { bytesWritten } = await handle
          .write(from, done, from.length - done, at)
          .catch(failed("WRITE_FAILED", at));
        done += bytesWritten;
      }
    },
    flush: () => handle.sync().catch(failed("WRITE_FAILED", 0)),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
