import { LifeboatError } from "#base/errors.ts";
import { Job } from "#base/job.ts";
import { VERSION } from "#cli/version.ts";
import { CleanUp, type CleanUpOptions, type CleanUpReport } from "#imaging/repository/clean-up.ts";
import { keptPoints } from "#imaging/repository/kept-points.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import { openRepository, type Repository } from "#imaging/repository/repository.ts";
import { decideRetention, type Retention } from "#imaging/repository/retention.ts";
import type { FoundRepository, OnProgress, RetentionEngine } from "#pxe/console/retention.ts";

/** As `repo prune` has it: what is deleted can be undeleted for a day. */
const GRACE_SECONDS = 86_400;

/** What `repo prune` does, for the server. */
export const repositoryRetention: RetentionEngine = {
  async preview(found, rules) {
    return (await decide(await open(found), rules)).map(({ point: { name, createdAt }, reasons }) => ({
      ...{ name, createdAt, reasons: [...reasons] },
    }));
  },
  async apply(found, rules, confirm, run) {
    const repository = await open(found);
    const going = (await decide(repository, rules)).filter(({ reasons }) => reasons.length === 0);
    confirm(going.map(({ point }) => point.name));
    await refuseCapturing(repository);
    const writer = { program: "lifeboat", version: VERSION, platform: `${process.platform} ${process.arch}` };
    const points = going.map(({ point }) => point.path);
    const options = { points, graceSeconds: GRACE_SECONDS, unlock: undefined, recordKey: undefined, writer };
    const { deleted, freed, later, warnings } = await cleanUp(repository, options, run);
    return { deleted: deleted.map(pointName), freed, later, warnings: [...warnings] };
  },
};

/** @throws RETENTION_LOCKED, NOT_FOUND: another one is there now; REPOSITORY_NOT_FOUND */
async function open({ folder, id }: FoundRepository): Promise<Repository> {
  const repository = await openRepository(folder);
  if (repository.id !== id) throw new LifeboatError("NOT_FOUND", { what: `the repository ${id} in ${folder}` });
  if (repository.encrypted) throw new LifeboatError("RETENTION_LOCKED", { folder });
  return repository;
}

const decide = async (repository: Repository, rules: Retention) =>
  decideRetention(await keptPoints(repository, undefined, undefined), rules);

/** A clean-up may run beside a capture, but makes it wait for the disk, and frees nothing that it may need: so it comes after it. */
async function refuseCapturing(repository: Repository): Promise<void> {
  const capture = (await liveLeases(repository)).find(({ kind }) => kind === "capture");
  if (capture) throw new LifeboatError("REPOSITORY_CAPTURING", { folder: repository.folders.root, by: capture.host });
}

async function cleanUp(
  repository: Repository,
  options: CleanUpOptions,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<CleanUpReport> {
  signal.throwIfAborted();
  const job = new Job("clean-up", (stopped) => new CleanUp(repository, options, stopped).steps());
  const cancel = () => job.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    for await (const { phase, doneBytes, totalBytes } of job.events())
      onProgress({ phase, ratio: totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : undefined });
    return await job.result;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
