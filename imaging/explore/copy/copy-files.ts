import { lstat, mkdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { type CopyScan, type Job, scanJobs } from "#imaging/explore/copy/copy-scan.ts";
import type { Complaint } from "#imaging/explore/copy/cp-complaint.ts";
import { type Loss, lossesOf } from "#imaging/explore/copy/losses.ts";
import { copyNtfsAttributes } from "#imaging/explore/copy/ntfs-attributes.ts";
import type { ReplacedFiles } from "#imaging/explore/copy/replaced-files.ts";
import { MOST_NAMED, runCp } from "#imaging/explore/copy/run-cp.ts";
import { type Abilities, tryAbilities } from "#imaging/explore/copy/target-abilities.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import { type Place, resolvePlace } from "#imaging/explore/resolve-path.ts";
import { walk } from "#imaging/explore/walk.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

export interface CopyOptions {
  readonly overwrite?: boolean;
  readonly signal: AbortSignal;
}

/** A file that has no copy, or not all of it. Named as the user does. */
export interface Trouble {
  readonly name: string;
  readonly reason: string;
}

export interface CopyReport {
  readonly target: string;
  readonly entries: number;
  readonly bytes: number;
  readonly losses: readonly Loss[];
  /** What is damaged in the image. */
  readonly damaged: readonly Trouble[];
  /** What could not be copied for another reason. */
  readonly failed: readonly Trouble[];
  /** Copies that lack something which the target should have kept. */
  readonly incomplete: readonly Trouble[];
}

type CopyProgress = Progress<"copying">;

const TICK_MS = 200;
const PURPOSE = "copy files out of an image";

/**
 * Copies files and folders of an image, with all that the target can keep: by cp(1), which every system has, and which
 * keeps owners, permissions, ACLs, attributes, times, hard links and holes, and goes on past what cannot be read. A file
 * that it replaces is there until its copy is: where there is none in the end, it is put back.
 * @param paths as resolvePlace takes them
 * @param target a folder to copy into; or, of one path, the name of the copy
 * @throws NOT_FOUND, VOLUME_NOT_SHOWN, USAGE, COPY_EXISTS, CREATE_FAILED, TOOL_MISSING, TOOL_FAILED
 */
export async function* copyFiles(
  exploration: Exploration,
  paths: readonly string[],
  target: string,
  { overwrite = false, signal }: CopyOptions,
): AsyncGenerator<CopyProgress, CopyReport, undefined> {
  const { jobs, folder, into } = await planJobs(exploration, paths, target);
  const scan = await scanJobs(jobs, signal);
  const { count, names } = scan.existing;
  if (count > 0 && !overwrite) throw new LifeboatError("COPY_EXISTS", { target, count, first: names[0] ?? "" });
  const able = await tryAbilities(folder);
  const meter = new ProgressMeter<"copying">([{ phase: "copying", bytes: scan.bytes }]);
  yield meter.enter("copying");
  const options = { able, overwrite, source: exploration.folder, signal };
  const copy = runCp(jobs, into, options).catch(async (cause: unknown) => {
    await scan.replaced.putBackAll();
    throw cause;
  });
  const complaints = yield* measured(copy, exploration, meter, scan);
  const places = { jobs, folder: exploration.folder, replaced: scan.replaced };
  for (const complaint of complaints) await removeRest(complaint, places);
  if (!able.specialFiles && scan.specialFiles.count > 0) await removeSpecial(places, signal);
  await settle(complaints, places);
  const incomplete = able.ntfs ? await copyAllNtfs(jobs, signal) : [];
  await runTool("sync", ["--file-system", folder], PURPOSE);
  return reportOf({ target, scan, able, complaints, incomplete }, places);
}

async function planJobs(exploration: Exploration, paths: readonly string[], target: string) {
  const places: Place[] = [];
  for (const path of paths) {
    const place = await resolvePlace(exploration, path);
    if (!place)
      throw new LifeboatError("USAGE", { problem: "/ is no file of the image: name a volume, such as /2-ext4-root" });
    places.push(place);
  }
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const [first] = places;
  if (!isFolder && places.length > 1) throw new LifeboatError("NOT_FOUND", { what: `the folder ${target}` });
  if (isFolder || !first) {
    const jobs = places.map((place): Job => ({ place, target: join(target, basename(place.path)) }));
    const twice = jobs.find((job, i) => jobs.findIndex((other) => other.target === job.target) < i);
    if (twice) throw new LifeboatError("USAGE", { problem: `two of the paths end with ${basename(twice.target)}` });
    return { jobs, folder: target, into: target };
  }
  const folder = dirname(target);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw createError(folder, cause);
  });
  return { jobs: [{ place: first, target }], folder, into: undefined };
}

async function* measured<T>(
  work: Promise<T>,
  { source }: Exploration,
  meter: ProgressMeter<"copying">,
  { bytes }: CopyScan,
): AsyncGenerator<CopyProgress, T, undefined> {
  let running = true;
  const ended = work.finally(() => {
    running = false;
  });
  ended.catch(() => {}); // thrown at the end
  while (running) {
    await Promise.race([ended.catch(() => {}), sleep(TICK_MS)]);
    yield meter.at(Math.min(source.servedBytes, bytes));
  }
  return await ended;
}

interface Places {
  readonly jobs: readonly Job[];
  readonly folder: string;
  readonly replaced: ReplacedFiles;
}

/** What cp could read or write of a file stays, and would pass for the file. */
async function removeRest(complaint: Complaint, { jobs, replaced }: Places): Promise<void> {
  const copy = failedCopy(complaint, jobs);
  if (copy !== undefined && !(await replaced.isOld(copy))) await removeFile(copy);
}

/** The file of the target that is no whole copy. */
function failedCopy({ kind, path, text }: Complaint, jobs: readonly Job[]): string | undefined {
  const job = jobs.find(({ place }) => path === place.path || path.startsWith(`${place.path}/`));
  if (job) return kind === "unread" ? job.target + path.slice(job.place.path.length) : undefined;
  return /^error writing/.test(text) ? path : undefined;
}

/** Some file systems take a pipe or device and make a file of it. */
async function removeSpecial({ jobs, replaced }: Places, signal: AbortSignal): Promise<void> {
  const tests = ["!", "-type", "f", "!", "-type", "d", "!", "-type", "l"];
  for (const { place, target } of jobs)
    for await (const { path } of walk([place.path], { tests, signal })) {
      const copy = target + path.slice(place.path.length);
      if (!(await replaced.isOld(copy))) await removeFile(copy);
    }
}

async function removeFile(path: string): Promise<void> {
  const isFile = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) await rm(path, { force: true });
}

async function settle(complaints: readonly Complaint[], { jobs, replaced }: Places): Promise<void> {
  // With that many some have no name here, and a part of a file passes for its copy.
  if (complaints.length >= MOST_NAMED) return await replaced.putBackAll();
  const failed = new Set(complaints.map((complaint) => failedCopy(complaint, jobs)));
  await replaced.settle((path) => failed.has(path));
}

async function copyAllNtfs(jobs: readonly Job[], signal: AbortSignal): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const job of jobs.filter(({ place }) => place.volume.filesystem?.type === "ntfs"))
    for (const line of await copyNtfsAttributes(job, signal))
      troubles.push({ name: job.place.name, reason: line.replace(/^setfattr: /, "") });
  return troubles.slice(0, MOST_NAMED);
}

interface Outcome {
  readonly target: string;
  readonly scan: CopyScan;
  readonly able: Abilities;
  readonly complaints: readonly Complaint[];
  readonly incomplete: readonly Trouble[];
}

function reportOf(
  { target, scan, able, complaints, incomplete }: Outcome,
  { folder }: Pick<Places, "folder">,
): CopyReport {
  const troubles = (kind: Complaint["kind"]): Trouble[] =>
    complaints
      .filter((complaint) => complaint.kind === kind)
      .map(({ path, text }) => ({
        name: path.startsWith(`${folder}/`) ? path.slice(folder.length) : path,
        reason: text,
      }));
  return {
    ...{ target, entries: scan.entries, bytes: scan.bytes, losses: lossesOf(scan, able) },
    ...{ damaged: troubles("unread"), failed: troubles("uncopied"), incomplete: [...troubles("lost"), ...incomplete] },
  };
}
