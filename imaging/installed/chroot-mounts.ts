import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "let programs of an installed system run";

/** Devices that take and give nothing (Linux, Documentation/admin-guide/devices.txt): name, major, minor. */
const NODES = [
  ["null", 1, 3],
  ["zero", 1, 5],
  ["full", 1, 7],
  ["random", 1, 8],
  ["urandom", 1, 9],
  ["tty", 5, 0],
] as const;
const LINKS = [
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
] as const;

/**
 * What programs expect of a running system, and no disk: what is restored must not act on this machine.
 * @returns the folders that something was mounted on, in that order
 */
export async function chrootMounts(tree: SystemTree): Promise<string[]> {
  const mounted: string[] = [];
  const mount = async (path: string, args: readonly string[]): Promise<string> => {
    const place = await tree.resolve(path);
    if (place === tree.root) throw new Error(`${path} is the root`);
    await mkdir(place, { recursive: true });
    await runTool("mount", [...args, place], PURPOSE);
    mounted.push(place);
    return place;
  };
  const dev = await mount("/dev", ["-t", "tmpfs", "-o", "mode=755,size=16m", "dev"]);
  for (const [name, major, minor] of NODES)
    await runTool("mknod", ["--mode=666", join(dev, name), "c", String(major), String(minor)], PURPOSE);
  for (const [name, target] of LINKS) await runTool("ln", ["-s", target, join(dev, name)], PURPOSE);
  await mkdir(join(dev, "shm"), { mode: 0o1777 });
  await mount("/proc", ["-t", "proc", "proc"]);
  await mount("/sys", ["-t", "sysfs", "-o", "ro", "sysfs"]);
  await mount("/run", ["-t", "tmpfs", "-o", "mode=755,nosuid,nodev", "run"]);
  await mount("/tmp", ["-t", "tmpfs", "-o", "mode=1777,nosuid,nodev", "tmp"]);
  return mounted;
}
