import { access, constants, readFile, realpath, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { MOST_UNDO_BYTES, type UndoPlace } from "#imaging/plan/undo-place.ts";

/** What is in memory takes no more than this part of what is free: the restore needs some too. */
const SHARE_OF_MEMORY = 1 / 4;
/** With less, not even the ends of a few partitions could be saved. */
const LEAST_BYTES = 16 << 20;
/** Of a medium that nobody has chosen: what is saved of nearly every disk. */
const ORDINARY_BYTES = 128 << 20;

/** statfs(2), linux/magic.h. */
const [TMPFS, RAMFS, OVERLAYFS] = [0x01021994, 0x858458f6, 0x794c7630];

type Where = Pick<UndoPlace, "path" | "kind">;

/** @returns undefined where memory is all there is, and there is too little of it */
export async function undoPlace({ path, kind }: Where): Promise<UndoPlace | undefined> {
  const there = await thereOf(path);
  if (!(await isInMemory(there))) return { path, kind, inMemory: false, mostBytes: MOST_UNDO_BYTES };
  const room = (await freeBytes(there)) * SHARE_OF_MEMORY;
  if (room < LEAST_BYTES) return undefined;
  // In steps: a plan for the same machine is the same plan a moment later.
  const mostBytes = Math.min(MOST_UNDO_BYTES, 2 ** Math.floor(Math.log2(room)));
  return { path, kind, inMemory: true, mostBytes };
}

/**
 * Where nobody has said where: beside the image, when its medium takes files and has room for them, since that outlasts
 * a restart of a rescue system; else in `folder`.
 */
export async function undoPlaceBeside(image: string, target: Disk, folder: string): Promise<UndoPlace | undefined> {
  const place = { path: dirname(image), kind: "folder" as const };
  try {
    await access(place.path, constants.W_OK);
    await refuseUndoOnTarget(place, target);
    const found = await undoPlace(place);
    if (found && !found.inMemory && (await freeBytes(place.path)) > 2 * ORDINARY_BYTES)
      return { ...found, mostBytes: ORDINARY_BYTES };
  } catch {
    // It takes no files: the usual case, since media are mounted read-only to look for images.
  }
  return undoPlace({ path: folder, kind: "folder" });
}

/** What is saved of a disk is of no use on that disk. @throws UNDO_ON_TARGET */
export async function refuseUndoOnTarget({ path }: Pick<UndoPlace, "path">, target: Disk): Promise<void> {
  const holder = await holdingDisk(await thereOf(path), [target]);
  if (holder) throw new LifeboatError("UNDO_ON_TARGET", { target: diskName(target), place: path });
}

/** It, or the nearest of its folders that is there already. */
async function thereOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found || dirname(path) === path) return realpath(path);
  return thereOf(dirname(path));
}

const freeBytes = async (path: string): Promise<number> => {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
};

async function isInMemory(path: string): Promise<boolean> {
  // The drive of Windows PE itself; nothing else is called so there ("Windows PE", Microsoft: drive letters).
  if (process.platform === "win32") return /^x:/i.test(path);
  const { type } = await statfs(path);
  if (type === OVERLAYFS) return isMemoryAbove(path);
  return type === TMPFS || type === RAMFS;
}

/** The root of a rescue system is read-only, with a layer in memory above it (linux, overlayfs.rst). */
async function isMemoryAbove(path: string): Promise<boolean> {
  const mounts = (await readFile("/proc/self/mountinfo", "utf8")).split("\n");
  const point = (line: string) => line.split(" ")[4] ?? "";
  const covers = (folder: string) => folder === "/" || path === folder || path.startsWith(`${folder}/`);
  const own = mounts
    .filter((line) => covers(point(line)))
    .reduce((a, b) => (point(b).length >= point(a).length ? b : a), "");
  const upper = /upperdir=([^, ]+)/.exec(own)?.[1];
  if (upper === undefined) return false;
  const above = await statfs(upper).catch(() => undefined);
  return above !== undefined && [TMPFS, RAMFS].includes(above.type);
}
