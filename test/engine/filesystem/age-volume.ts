import {
  closeSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { run } from "#test/engine/filesystem/volume-image.ts";

/** How the volume is left: filled to about 95 %, with a third of that deleted again, or with nearly all of it deleted. */
export type AgedState = "full" | "fragmented" | "emptied";

interface Aging {
  readonly root: string;
  /** [0, 1), the same numbers for the same seed. */
  readonly random: () => number;
  /** Bytes that neither compress nor repeat, to cut contents from. */
  readonly pool: Uint8Array;
  readonly files: string[];
  made: number;
}

/**
 * Ages a mounted file system: files of many sizes, rewritten in the middle, grown side by side, cut, punched with
 * holes, linked, renamed and deleted, round by round. What it does follows from the seed and from how full the volume
 * gets. Links and holes are left out where the file system refuses them. Ends with a sync of the file system.
 */
export function ageVolume(folder: string, seed: number, rounds: number, end: AgedState = "fragmented"): void {
  const random = numbers(seed);
  const pool = Uint8Array.from({ length: 1 << 20 }, () => Math.floor(random() * 256));
  const aging: Aging = { root: folder, random, pool, files: [], made: 0 };
  for (let i = 0; i < 12; i++) mkdirSync(join(folder, ...directory(i)), { recursive: true });
  for (let round = 0; round < rounds; round++) {
    fill(aging, 0.45 + 0.3 * random());
    for (let i = 0; i < 40; i++) change(aging);
    run("sync", "-f", folder);
    remove(aging, 0.3);
  }
  fill(aging, 0.95);
  if (end === "fragmented") remove(aging, 0.33);
  if (end === "emptied") remove(aging, 0.93);
  run("sync", "-f", folder);
}

/** mulberry32: small, and good enough to choose files by. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const directory = (n: number): string[] => [["red"], ["red", "green"], ["blue", `shelf ${n % 12}`]][n % 3] ?? [];

const pick = (aging: Aging, count: number) => Math.floor(aging.random() * count);

/** Small files in plenty, and large ones by the volume's size, until `fullness` of it is used. */
function fill(aging: Aging, fullness: number): void {
  for (let i = 0; i < 150; i++) if (!create(aging, pick(aging, 6000))) return;
  for (let n = 0; n < 400; n++) {
    const { blocks, bavail, bsize } = statfsSync(aging.root);
    const room = (bavail - blocks * (1 - fullness)) * bsize;
    if (room < 64 << 10) return;
    const size = 4096 * 2 ** (aging.random() * Math.log2(Math.max(2, room / 3 / 4096)));
    if (!create(aging, Math.floor(size))) return;
  }
}

/** @returns false when the volume is full. */
function create(aging: Aging, size: number): boolean {
  const n = aging.made++;
  const path = join(aging.root, ...directory(pick(aging, 36)), `file ${n} of ${size} bytes`);
  aging.files.push(path);
  return write(aging, path, "w", 0, size);
}

/** Every third stretch of 256 KiB compresses well; no two stretches are alike. */
function write(aging: Aging, path: string, flags: "w" | "r+", from: number, length: number): boolean {
  const fd = openSync(path, flags);
  try {
    for (let at = from; at < from + length; ) {
      const want = Math.min(1 << 18, from + length - at);
      const start = pick(aging, aging.pool.length - want + 1);
      const dull = Buffer.from(`${at} of ${aging.made};`.repeat(1 + want / 7));
      const piece = pick(aging, 3) === 0 ? dull : aging.pool.subarray(start);
      at += writeSync(fd, piece, 0, want, at);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return false;
    throw error;
  } finally {
    closeSync(fd);
  }
}

function change(aging: Aging): void {
  const index = pick(aging, aging.files.length);
  const path = aging.files[index];
  if (path === undefined) return;
  const { size } = statSync(path);
  const middle = pick(aging, size + 1);
  const actions: (() => unknown)[] = [
    () => write(aging, path, "r+", middle, Math.min(size - middle, 300_000)),
    () => write(aging, path, "r+", size, pick(aging, 400_000)),
    () => growSideBySide(aging, path),
    () => write(aging, path, "r+", size + pick(aging, 3_000_000), 5000),
    () => allowed(() => run("fallocate", "--punch-hole", "--offset", `${middle}`, "--length", "200000", path)),
    () => allowed(() => run("fallocate", "--keep-size", "--length", `${size + 150_000}`, path)),
    () => resize(path, middle),
    () => allowed(() => link(aging, path)),
    () => allowed(() => symlinkSync(path.slice(aging.root.length), join(aging.root, `symlink ${aging.made++}`))),
    () => rename(aging, index, path),
  ];
  actions[pick(aging, actions.length)]?.();
}

/** Two files that grow in turns lie between each other's pieces. */
function growSideBySide(aging: Aging, path: string): void {
  const other = aging.files[pick(aging, aging.files.length)];
  for (let turn = 0; turn < 8; turn++)
    for (const file of [path, other]) {
      if (!file || !write(aging, file, "r+", statSync(file).size, 20_000)) return;
      run("sync", "-d", file);
    }
}

function resize(path: string, size: number): void {
  const fd = openSync(path, "r+");
  ftruncateSync(fd, size);
  closeSync(fd);
}

const newName = (aging: Aging, kind: string) =>
  join(aging.root, ...directory(pick(aging, 36)), `${kind} ${aging.made++}`);

function link(aging: Aging, path: string): void {
  const name = newName(aging, "link");
  linkSync(path, name);
  aging.files.push(name);
}

function rename(aging: Aging, index: number, path: string): void {
  const name = newName(aging, "renamed");
  renameSync(path, name);
  aging.files[index] = name;
}

/** FAT has no links, and not every driver punches holes; a full volume refuses to preallocate. */
function allowed(action: () => unknown): void {
  try {
    action();
  } catch {}
}

function remove(aging: Aging, share: number): void {
  const kept = aging.files.filter((path) => {
    const goes = aging.random() < share;
    if (goes) rmSync(path, { force: true });
    return !goes;
  });
  aging.files.splice(0, aging.files.length, ...kept);
}
