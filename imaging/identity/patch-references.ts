import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { patchInitramfs } from "#imaging/identity/initramfs/patch-initramfs.ts";
import { marksOf, type NewNames } from "#imaging/identity/new-names.ts";
import { patchFat } from "#imaging/identity/patch-fat.ts";
import { isPlaceOnFat, LVM_DEVICES, PLACES } from "#imaging/identity/places.ts";
import { replaceNames } from "#imaging/identity/replace-names.ts";
import { type MountOptions, withPrivateFolder, withPrivateMount } from "#imaging/resize/private-mount.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runSurely, runToEnd } from "#imaging/resize/run-to-end.ts";
import { XFS_WRITABLE } from "#imaging/resize/xfs/xfs.ts";

const PURPOSE = "change how a system calls its partitions";
/** KiB. Larger ones are no configuration. */
const MOST_KIB = 4096;

const MOUNTS: Readonly<Record<string, MountOptions>> = {
  ext2: { type: "ext2", options: ["noatime"] },
  ext3: { type: "ext3", options: ["noatime"] },
  ext4: { type: "ext4", options: ["noatime"] },
  xfs: XFS_WRITABLE,
  btrfs: { type: "btrfs", options: ["noatime", "subvolid=5"] },
};

/** Whether configuration files can be in such a file system, and be changed there. */
export const mayHoldReferences = (type: string | undefined): boolean =>
  type !== undefined && (type === "vfat" || type in MOUNTS);

/** Paths from the root of a file system. */
export interface PatchedFiles {
  readonly changed: readonly string[];
  /** What may name something anew and could not be looked into, with the reason in plain words. */
  readonly unread: readonly string[];
}

/**
 * Writes the new names of volumes and partitions in the configuration files and initramfs of a file system, wherever the old
 * ones stand. @throws TOOL_MISSING, TOOL_FAILED; the signal's reason
 */
export async function patchReferences(
  volume: VolumeFile,
  type: string,
  names: NewNames,
  signal: AbortSignal,
): Promise<PatchedFiles> {
  if (type === "vfat") return { changed: await patchFat(volume, names, isPlaceOnFat, signal), unread: [] };
  const options = MOUNTS[type];
  if (!options) return { changed: [], unread: [] };
  return withPrivateMount(volume, options, (root) => patchTree(root, names, signal));
}

/** The files are looked at by children alone: what is mounted may be served by this very process. */
function patchTree(root: string, names: NewNames, signal: AbortSignal): Promise<PatchedFiles> {
  return withPrivateFolder(async (folder) => {
    const marks = join(folder, "marks");
    await writeFile(marks, marksOf(names).join("\n"));
    const tree: Tree = { root, names, marks, scratch: join(folder, "file"), signal };
    const changed = [...(await patchFiles(tree)), ...(await setDevicesAside(tree))];
    const unread: string[] = [];
    for (const path of await initramfsFiles(root, signal)) {
      const name = path.slice(root.length + 1);
      const done = await patchInitramfs(path, names, tree.scratch, signal);
      if (done === true) changed.push(name);
      else if (done) unread.push(`${name} (${done.unread})`);
    }
    return { changed, unread };
  });
}

interface Tree {
  readonly root: string;
  readonly names: NewNames;
  /** Path of the file with the marks, a line each. */
  readonly marks: string;
  /** Path of a file that may be written, outside of the volume. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

async function patchFiles({ root, names, marks, scratch, signal }: Tree): Promise<string[]> {
  const run = (tool: string, args: readonly string[]) => runSurely(tool, args, { purpose: PURPOSE, signal });
  const changed: string[] = [];
  for (const path of await naming(marks, await candidates(root, PLACES, signal), signal)) {
    await run("cp", ["--no-preserve=all", "--", path, scratch]);
    const before = await readFile(scratch, "latin1");
    const after = replaceNames(before, names);
    if (after === before) continue;
    await writeFile(scratch, after, "latin1");
    // Into the file that is there, which keeps its owner, mode and attributes.
    await run("cp", ["--no-preserve=all", "--", scratch, path]);
    changed.push(path.slice(root.length + 1));
  }
  return changed;
}

/** It also names the disk of the source, which no other name makes that of the copy. Without it LVM looks at all disks. */
async function setDevicesAside({ root, names, marks, signal }: Tree): Promise<string[]> {
  if (names.groups.size === 0) return [];
  const found = await naming(marks, await candidates(root, [LVM_DEVICES], signal), signal);
  for (const path of found)
    await runSurely("mv", ["--no-target-directory", "--", path, `${path}.before-copy`], { purpose: PURPOSE, signal });
  return found.map((path) => `${path.slice(root.length + 1)} (set aside)`);
}

/** Of these files those in which any of the marks stands. */
async function naming(marks: string, paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < paths.length; i += 500) {
    const args = [
      "--files-with-matches",
      "--null",
      "--text",
      "--ignore-case",
      "--fixed-strings",
      `--file=${marks}`,
      "--",
    ];
    const { stdout } = await runToEnd("grep", [...args, ...paths.slice(i, i + 500)], { purpose: PURPOSE, signal });
    found.push(...stdout.split("\0").filter((path) => path !== ""));
  }
  return found;
}

/** Of btrfs the system may be in a subvolume, whatever its name: "@", "@rootfs", "root". */
const roots = async (root: string, signal: AbortSignal): Promise<string[]> => [
  root,
  ...(await listed(root, ["-mindepth", "1", "-maxdepth", "1", "-type", "d"], signal)),
];

/** Regular files that are there, and that lie in the volume: a link can lead out of it, into this system. */
async function candidates(root: string, where: readonly string[], signal: AbortSignal): Promise<string[]> {
  const places = (await roots(root, signal)).flatMap((folder) => where.map((place) => join(folder, place)));
  const found: string[] = [];
  for (let i = 0; i < places.length; i += 500) found.push(...(await files(places.slice(i, i + 500), signal)));
  return within(root, found, signal);
}

/** As distributions call them: initrd.img-6.1.0-13-amd64, initramfs-6.12.0.x86_64.img, initramfs-linux.img, initrd-6.4.0-default. */
const INITRAMFS = ["-regextype", "posix-extended", "-regex", ".*/init(rd|ramfs)[^/]*", "-size", "+0"];

async function initramfsFiles(root: string, signal: AbortSignal): Promise<string[]> {
  const folders = (await roots(root, signal)).flatMap((folder) => [folder, join(folder, "boot")]);
  const found: string[] = [];
  for (let i = 0; i < folders.length; i += 500) {
    const some = folders.slice(i, i + 500);
    found.push(...(await listed(some, ["-maxdepth", "1", "-type", "f", ...INITRAMFS], signal)));
  }
  return within(root, found, signal);
}

async function within(root: string, paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  if (paths.length === 0) return [];
  const real = await runToEnd("realpath", ["--zero", "--", ...paths], { purpose: PURPOSE, signal });
  return [...new Set(real.stdout.split("\0").filter((path) => path.startsWith(`${root}/`)))];
}

const files = (places: readonly string[], signal: AbortSignal): Promise<string[]> =>
  listed(places, ["-maxdepth", "1", "-type", "f", "-size", `-${MOST_KIB}k`], signal);

/** find(1) says with its status that some of the places are not there. */
async function listed(where: string | readonly string[], tests: readonly string[], signal: AbortSignal) {
  const places = typeof where === "string" ? [where] : where;
  const { stdout } = await runToEnd("find", [...places, ...tests, "-print0"], { purpose: PURPOSE, signal });
  return stdout.split("\0").filter((path) => path !== "");
}
