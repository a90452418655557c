import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import type { CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import type { CaptureType } from "#imaging/image/manifest.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { type CheckReport, checkRepository } from "#imaging/repository/check.ts";
import { CleanUp, type CleanUpReport } from "#imaging/repository/clean-up.ts";
import { type RepairReport, repairRepository } from "#imaging/repository/repair.ts";
import { createRepository, keyOfRepository, openRepository } from "#imaging/repository/repository.ts";
import { runRestore } from "#imaging/restore/run-restore.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";
import { PASSWORD } from "#test/engine/fault/fault-disk.ts";
import { noise } from "#test/engine/image/workspace.ts";

export const WRITER = { program: "lifeboat", version: "0", platform: "linux x64" };

/** A password is derived once, as a program does that a user keeps open. */
const keys = new Map<string, Promise<Uint8Array>>();
export function unlock(path: string): Promise<Uint8Array> {
  const known = keys.get(path) ?? imageKeyOf(path, { kind: "password", text: PASSWORD });
  keys.set(path, known);
  return known;
}

export async function makeRepository(root: string, encrypted = false): Promise<string> {
  await createRepository(root, encrypted ? [{ kind: "password", text: PASSWORD }] : [], WRITER);
  return root;
}

/** A disk on which no two chunks are equal. */
export async function uniqueDisk(path: string, size: number, seed = 1): Promise<string> {
  await writeFile(path, noise(size, seed));
  return path;
}

/** Runs an operation to its end. */
export async function toEnd<R>(steps: AsyncGenerator<unknown, R, undefined>): Promise<R> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

/** The error of an operation that must fail with one of ours; undefined when it ends well. */
export async function failure(running: Promise<unknown>): Promise<LifeboatError | undefined> {
  try {
    await running;
    return undefined;
  } catch (error) {
    if (isLifeboatError(error)) return error;
    throw error;
  }
}

const never = (): AbortSignal => new AbortController().signal;
let points = 0;

type More = Partial<CaptureRequest> & { readonly type?: CaptureType };

/** Level "none" makes packs of about the size of what is new. */
export async function requestFor(root: string, disk: string, more: More = {}): Promise<CaptureRequest> {
  const { type, ...rest } = more;
  const { encrypted } = await openRepository(root);
  return {
    disk: await findDisk(disk),
    to: join(root, "points", `point-${String(++points).padStart(3, "0")}.lbi`),
    point: { host: "test", ...(type && { type }) },
    level: "none",
    raw: false,
    name: "test",
    note: "",
    writerVersion: "0",
    checkpointBytes: 4 << 20,
    ...(encrypted && { credentials: [{ kind: "password", text: PASSWORD }] }),
    ...rest,
  };
}

export const captureInto = async (root: string, disk: string, more: More = {}): Promise<CaptureReport> =>
  toEnd(captureDisk(await requestFor(root, disk, more), never()));

export interface PruneRequest {
  readonly points?: readonly string[];
  readonly graceSeconds?: number;
}

export async function prune(root: string, { points: going = [], graceSeconds = 0 }: PruneRequest = {}) {
  const repository = await openRepository(root);
  const recordKey = await keyOfRepository(repository, unlock);
  const options = { points: going, graceSeconds, unlock, recordKey, writer: WRITER };
  return await toEnd<CleanUpReport>(new CleanUp(repository, options, never()).steps());
}

export async function check(root: string, readData = false): Promise<CheckReport> {
  const repository = await openRepository(root);
  const recordKey = await keyOfRepository(repository, unlock);
  return await toEnd(checkRepository(repository, { unlock, recordKey, readData }, never()));
}

export async function repair(root: string, readData = false): Promise<RepairReport> {
  const repository = await openRepository(root);
  const recordKey = await keyOfRepository(repository, unlock);
  return await toEnd(repairRepository(repository, { recordKey, readData }, never()));
}

export const verify = (point: string) => toEnd(verifyImage(point, { unlock, onDamage: () => {} }, never()));

/** @param target a raw file, which is overwritten */
export async function restore(point: string, target: string, salvage = false) {
  const image = await openImage(point, { unlock });
  const plan = planRestore(image, await findDisk(target), {}, { verifyTarget: false, salvage });
  return await toEnd(runRestore(plan, { unlock })(never()));
}

/** Names below a folder of the repository, with their sizes. */
export async function filesIn(root: string, folder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      found[path.slice(root.length + 1)] = (await stat(path)).size;
    }
  return found;
}

/** Paths of all packs. */
export const packsOf = async (root: string): Promise<string[]> =>
  Object.keys(await filesIn(root, "packs"))
    .sort()
    .map((name) => join(root, name));

export const sumOf = (files: Readonly<Record<string, number>>): number =>
  Object.values(files).reduce((sum, size) => sum + size, 0);
