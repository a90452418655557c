import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { sourceOf } from "#imaging/repository/cache.ts";
import { timeOfFolder } from "#imaging/repository/folder-time.ts";
import { namesIfThere } from "#imaging/repository/names-in.ts";
import { readSmall } from "#imaging/repository/read-small.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { bootIdentity } from "#imaging/system/boot-identity.ts";
import { errnoName } from "#imaging/system/errno.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { processIdentity } from "#imaging/system/process-identity.ts";

/** Who is at work in a repository. A file of its own, for locks do not work alike on all network file systems. */
const LeaseFile = z.object({
  id: z.uuid(),
  kind: z.enum(["capture", "read", "clean-up"]),
  /** What it reads or writes: the name of a point. */
  point: z.string().optional(),
  /** Name of its computer, for people. */
  host: z.string(),
  /** bootIdentity there: only who has the same one can tell whether the process has ended. */
  boot: z.string().optional(),
  /** processIdentity there. */
  process: z.string(),
  startedAt: z.iso.datetime(),
});
export type LeaseInfo = z.infer<typeof LeaseFile>;

export interface Lease extends AsyncDisposable {
  readonly id: string;
  /** Whether nobody took it for dead and away. */
  isHeld(): Promise<boolean>;
  /** Makes it anew. All that was condemned meanwhile may go at any time. */
  renew(): Promise<void>;
}

const BEAT_MS = 60_000;
/** Sixty beats missed: the computer was switched off, or has lost the repository for an hour. */
const STALE_MS = 3_600_000;
/** A lease has some hundred. */
const MOST_BYTES = 1 << 16;

/**
 * Says that this process is at work, for as long as it is. @returns undefined for a reader who cannot write: he cannot be
 * seen, and relies on the time of grace. @throws CREATE_FAILED, SPACE_EXHAUSTED for everybody else
 */
export async function takeLease(repository: Repository, kind: "read", point?: string): Promise<Lease | undefined>;
export async function takeLease(repository: Repository, kind: LeaseInfo["kind"], point?: string): Promise<Lease>;
export async function takeLease(
  { folders }: Repository,
  kind: LeaseInfo["kind"],
  point?: string,
): Promise<Lease | undefined> {
  // What is written into a cache is gone when it is brought up to date.
  if (kind !== "read" && (await sourceOf(folders.root)))
    throw new LifeboatError("USAGE", { problem: `${folders.root} is a cache: name the repository that it is of` });
  const id = randomUUID();
  const path = join(folders.leases, `${id}.json`);
  const identity = (await processIdentity(process.pid)) ?? "";
  const boot = await bootIdentity();
  const info: LeaseInfo = { id, kind, host: hostname(), boot, process: identity, startedAt: new Date().toISOString() };
  const text = JSON.stringify({ ...info, point });
  try {
    await mkdir(folders.leases, { recursive: true });
    await writeAtomically(path, text); // after a power cut it is there or not, and never empty
  } catch (cause) {
    if (kind === "read") return undefined;
    throw createError(path, cause);
  }
  // The time of last change is the file server's: clocks of computers differ.
  const beat = setInterval(() => void touch(path, text), BEAT_MS);
  beat.unref();
  return {
    id,
    isHeld: () => exists(path),
    renew: () =>
      writeAtomically(path, text).catch((cause: unknown) => {
        throw createError(path, cause);
      }),
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      await rm(path, { force: true }).catch(() => {}); // a medium that is gone: others see it stale in an hour
    },
  };
}

/**
 * Those that may still be at work. Dead ones are removed, so that their owners notice if they are not.
 * @throws OPEN_FAILED
 */
export async function liveLeases({ folders }: Repository): Promise<LeaseInfo[]> {
  const live: LeaseInfo[] = [];
  const here = { now: await timeOfFolder(folders.leases), boot: await bootIdentity() };
  for (const name of await namesIfThere(folders.leases)) {
    if (/\.(now|new)$/.test(name)) await removeOld(join(folders.leases, name), here.now);
    const id = name.replace(/\.json$/, "");
    if (id === name || !LeaseFile.shape.id.safeParse(id).success) continue;
    const path = join(folders.leases, name);
    const info = await readLease(path, id);
    if (!info) continue;
    if (await isAlive(info, path, here)) live.push(info);
    else await rm(path, { force: true }).catch(() => {});
  }
  return live;
}

/** @returns undefined when it ended just now. One that cannot be read counts as what is most careful, until it is old */
async function readLease(path: string, id: string): Promise<LeaseInfo | undefined> {
  try {
    const info = LeaseFile.parse(JSON.parse((await readSmall(path, MOST_BYTES)).toString("utf8")));
    if (info.id === id) return info;
  } catch (cause) {
    if (errnoName(cause) === "ENOENT") return undefined;
  }
  return { id, kind: "capture", host: "a computer that cannot be told", process: "", startedAt: "" };
}

async function isAlive(
  info: LeaseInfo,
  path: string,
  { now, boot }: { now: number | undefined; boot: string },
): Promise<boolean> {
  if (boot !== "" && info.boot === boot)
    return (await processIdentity(Number(info.process.split("@")[0]))) === info.process;
  const found = await stat(path).catch((cause: unknown) => (errnoName(cause) === "ENOENT" ? undefined : "unknown"));
  if (found === undefined) return false;
  // Who cannot be held against a clock is not called dead.
  return found === "unknown" || now === undefined || now - found.mtimeMs < STALE_MS;
}

/** What a kill has left of a look at the clock, or of a lease that was being made. */
async function removeOld(path: string, now: number | undefined): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && now !== undefined && now - found.mtimeMs > STALE_MS) await rm(path, { force: true }).catch(() => {});
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Written anew, and only when it is there: utimes(2) would bring the time of our own clock. */
async function touch(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "r+" }).catch(() => {});
}
