import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "#imaging/system/run-tool.ts";
import { readMountTable } from "#rescue/images/mount-table.ts";
import { mountWay } from "#rescue/images/mount-way.ts";
import type { Volume } from "#rescue/images/volume.ts";

/** Mounts file systems to look into them; see mount-way.ts for what is promised. */
export interface Mounter {
  /** @returns the folder where the volume's files are, or undefined for a kind that is not mounted. @throws TOOL_FAILED */
  mount(volume: Volume): Promise<string | undefined>;
  /** @throws TOOL_FAILED when a file of it is open */
  unmount(name: string): Promise<void>;
  /** Unmounts what an earlier server, that ended without doing so, has left. */
  clear(): Promise<void>;
}

/** How to give back what a mount stands on. */
type Undo = () => Promise<unknown>;

const PURPOSE = "look for images on a file system";
const run = (tool: string, ...args: string[]) => runTool(tool, args, PURPOSE);

/** For a server that is not the rescue system: it leaves the file systems of its host alone. */
export const noMounter: Mounter = {
  mount: async () => undefined,
  unmount: async () => {},
  clear: async () => {},
};

export function linuxMounter(root = "/run/lifeboat/media"): Mounter {
  const undos = new Map<string, Undo>();
  return {
    async mount(volume) {
      const way = mountWay(volume.filesystem);
      if (!way) return undefined;
      const point = join(root, volume.name);
      await mkdir(point, { recursive: true });
      const { device, undo } = await readOnlyDevice(volume).catch((error) =>
        rmdir(point).then(() => Promise.reject(error)),
      );
      try {
        await run("mount", "-t", way.type, "-o", way.options.join(","), device, point);
      } catch (error) {
        await undo();
        await rmdir(point);
        throw error;
      }
      undos.set(volume.name, undo);
      return point;
    },
    async unmount(name) {
      const point = join(root, name);
      await run("umount", point);
      await undos.get(name)?.();
      undos.delete(name);
      await rmdir(point);
    },
    async clear() {
      for (const { source, point } of (await readMountTable()).filter((m) => m.point.startsWith(`${root}/`))) {
        await run("umount", point);
        await (isLoop(source) ? run("losetup", "--detach", source) : run("blockdev", "--setrw", source));
        await rmdir(point);
      }
    },
  };
}

/**
 * A device that cannot be written to. A partition's own node is made read-only: the kernel then also knows that the
 * disk is in use, and refuses a restore onto it. A loop device serves where there is no node (a raw file) or where
 * the disk is already held as a whole (the boot medium).
 */
async function readOnlyDevice(volume: Volume): Promise<{ device: string; undo: Undo }> {
  if (volume.disk.kind === "file" || volume.disk.isBootMedium) {
    const range = ["--offset", String(volume.start), "--sizelimit", String(volume.size)];
    const device = (await run("losetup", "--find", "--show", "--read-only", ...range, volume.disk.path)).trim();
    return { device, undo: () => run("losetup", "--detach", device) };
  }
  const { device } = volume;
  const wasReadOnly = (await run("blockdev", "--getro", device)).trim() === "1";
  if (wasReadOnly) return { device, undo: async () => {} };
  await run("blockdev", "--setro", device);
  return { device, undo: () => run("blockdev", "--setrw", device) };
}

const isLoop = (source: string): boolean => source.startsWith("/dev/loop");
