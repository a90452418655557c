import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { rebuild } from "#imaging/resize/rebuild.ts";
import type { Resizer, VolumeFile } from "#imaging/resize/resizer.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { describeTree } from "#test/engine/explore/describe-tree.ts";
import { fillPosix } from "#test/engine/explore/rich-volumes.ts";
import { ageVolume } from "#test/engine/filesystem/age-volume.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { blkid, emptyImage, fileVolume, run } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";

export const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
export const MIB = 1 << 20;

export const volumeFile = (path: string, sectorSize = 512): VolumeFile => ({
  ...{ path, sectorSize },
  size: statSync(path).size,
});

export function resizer(type: FilesystemType): Resizer {
  const found = resizerOf(type);
  if (!found) throw new Error(`nothing resizes ${type}`);
  return found;
}

/** As a restore would do it: the volume has the room of the larger size while it works, and is cut to the new one. */
export async function bringTo(type: FilesystemType, path: string, size: number, signal?: AbortSignal): Promise<void> {
  const before = statSync(path).size;
  if (size > before) truncateSync(path, size);
  await resizer(type).resize(volumeFile(path), size, signal);
  truncateSync(path, size);
}

/** What fillPosix() makes, small files in deep folders, and files in pieces; in the long run, years of use too. */
export function fillRich(root: string, seed: number): void {
  fillPosix(root);
  const deep = join(root, ...Array.from({ length: 30 }, (_, i) => `level ${i}`));
  mkdirSync(deep, { recursive: true });
  for (let i = 0; i < 400; i++) writeFileSync(join(deep, `small ${i}`), `${i}\n`.repeat(i % 50));
  if (FULL) ageVolume(root, seed, 1, "emptied");
  else fillInPieces(join(root, "pieces"), seed);
}

/** Files that lie in the gaps which others have left, from one end of the volume to the other. */
export function fillInPieces(folder: string, seed: number): void {
  mkdirSync(folder);
  const bytes = noise(1 << 20, seed);
  const { bavail, bsize } = statfsSync(folder);
  const many = Math.min(600, Math.floor((bavail * bsize * 0.8) / 60_000));
  const name = (i: number) => join(folder, `spread ${i}`);
  for (let i = 0; i < many; i++) writeFileSync(name(i), bytes.subarray(i * 100, i * 100 + 60_000));
  run("sync", "--file-system", folder);
  for (let i = 0; i < many; i++) if (i % 3 > 0) rmSync(name(i));
  run("sync", "--file-system", folder);
  for (let i = 0; i < 4; i++) writeFileSync(join(folder, `in pieces ${i}`), bytes.subarray(i * 777));
  for (let i = 0; i < many; i += 9) rmSync(name(i));
}

/** Everything there is to know of the files, and what blkid says. */
export function stateOf(path: string, options = "ro"): Record<string, unknown> {
  return { ...blkid(path), ...withMount(path, options, describeTree) };
}

/** Of all that is not zero, with its places: most of these files is holes. */
export function hashOf(path: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(MIB);
  const zeros = Buffer.alloc(MIB);
  const fd = openSync(path, "r");
  try {
    for (let at = 0, got = -1; got !== 0; at += got) {
      got = readSync(fd, piece, 0, MIB, at);
      if (piece.compare(zeros, 0, got, 0, got) !== 0) hash.update(`${at}\n`).update(piece.subarray(0, got));
    }
    return hash.update(`${statSync(path).size}`).digest("hex");
  } finally {
    closeSync(fd);
  }
}

/** Mounts of ours, and loop devices over the file. */
export function leftOf(path: string): string[] {
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const loops = run("losetup", "--noheadings", "--output", "BACK-FILE").split("\n");
  const root = "/run/lifeboat/resize";
  const folders = (existsSync(root) ? readdirSync(root) : []).filter((name) => name.startsWith(`${process.pid}@`));
  return [
    ...mounts.filter((line) => line.includes(`${root}/${process.pid}@`)),
    ...loops.filter((line) => line.trim() === path),
    ...folders,
  ];
}

/**
 * What is aborted once it has worked for a moment ends with the reason, and leaves nothing mounted. A quick machine may
 * have finished by then, but never within the few milliseconds that each caller starts with.
 */
export async function expectAborted(path: string, afterMs: number, work: (signal: AbortSignal) => Promise<unknown>) {
  const controller = new AbortController();
  const reason = new Error("enough");
  const working = work(controller.signal).then(
    () => "finished",
    (error: unknown) => error,
  );
  await Promise.race([working, sleep(afterMs)]);
  controller.abort(reason);
  const end = await working;
  if (end === "finished") expect(afterMs).toBeGreaterThan(5);
  else expect(end).toBe(reason);
  expect(leftOf(path)).toEqual([]);
}

/** What a rebuild is told of the source. */
export async function lookAt(path: string): Promise<Filesystem> {
  using volume = fileVolume(path);
  const found = await detectFilesystem(volume);
  if (!found) throw new Error(`nothing is in ${path}`);
  return found;
}

/** Into a new file beside it. @returns its path */
export async function rebuilt(path: string, size: number, sectorSize = 512, signal?: AbortSignal): Promise<string> {
  const target = emptyImage(`${path}.${size}.${sectorSize}`, size);
  const source = volumeFile(path);
  await rebuild(source, volumeFile(target, sectorSize), await lookAt(path), signal ?? new AbortController().signal);
  return target;
}
