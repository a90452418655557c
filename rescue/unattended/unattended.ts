import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import type { UnattendedRequest, UnattendedState } from "#rescue/api/unattended-contract.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import type { PowerAction } from "#rescue/power/power-actions.ts";
import { chooseTarget } from "#rescue/unattended/choose-target.ts";
import type { DoneBook } from "#rescue/unattended/done-book.ts";
import { doubtsOf } from "#rescue/unattended/doubts.ts";
import { findImage, type WantedImage } from "#rescue/unattended/find-image.ts";
import { planArguments, runArguments } from "#rescue/unattended/restore-arguments.ts";
import type { CommandResult, RunLifeboat } from "#rescue/unattended/run-command.ts";

export interface UnattendedDeps {
  readonly plan: UnattendedPlan;
  readonly countdownSeconds: number;
  readonly images: {
    rescan(): Promise<readonly FoundImage[]>;
    open(imageId: string): Promise<{ readonly path: string }>;
    release(diskId: string): Promise<void>;
  };
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly jobs: Pick<JobRegistry, "claim" | "busyDisk">;
  readonly lifeboat: RunLifeboat;
  readonly power: (action: PowerAction) => Promise<void>;
  readonly done: DoneBook;
  /** Folder for the plan, in memory. */
  readonly folder: string;
  readonly mark: (what: string) => Promise<void>;
  readonly log: Log;
  /** Milliseconds of a second; tests have shorter ones. */
  readonly second?: number;
}

/** Seconds between two looks for the image and the disk, and after which nobody waits any longer. */
const LOOK_AGAIN = 3;
const LONGEST_WAIT = 600;
/** Before the computer restarts or shuts down. */
const GRACE = 15;

type Phase = UnattendedState["phase"];
interface Ready {
  readonly plan: RestorePlan;
  readonly file: string;
  readonly imageDiskId: string;
}

/** A reason to do nothing by itself, for people. */
class Doubt extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("; "));
    this.lines = lines;
  }
}

/**
 * What the medium does by itself: image and disk are looked for, a plan is made of the template, a countdown lets everybody see it and
 * stop it, the plan runs. Any doubt stops it before anything is written: what it does not do, a person can still do by hand.
 */
export class Unattended implements AsyncDisposable {
  readonly #deps: UnattendedDeps;
  readonly #stop = new AbortController();
  #phase: Phase = "waiting";
  #title: string;
  #lines: readonly string[] = ["Looking for the image and the disk"];
  #secondsLeft: number | undefined;
  #isHeld = false;
  #work: Promise<void> | undefined;

  constructor(deps: UnattendedDeps) {
    this.#deps = deps;
    this.#title = printable(`Restore ${deps.plan.restore.image}`);
  }

  view(): UnattendedState {
    return {
      ...{ phase: this.#phase, title: this.#title, lines: this.#lines.map(printable), isHeld: this.#isHeld },
      ...(this.#secondsLeft !== undefined && { secondsLeft: this.#secondsLeft }),
      afterwards: this.#deps.plan.afterwards,
    };
  }

  start(): void {
    this.#work ??= this.#run();
  }

  steer({ action }: UnattendedRequest): UnattendedState {
    if (action === "stop") this.#stopNow();
    if (this.#phase === "countdown") {
      if (action === "hold" || action === "go-on") this.#isHeld = action === "hold";
      if (action === "begin") [this.#secondsLeft, this.#isHeld] = [0, false];
    }
    return this.view();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { log, mark } = this.#deps;
    try {
      const ready = await this.#prepare();
      await mark("unattended countdown");
      await this.#countDown(this.#deps.countdownSeconds, "countdown");
      await this.#restore(ready);
      await mark("unattended done");
      await this.#afterwards();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const lines = error instanceof Doubt ? error.lines : [String((error as Error).message ?? error)];
      log.error({ err: error, lines }, "the unattended restore has stopped");
      this.#show(this.#phase === "running" ? "failed" : "stopped", lines);
      await mark(`unattended ${this.#phase}`);
    }
  }

  #stopNow(): void {
    const { log, mark } = this.#deps;
    if (this.#stop.signal.aborted || ["failed", "stopped"].includes(this.#phase)) return;
    log.info({ phase: this.#phase }, "the unattended restore was stopped");
    this.#stop.abort();
    if (this.#phase === "done") {
      this.#show("done", this.#lines); // only the computer stays on
      return;
    }
    const [phase, line]: [Phase, string] =
      this.#phase === "running"
        ? [
            "failed",
            "Somebody stopped it while the disk was written: the disk does not start until it is restored again.",
          ]
        : ["stopped", "Somebody stopped it."];
    if (this.#phase === "running") void mark("job cancelled");
    this.#show(phase, [line]);
    void mark(`unattended ${phase}`);
  }

  #show(phase: Phase, lines: readonly string[]): void {
    [this.#phase, this.#lines, this.#secondsLeft, this.#isHeld] = [phase, lines, undefined, false];
  }

  /** Shares come up, disks spin up, sticks are put in: what is not there yet is looked for again. */
  async #prepare(): Promise<Ready> {
    const { plan, images, listDisks, jobs } = this.#deps;
    for (let waited = 0; ; waited += LOOK_AGAIN) {
      if (jobs.busyDisk() !== undefined) throw new Doubt(["Somebody has begun another job."]);
      const image = findImage(plan.restore, await images.rescan());
      if ("reason" in image) throw new Doubt([image.reason]);
      if ("path" in image) {
        const target = chooseTarget(await listDisks(), plan.restore.to, image.diskId);
        if ("disk" in target) return this.#plan(image, target.disk);
        this.#lines = [target.reason];
      } else this.#lines = [image.waits];
      if (waited >= LONGEST_WAIT) throw new Doubt(this.#lines);
      await this.#wait(LOOK_AGAIN);
    }
  }

  async #plan(image: Extract<WantedImage, { path: string }>, target: Disk): Promise<Ready> {
    const { plan: template, images, lifeboat, folder } = this.#deps;
    this.#title = printable(`Restore ${template.restore.image} onto ${diskName(target)}, ${formatBytes(target.size)}`);
    this.#lines = ["Making the plan"];
    const path = image.imageId === undefined ? image.path : (await images.open(image.imageId)).path;
    await images.release(target.id);
    const made = await lifeboat(planArguments(template.restore, path, target.id), this.#stop.signal);
    if (made.status !== 0) throw new Doubt(reasonIn(made));
    const plan = RestorePlan.parse(JSON.parse(made.stdout));
    const doubts = [...doubtsOf(plan), ...(await this.#restoredBefore(plan, image.tableId, target))];
    if (doubts.length > 0) throw new Doubt(["It needs a decision:", ...doubts]);
    const file = join(folder, "unattended-plan.json");
    await mkdir(folder, { recursive: true });
    await writeFile(file, made.stdout, { mode: 0o600 });
    this.#lines = [`On ${plan.target.name} everything will be lost:`, ...plan.losses.map(({ text }) => text)];
    return { plan, file, imageDiskId: image.diskId };
  }

  async #restoredBefore(
    { target: { id }, image: { rootHash } }: RestorePlan,
    tableId: string | undefined,
    { table }: Disk,
  ): Promise<string[]> {
    if (this.#deps.plan.restore.again) return [];
    const at = await this.#deps.done.find(id, rootHash);
    if (at !== undefined) return [`This image was restored onto this disk by this medium already, at ${at}`];
    const isSame = tableId !== undefined && table.diskId === tableId;
    return isSame ? ["The disk holds a system that came from this image, or is the one that it was made of"] : [];
  }

  async #countDown(seconds: number, phase: "countdown" | "done"): Promise<void> {
    const lines = this.#lines;
    this.#show(phase, lines);
    for (this.#secondsLeft = seconds; this.#secondsLeft > 0; ) {
      await this.#wait(1);
      if (phase === "countdown" && this.#deps.jobs.busyDisk() !== undefined)
        throw new Doubt(["Somebody has begun another job."]);
      if (!this.#isHeld && this.#secondsLeft > 0) this.#secondsLeft--;
    }
  }

  async #restore({ plan, file, imageDiskId }: Ready): Promise<void> {
    const { jobs, lifeboat, log, mark } = this.#deps;
    const { id, name } = plan.target;
    using _claim = jobs.claim({ writes: [id], reads: imageDiskId === "" ? [] : [imageDiskId], busy: name });
    this.#show("running", ["It begins"]);
    await mark("job running");
    log.info({ plan: plan.id, target: id }, "the unattended restore begins");
    const result = await lifeboat(runArguments(file, id), this.#stop.signal, (line) => {
      if (this.#phase === "running") this.#lines = [line];
    });
    this.#stop.signal.throwIfAborted();
    log.info({ status: result.status, output: result.stdout }, "the unattended restore has ended");
    await mark(result.status === 0 ? "job succeeded" : "job failed");
    if (result.status !== 0) throw new Doubt(reasonIn(result));
    const noted = this.#deps.done.add(id, plan.image.rootHash);
    await noted.catch((error) => log.warn({ err: error }, "this medium cannot remember what it has restored"));
    this.#show("done", result.stdout.trim().split("\n"));
  }

  async #afterwards(): Promise<void> {
    const { plan, power } = this.#deps;
    if (plan.afterwards === "stay") return;
    await this.#countDown(GRACE, "done");
    await power(plan.afterwards);
  }

  #wait(seconds: number): Promise<void> {
    return sleep(seconds * (this.#deps.second ?? 1000), undefined, { signal: this.#stop.signal });
  }
}

/** With --json an error is an object on standard error, else lines that begin with the program's name. */
function reasonIn({ stderr }: CommandResult): string[] {
  const last = stderr.trim().split("\n").at(-1) ?? "";
  try {
    const { error } = JSON.parse(last) as { error: { text: string; next: string } };
    return [error.text, error.next];
  } catch {
    const lines = stderr.trim().split("\n");
    const first = lines.findLastIndex((line) => line.startsWith("lifeboat: "));
    return lines.slice(Math.max(0, first)).map((line) => line.replace(/^lifeboat: /, ""));
  }
}
