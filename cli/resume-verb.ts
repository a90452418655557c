import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { formatTime } from "#base/units.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { runVerify } from "#cli/image-verbs.ts";
import { passwordFileOption, waitOption } from "#cli/options.ts";
import { type Output, table } from "#cli/output.ts";
import { pairingOf } from "#cli/pairing-code.ts";
import { type Environment, passwordOf, readPassword } from "#cli/password-input.ts";
import { resumeMend } from "#cli/resume-mend.ts";
import { runCapture } from "#cli/run-capture.ts";
import { runConfirmed } from "#cli/run-plan.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { readKeyFiles, resizeUnlockOption, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { journalPath, readJournal } from "#imaging/capture/capture-journal.ts";
import { finishedBefore } from "#imaging/capture/finished-before.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore, type StoredJob } from "#imaging/job/job-store.ts";

interface ResumeOptions extends UnlockOptions, VolumeKeyOptions {
  wait: number;
  forget?: boolean;
}

interface Context {
  readonly options: ResumeOptions;
  readonly environment: Environment;
  readonly store: JobStore;
  readonly output: Output;
}

export function addResumeVerb(program: Command, environment: Environment): void {
  verb(program, "resume", "go on with a job that was interrupted; without a name, list those jobs")
    .argument("[job]", "a job's id, the image of an unfinished capture, or its .job file")
    .option("--forget", "do not go on: take the job off the list; its files stay where they are")
    .addOption(resizeUnlockOption())
    .addOption(passwordFileOption())
    .addOption(waitOption())
    .action(async (name: string | undefined, options: ResumeOptions, command: Command) => {
      const output = outputOf(command);
      const store = new JobStore(environment.stateFolder);
      if (name === undefined) {
        if (options.forget) throw new LifeboatError("USAGE", { problem: "--forget needs the job's id" });
        return list(await store.interrupted(), output);
      }
      if (options.forget) return forget(await store.find(name), store, output);
      const context = { options, environment, store, output };
      const journal = await journalOf(name);
      const stored = (await store.interrupted()).find(
        ({ work }) => work.kind === "capture" && work.journal === journal,
      );
      if (journal) return resumeCapture(journal, stored?.id, context);
      if (await isImage(name)) return alreadyWhole(resolve(name), output);
      const job = await store.find(name).catch((cause: unknown) => {
        throw new LifeboatError("NOT_FOUND", { what: `an unfinished job or capture called ${name}` }, { cause });
      });
      if (await store.isRunning(job)) throw new LifeboatError("JOB_BUSY", { device: placeOf(job) });
      return resumeStored(job, context);
    });
}

function list(jobs: readonly StoredJob[], output: Output): void {
  const rows = jobs.map(({ id, startedAt, what }) => [id, formatTime(startedAt), what]);
  output.result(jobs, () => (jobs.length > 0 ? table([["JOB", "BEGUN", "WHAT"], ...rows]) : "no interrupted jobs"));
}

async function forget(job: StoredJob, store: JobStore, output: Output): Promise<void> {
  if (await store.isRunning(job)) throw new LifeboatError("JOB_BUSY", { device: placeOf(job) });
  await store.end(job.id);
  output.result({ forgotten: job.id }, () => `${job.id} is off the list: ${job.what}`);
}

/** The journal beside an unfinished image, when that is what was named. */
async function journalOf(name: string): Promise<string | undefined> {
  for (const path of [name, journalPath(name), name.replace(/\.partial$/, ".job")].map((path) => resolve(path)))
    if (path.endsWith(".job") && (await stat(path).catch(() => undefined))?.isFile()) return path;
  return undefined;
}

const placeOf = ({ work }: StoredJob): string => {
  if (work.kind === "capture") return work.journal.replace(/\.job$/, "");
  if (work.kind === "mend") return work.target.name;
  return work.kind === "restore" ? work.plan.target.name : work.image;
};

async function resumeStored({ id, work, what }: StoredJob, context: Context): Promise<void> {
  const { options, environment, store, output } = context;
  const unlock = unlockWith(options, environment);
  switch (work.kind) {
    case "capture":
      return resumeCapture(work.journal, id, context);
    case "restore": {
      const volumeKeys = await readKeyFiles(options.unlock);
      const pairing = await pairingOf(work.plan, environment);
      const run = { bytesPerSecond: work.bytesPerSecond, waitSeconds: options.wait, unlock, volumeKeys, ...pairing };
      return runConfirmed(work.plan, run, id, { store, output });
    }
    case "verify": {
      const request = { path: work.image, quick: work.quick === true, waitSeconds: options.wait, unlock };
      return runVerify(request, { id, checkpoint: work.checkpoint }, { store, output });
    }
    case "mend":
      return resumeMend({ id, what, work }, await readKeyFiles(options.unlock), { store, output });
  }
}

/** A file that has an image's own name is never unfinished. */
const isImage = (name: string): Promise<boolean> =>
  readHeader(name).then(
    () => !name.endsWith(".partial"),
    () => false,
  );

const alreadyWhole = (image: string, output: Output): void =>
  output.result({ kind: "capture", image, finishedBefore: true }, () => `${image} is whole already.`);

async function resumeCapture(path: string, id: string | undefined, context: Context): Promise<void> {
  const { options, environment, store, output } = context;
  // The medium may be mounted elsewhere now: the image is beside its journal.
  const journal = { ...(await readJournal(path)), image: path.replace(/\.job$/, "") };
  const { request, image } = journal;
  if (await finishedBefore(journal)) {
    if (id !== undefined) await store.end(id);
    return alreadyWhole(image, output);
  }
  const disk = await findDisk(journal.diskId, { sectorSize: request.sectorSize });
  const text = journal.encrypted
    ? await readPassword({
        what: passwordOf(journal.image),
        option: "--password-file",
        file: options.passwordFile,
        environment: environment.password,
      })
    : undefined;
  const resumed = {
    ...request,
    disk,
    to: journal.image,
    writerVersion: VERSION,
    volumeSize: journal.volumeSize,
    unlock: await readKeyFiles(request.unlock),
    waitSeconds: options.wait,
    ...(request.type && { point: { type: request.type, host: hostname() } }),
    ...(text !== undefined && { credentials: [{ kind: "password", text } as const] }),
  };
  if (request.raw && disk.kind !== "file" && disk.id !== journal.diskId)
    throw new LifeboatError("SOURCE_CHANGED", { source: disk.path });
  await runCapture(resumed, { journal, id }, { store, output });
}
