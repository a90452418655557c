import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { abortConnection } from "#imaging/explore/fuse/abort-connection.ts";
import { FUSE_TYPE } from "#imaging/explore/fuse/fuse-server.ts";
import { type MountEntry, readMountTable } from "#imaging/inventory/mount-table.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** A driver that is a program lets go of a volume's file a moment after its mount has gone. */
const PATIENCE_MS = 3000;
const POLL_MS = 50;
/** Programs that are named when a mount is in use. */
const MOST_NAMED = 5;

const PURPOSE = "take a mount away";

/** Those of ours that read from the files beside the folders. */
const DRIVERS: readonly string[] = ["ntfs-3g", "fuse2fs", "fusefat", "mount.exfat-fuse"];

/**
 * Takes away the mounts of an image at `folder`: those of its volumes, and that of its files. It needs no server: what
 * one that was killed has left is found in the kernel's table alone.
 * @param force mounts that are in use go too: whoever uses them gets errors
 * @throws NOT_MOUNTED, MOUNT_IN_USE
 */
export async function detachImage(path: string, { force = false }: { force?: boolean } = {}): Promise<void> {
  const folder = await mountPointOf(path);
  if (folder === undefined) throw new LifeboatError("NOT_MOUNTED", { folder: path });
  const users = force ? [] : await usersOf(folder);
  if (users.length > 0) throw new LifeboatError("MOUNT_IN_USE", { folder, by: namesOf(users) });
  await detachLoops(folder);
  const mounts = await mountsBelow(folder);
  const until = performance.now() + (force ? PATIENCE_MS : 2 * PATIENCE_MS);
  let isLeft = false;
  for (const { point } of mounts.toReversed()) isLeft = !(await unmount(point, folder, { until, force })) || isLeft;
  const [server] = mounts;
  if (isLeft && server) await abortConnection(server.device);
}

/** Whether an image of ours is mounted at this folder. */
export const isExplored = async (folder: string): Promise<boolean> =>
  (await readMountTable()).some(({ point, type }) => point === folder && type === FUSE_TYPE);

/** The folder as the mount table has it. One whose server is gone cannot be asked itself, but the one above it can. */
async function mountPointOf(path: string): Promise<string | undefined> {
  if (await isExplored(path)) return path;
  const above = await realpath(dirname(path)).catch(() => dirname(path));
  for (const folder of [join(above, basename(path)), await realpath(path).catch(() => path)])
    if (await isExplored(folder)) return folder;
  return undefined;
}

/** Those at and below a folder, in the order in which they were mounted. */
const mountsBelow = async (folder: string): Promise<MountEntry[]> =>
  (await readMountTable()).filter(({ point }) => point === folder || point.startsWith(`${folder}/`));

/** A command that was killed between two steps may have left a loop device that nothing is mounted on. */
async function detachLoops(folder: string): Promise<void> {
  for (const name of (await readdir("/sys/block")).filter((device) => device.startsWith("loop"))) {
    const file = await readFile(join("/sys/block", name, "loop/backing_file"), "utf8").catch(() => "");
    if (file.startsWith(`${folder}/`))
      await runTool("losetup", ["--detach", join("/dev", name)], PURPOSE).catch(() => {});
  }
}

interface Insistence {
  /** By performance.now(): it is tried again until then. */
  readonly until: number;
  readonly force: boolean;
}

/** @returns false when somebody still uses what is out of sight now */
async function unmount(point: string, folder: string, { until, force }: Insistence): Promise<boolean> {
  for (;;) {
    try {
      await runTool("umount", [point], PURPOSE);
      return true;
    } catch (error) {
      if (!isLifeboatError(error, "TOOL_FAILED")) throw error;
      if (performance.now() < until && /busy/.test(error.details.output)) await sleep(POLL_MS);
      else if (force) break;
      else throw new LifeboatError("MOUNT_IN_USE", { folder, by: error.details.output }, { cause: error });
    }
  }
  await runTool("umount", ["--lazy", point], PURPOSE);
  return false;
}

interface User {
  readonly pid: string;
  readonly name: string;
}

/** Programs with a file or folder open in the mounts, or that are in one (proc(5)). The mounts themselves are not asked. */
async function usersOf(folder: string): Promise<User[]> {
  const users: User[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const name = (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).trim();
    if (!DRIVERS.includes(name) && (await uses(pid, folder))) users.push({ pid, name });
  }
  return users;
}

async function uses(pid: string, folder: string): Promise<boolean> {
  const fds = await readdir(`/proc/${pid}/fd`).catch((): string[] => []);
  for (const link of ["cwd", "root", ...fds.map((fd) => `fd/${fd}`)]) {
    const path = await readlink(`/proc/${pid}/${link}`).catch(() => "");
    if (path === folder || path.startsWith(`${folder}/`)) return true;
  }
  return false;
}

const namesOf = (users: readonly User[]): string => {
  const named = users.slice(0, MOST_NAMED).map(({ pid, name }) => `${name} (process ${pid})`);
  return [...named, ...(users.length > MOST_NAMED ? [`${users.length - MOST_NAMED} more`] : [])].join(", ");
};
