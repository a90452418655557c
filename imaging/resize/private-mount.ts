import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { processIdentity } from "#imaging/system/process-identity.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { unmountWritten } from "#imaging/system/unmount-written.ts";

/** Folders of runs that resize, each named after its process: PID@START-random. */
const ROOT = "/run/lifeboat/resize";
const PURPOSE = "mount a volume to resize it";
/** What is on the disk that is restored must not act on this system. */
const ALWAYS = ["nodev", "nosuid", "noexec"];
/** A writer that was ended holds its mount a moment longer; one with much to write back, longer still. */
const PATIENCE_MS = 60_000;
const LOOP_PATIENCE_MS = 5000;
const POLL_MS = 50;

export interface MountOptions {
  /** As mount(8) takes it. */
  readonly type: string;
  /** With "ro" among them, nothing of the volume is opened for writing. */
  readonly options: readonly string[];
}

/**
 * Mounts a volume where nobody else looks while `use` runs. Whatever happens, neither the mount nor a loop device is
 * left. Not ended by a signal between its steps, which take a moment: what `use` runs is.
 * @throws TOOL_MISSING, TOOL_FAILED when it cannot be mounted, or was busy to the end
 */
export async function withPrivateMount<T>(
  volume: VolumeFile,
  { type, options }: MountOptions,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const umount = options.includes("ro") ? unmountRead : unmountWritten;
  return await withPrivateFolder(async (folder) => {
    const device = await attach(volume, options.includes("ro"));
    try {
      await runTool("mount", ["-t", type, "-o", [...ALWAYS, ...options].join(","), device.path, folder], PURPOSE);
    } finally {
      // Of a device in use, the kernel carries out the detachment at its last close: also if we are killed.
      await device.detach();
    }
    let result: T;
    try {
      result = await use(folder);
    } catch (error) {
      await unmount(folder, umount).catch(() => {}); // the first error says what went wrong
      await device.gone();
      throw error;
    }
    await unmount(folder, umount);
    await device.gone();
    return result;
  });
}

/** A folder of this process that is gone in the end. What processes left that were killed is taken away first. */
export async function withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await clearPrivateMounts();
  let folder: string;
  try {
    await mkdir(ROOT, { recursive: true, mode: 0o700 });
    folder = await mkdtemp(join(ROOT, `${await processIdentity(process.pid)}-`));
  } catch (cause) {
    throw createError(ROOT, cause);
  }
  try {
    return await use(folder);
  } finally {
    const isMounted = (await readMountTable()).some(({ point }) => point === folder);
    if (!isMounted) await rm(folder, { recursive: true, force: true, maxRetries: 2 });
  }
}

interface Attached {
  readonly path: string;
  detach(): Promise<void>;
  /** Waits until no loop device is left. */
  gone(): Promise<void>;
}

/** A file gets a loop device with the sectors of its disk; a block device is one already. */
async function attach({ path, sectorSize }: VolumeFile, readOnly: boolean): Promise<Attached> {
  if (await isBlockDevice(path)) return { path, detach: async () => {}, gone: async () => {} };
  const sectors = sectorSize === 512 ? [] : ["--sector-size", String(sectorSize)];
  const args = ["--find", "--show", ...(readOnly ? ["--read-only"] : []), ...sectors, path];
  const device = (await runTool("losetup", args, PURPOSE)).trim();
  return {
    path: device,
    detach: async () => void (await runTool("losetup", ["--detach", device], PURPOSE)),
    gone: () => loopGone(device, path),
  };
}

/** Asked of the system's tool: see tool-device.ts. */
async function isBlockDevice(path: string): Promise<boolean> {
  return (await runTool("stat", ["--dereference", "--format=%F", path], PURPOSE)).trim().startsWith("block");
}

async function loopGone(device: string, file: string): Promise<void> {
  const backing = join("/sys/block", basename(device), "loop/backing_file");
  for (let waited = 0; waited < LOOP_PATIENCE_MS; waited += POLL_MS) {
    const held = await readFile(backing, "utf8").catch(() => "");
    if (basename(held.trim()) !== basename(file)) return;
    await sleep(POLL_MS);
  }
}

const unmountRead = async (folder: string): Promise<void> => void (await runTool("umount", [folder], PURPOSE));

async function unmount(folder: string, umount: typeof unmountWritten): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      await umount(folder, PURPOSE);
      return;
    } catch (error) {
      const isBusy = isLifeboatError(error, "TOOL_FAILED") && /busy/.test(error.details.output);
      if (isBusy && waited < PATIENCE_MS) {
        await sleep(POLL_MS);
        continue;
      }
      await runTool("umount", ["--lazy", folder], PURPOSE).catch(() => {});
      throw error;
    }
  }
}

/** Takes away the mounts of processes that have ended. */
export async function clearPrivateMounts(): Promise<void> {
  for (const name of await readdir(ROOT).catch((): string[] => [])) {
    const owner = name.slice(0, name.lastIndexOf("-"));
    if ((await processIdentity(Number.parseInt(owner, 10))) === owner) continue;
    const folder = join(ROOT, name);
    const mounts = (await readMountTable()).filter(({ point }) => point === folder);
    for (const { point } of mounts) await unmount(point, unmountRead).catch(() => {});
    const isEmpty = await rmdir(folder).then(
      () => true,
      () => false,
    );
    // Never into what may still be mounted: another device is another file system.
    if (!isEmpty && (await stat(folder).catch(() => undefined))?.dev === (await stat(ROOT)).dev)
      await rm(folder, { recursive: true, force: true });
  }
}
