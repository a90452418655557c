import { open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "show a file as a disk";
/** Whoever looks at new disks (udev) may have it open for a moment after it was let go. */
const PATIENCE_MS = 3000;
const POLL_MS = 20;

export interface LoopOptions {
  /** Bytes: 512 or 4096. */
  readonly sectorSize?: number | undefined;
  readonly readOnly?: boolean;
  /** Past the page cache of the file, which the device's own then is enough for; not where the file's system cannot. */
  readonly direct?: boolean;
  /** Bytes: a part of the file, or of the device, alone. */
  readonly offset?: number;
  readonly size?: number;
}

/** A file as a block device. When it is disposed of, what was written to it is in the file, and the device is gone. */
export interface LoopDevice extends AsyncDisposable {
  readonly path: string;
}

/** @throws TOOL_MISSING, TOOL_FAILED */
export async function loopDevice(file: string, options: LoopOptions = {}): Promise<LoopDevice> {
  const path = await attach(file, options);
  let detached: Promise<void> | undefined;
  const detachOnce = () => {
    // A second time it could be somebody else's device.
    detached ??= detach(path);
    return detached;
  };
  return { path, [Symbol.asyncDispose]: detachOnce };
}

/**
 * One that goes with this process, however that ends: of a device that somebody has open, the kernel carries out the
 * detachment at its last close. @throws TOOL_MISSING, TOOL_FAILED
 */
export async function ownLoopDevice(file: string, options: LoopOptions = {}): Promise<LoopDevice> {
  const path = await attach(file, options);
  const held = await open(path, "r");
  await runTool("losetup", ["--detach", path], PURPOSE);
  return {
    path,
    async [Symbol.asyncDispose]() {
      const backing = await fileOf(path);
      await held.close();
      await gone(path, backing);
    },
  };
}

/** @returns the device's path */
async function attach(file: string, { sectorSize, readOnly, direct, offset, size }: LoopOptions): Promise<string> {
  const args = [
    ...["--find", "--show"],
    ...(sectorSize === undefined ? [] : ["--sector-size", String(sectorSize)]),
    ...(readOnly ? ["--read-only"] : []),
    ...(offset === undefined ? [] : ["--offset", String(offset)]),
    ...(size === undefined ? [] : ["--sizelimit", String(size)]),
    ...(direct ? ["--direct-io=on"] : []),
    file,
  ];
  return (await runTool("losetup", args, PURPOSE)).trim();
}

/** One that is still in use goes with its last user. */
async function detach(path: string): Promise<void> {
  const backing = await fileOf(path);
  await runTool("losetup", ["--detach", path], PURPOSE);
  await gone(path, backing);
}

async function gone(path: string, backing: string | undefined): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (backing !== undefined && (await fileOf(path)) === backing && performance.now() < until) await sleep(POLL_MS);
}

const fileOf = (path: string): Promise<string | undefined> =>
  readFile(`/sys/block/${basename(path)}/loop/backing_file`, "utf8").catch(() => undefined);
