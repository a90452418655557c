import { access, chmod, constants, mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { unmountWritten } from "#imaging/system/unmount-written.ts";
import type { Volume } from "#rescue/images/volume.ts";

/** A folder that files can be put into until it is disposed of. */
export interface OpenFolder extends AsyncDisposable {
  readonly folder: string;
}

/** File systems that an image may be put onto, and how mount(8) calls their drivers. */
const WRITABLE: Readonly<Record<string, string>> = {
  ...{ ext2: "ext4", ext3: "ext4", ext4: "ext4", xfs: "xfs", btrfs: "btrfs" },
  ...{ vfat: "vfat", exfat: "exfat", ntfs: "ntfs-3g" },
};
const OPTIONS = "rw,nosuid,nodev,noexec,noatime";
const PURPOSE = "open a partition for an image";
const run = (tool: string, ...args: string[]) => runTool(tool, args, PURPOSE);

export const isWritableKind = (filesystem: string): boolean => Object.hasOwn(WRITABLE, filesystem);

/**
 * Mounts a partition to put an image onto it. It is one that its user has chosen: its journal is replayed, as on any computer. A
 * Windows that is hibernated on it, or a file system that is not in order, is mounted read-only by its driver, and refused here.
 * @throws TOOL_FAILED, CREATE_FAILED
 */
export async function mountToWrite(volume: Volume, root = "/run/lifeboat/destinations"): Promise<OpenFolder> {
  const { name, device, filesystem, place } = volume;
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await chmod(root, 0o700);
  try {
    await run("mount", "-t", WRITABLE[filesystem] ?? filesystem, "-o", OPTIONS, device, folder);
  } catch (error) {
    await rmdir(folder);
    throw error;
  }
  const close = async () => {
    await unmountWritten(folder, PURPOSE);
    await rmdir(folder);
  };
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    await close();
    const reason = "its file system can only be read: it was not shut down properly, or a Windows on it is hibernated";
    throw new LifeboatError("CREATE_FAILED", { file: place, reason }, { cause });
  }
  return { folder, [Symbol.asyncDispose]: close };
}
