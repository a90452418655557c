import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { MendWish } from "#imaging/mend/mend.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { PlanTarget } from "#imaging/plan/plan-target.ts";
import { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { removeError } from "#imaging/system/file-errors.ts";
import { processIdentity } from "#imaging/system/process-identity.ts";

const Verification = z.object({
  kind: z.literal("verify"),
  image: z.string(),
  quick: z.boolean().optional(),
  /** Nothing but damage is lost when this is: a verification can begin anew. */
  checkpoint: z
    .object({ rootHash: z.string(), chunks: z.int(), damaged: z.int(), first: z.string().optional() })
    .optional(),
});

/** A disk is written, and the systems on it are not ready to start yet. */
const Mending = z.object({
  kind: z.literal("mend"),
  target: PlanTarget,
  wish: MendWish,
  /** That it is for, where it is another one than this. */
  machine: MachineHardware.optional(),
});

/** What is needed to go on with a job. A capture has its journal beside the image, a restore the marker on its target. */
const Work = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("capture"), journal: z.string() }),
  z.object({ kind: z.literal("restore"), plan: RestorePlan, bytesPerSecond: z.number() }),
  Verification,
  Mending,
]);
export type Work = z.infer<typeof Work>;
export type MendWork = z.infer<typeof Mending>;

export const StoredJob = z.object({
  format: z.literal("lifeboat-job/1"),
  id: z.string(),
  /** For people: "capture of /dev/sda into /mnt/office.lbi". */
  what: z.string(),
  startedAt: z.iso.datetime(),
  /** The process that runs it, or ran it: processIdentity. */
  process: z.string(),
  work: Work,
});
export type StoredJob = z.infer<typeof StoredJob>;

/** Jobs that were begun and are not done: one small file each, removed when its job ends for good. */
export class JobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes a job. A folder that cannot be written is no reason not to run it. @returns its id */
  async begin(what: string, work: Work): Promise<string> {
    const id = `job-${randomBytes(4).toString("hex")}`;
    const startedAt = new Date().toISOString();
    await this.#write({ format: "lifeboat-job/1", id, what, startedAt, process: await ownIdentity(), work });
    return id;
  }

  /** Keeps what is needed to go on from here. */
  async update(id: string, work: Work): Promise<void> {
    const job = await this.find(id).catch(() => undefined);
    if (job) await this.#write({ ...job, process: await ownIdentity(), work });
  }

  /** @throws REMOVE_FAILED */
  async end(id: string): Promise<void> {
    await rm(this.#path(id), { force: true }).catch((cause: unknown) => {
      throw removeError(this.#path(id), cause);
    });
  }

  /** @throws NOT_FOUND */
  async find(id: string): Promise<StoredJob> {
    const found = /^job-[0-9a-f]{8}$/.test(id) ? await this.#read(`${id}.json`) : undefined;
    if (!found) throw new LifeboatError("NOT_FOUND", { what: `the job ${id}` });
    return found;
  }

  /** Those whose process is gone, the newest first. */
  async interrupted(): Promise<StoredJob[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const jobs = await Promise.all(names.filter((name) => name.endsWith(".json")).map((name) => this.#read(name)));
    const ended: StoredJob[] = [];
    for (const job of jobs) if (job && !(await this.isRunning(job))) ended.push(job);
    return ended.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  async isRunning(job: StoredJob): Promise<boolean> {
    return (await processIdentity(Number(job.process.split("@")[0]))) === job.process;
  }

  async #read(name: string): Promise<StoredJob | undefined> {
    try {
      return StoredJob.parse(JSON.parse(await readFile(join(this.#folder, name), "utf8")));
    } catch {
      return undefined; // half written, or of another version: nothing to go on from
    }
  }

  async #write(job: StoredJob): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.#path(job.id), JSON.stringify(job));
    } catch {
      // A read-only or full system can still rescue a disk.
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

const ownIdentity = async (): Promise<string> => (await processIdentity(process.pid)) ?? "";
