import { chmod, mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { mountWay } from "#imaging/inventory/mount-way.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { Volume } from "#rescue/images/volume.ts";

/** Mounts file systems to look into them; see mount-way.ts for what is promised. */
export interface Mounter {
  /** @returns the folder where the volume's files are, or undefined for a kind that is not mounted. @throws TOOL_FAILED */
  mount(volume: Volume): Promise<string | undefined>;
  /** @throws TOOL_FAILED when a file of it is open */
  unmount(name: string): Promise<void>;
  /** Lets go of a file system whose disk is gone, whoever still has files of it open. */
  abandon(name: string): Promise<void>;
  /** Unmounts what an earlier server, that ended without doing so, has left. */
  clear(): Promise<void>;
}

/** What a file system is mounted from. */
interface Source {
  readonly device: string;
  /** After the mount, or after it has failed. */
  readonly mounted: () => Promise<unknown>;
  /** After the end of the mount. */
  readonly unmounted: () => Promise<unknown>;
}

const PURPOSE = "look for images on a file system";
const run = (tool: string, ...args: string[]) => runTool(tool, args, PURPOSE);

/** For a server that is not the rescue system: it leaves the file systems of its host alone. */
export const noMounter: Mounter = {
  mount: async () => undefined,
  unmount: async () => {},
  abandon: async () => {},
  clear: async () => {},
};

export function linuxMounter(root = "/run/lifeboat/media"): Mounter {
  const sources = new Map<string, Source>();
  const release = async (point: string, source: Source) => {
    await source.unmounted();
    await rmdir(point);
  };
  return {
    async mount(volume) {
      const way = mountWay(volume.filesystem);
      if (!way) return undefined;
      const point = join(root, volume.name);
      const source = await readOnlyDevice(volume);
      await mkdir(point, { recursive: true });
      await chmod(root, 0o700); // the files on found media are for nobody but us
      try {
        await run("mount", "-t", way.type, "-o", way.options.join(","), source.device, point);
      } catch (error) {
        await source.mounted();
        await release(point, source);
        throw error;
      }
      await source.mounted();
      sources.set(volume.name, source);
      return point;
    },
    async unmount(name) {
      const point = join(root, name);
      await run("umount", point);
      const source = sources.get(name);
      sources.delete(name);
      if (source) await release(point, source);
    },
    async abandon(name) {
      const point = join(root, name);
      await run("umount", "--lazy", point);
      sources.delete(name);
      await rmdir(point);
    },
    async clear() {
      for (const { source, point } of (await readMountTable()).filter((m) => m.point.startsWith(`${root}/`))) {
        await run("umount", point);
        await rmdir(point);
        // A loop device of ours went with its mount, and then has nothing to be made writable.
        await run("blockdev", "--setrw", source).catch(nothing);
      }
    },
  };
}

const nothing = async () => {};

/**
 * A device that cannot be written to. A partition's own node is made read-only: the kernel then also knows that the
 * disk is in use, and refuses a restore onto it. A loop device serves where there is no node (a raw file) or where
 * the disk is already held as a whole (the boot medium).
 */
async function readOnlyDevice(volume: Volume): Promise<Source> {
  if (volume.disk.kind === "file" || volume.disk.isBootMedium) {
    const range = ["--offset", String(volume.start), "--sizelimit", String(volume.size)];
    const device = (await run("losetup", "--find", "--show", "--read-only", ...range, volume.disk.path)).trim();
    // Of a device in use, the kernel carries out the detachment at its last close: also when this server has died.
    return { device, mounted: () => run("losetup", "--detach", device), unmounted: nothing };
  }
  const { device } = volume;
  const wasReadOnly = (await run("blockdev", "--getro", device)).trim() === "1";
  if (wasReadOnly) return { device, mounted: nothing, unmounted: nothing };
  await run("blockdev", "--setro", device);
  return { device, mounted: nothing, unmounted: () => run("blockdev", "--setrw", device) };
}
