import { batch } from "@preact/signals";
import type { Job, Problem } from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";
import { chooseImage, loadImages, unlockImage } from "#ui/restore/image-step.ts";
import { askLayout } from "#ui/restore/layout-step.ts";
import { makePlan, startRestore } from "#ui/restore/review-step.ts";
import { firstStep, parseRoute, type SourceKind, type Step } from "#ui/restore/route.ts";
import { chooseSource, loadDisks } from "#ui/restore/source-step.ts";
import { RestoreState, type StepTools } from "#ui/restore/state.ts";
import { chooseTarget, loadTargets } from "#ui/restore/target-step.ts";

export interface RestoreSurroundings {
  readonly kind: SourceKind;
  readonly api: Api;
  /** The address, when it is one of a restore. */
  hash(): string;
  /** Shows a page of a restore, whatever is shown now. `replace`: the browser's Back does not come back to this page. */
  show(hash: string, replace: boolean): void;
  /** The user is here, and not in another section. */
  isShown(): boolean;
  readonly acknowledged: { has(jobId: string): boolean; add(jobId: string): void };
}

export const isEnded = (job: Pick<Job, "state">): boolean => job.state !== "running" && job.state !== "cancelling";

/**
 * The store of the pages of a restore, or of a clone: what is written is an image or a disk, all else is the same. They read its signals and call its verbs; nothing else holds state that must last.
 * Here is the way from page to page and the job that is watched; what a page asks for and chooses is in its *-step.ts.
 */
export class Restore extends RestoreState {
  readonly #around: RestoreSurroundings;
  readonly #tools: StepTools;
  #stopWatching: (() => void) | undefined;

  constructor(around: RestoreSurroundings) {
    super(around.kind);
    this.#around = around;
    this.#tools = {
      api: around.api,
      go: (step) => this.#moveTo(step),
      remember: () => {
        if (around.isShown()) around.show(this.address, true);
      },
    };
  }

  readonly loadImages = (rescan = false): Promise<void> => loadImages(this, this.#tools, rescan);
  readonly loadDisks = (): Promise<void> => loadDisks(this, this.#tools);
  readonly chooseSource = (id: string | undefined): void => chooseSource(this, this.#tools, id);
  readonly chooseImage = (id: string | undefined): void => chooseImage(this, this.#tools, id);
  readonly unlock = (): Promise<boolean> => unlockImage(this, this.#tools);
  readonly loadTargets = (): Promise<void> => loadTargets(this, this.#tools);
  readonly chooseTarget = (id: string | undefined): void => chooseTarget(this, this.#tools, id);
  readonly askLayout = (): Promise<void> => askLayout(this, this.#tools);
  readonly makePlan = (): Promise<void> => makePlan(this, this.#tools.api);
  readonly start = (): Promise<void> => startRestore(this, this.#tools.api, (job) => this.#attach(job));

  async setVerify(on: boolean): Promise<void> {
    this.verifyTarget.value = on;
    await this.makePlan();
  }

  /** Looks for a job that the pages should show: one that runs, or one whose end nobody has seen. @returns whether there is one */
  async findJob(): Promise<boolean> {
    // A server without jobs to tell is no reason to show nothing: the image list reports its own failure.
    const all = await this.#around.api.call("jobs").catch(() => []);
    const jobs = all.filter(({ plan }) => (plan.kind === "clone") === (this.kind === "clone"));
    const job = jobs.find((j) => !isEnded(j)) ?? jobs.findLast((j) => !this.#around.acknowledged.has(j.id));
    if (job) this.#attach(job);
    return job !== undefined;
  }

  /** Reads the address, and fetches what nearly every page needs. */
  async begin(): Promise<void> {
    if (this.kind === "restore" || this.#around.isShown()) this.followHash();
    if (this.job.value) this.ready.value = true;
    if (this.kind === "restore") await this.loadImages();
    this.ready.value = true;
  }

  /** The address changed. A job keeps these pages until it is left by a button. */
  followHash(): void {
    if (this.job.value) {
      if (this.#around.isShown() && this.#around.hash() !== this.address) this.#around.show(this.address, true);
      return;
    }
    const hash = this.#around.hash();
    // The section alone was asked for: back to where the user has left it.
    if (hash === `#/${this.kind}`) {
      this.#around.show(this.address, true);
      if (this.step.value === "source") void this.loadDisks();
      return;
    }
    const route = parseRoute(hash, this.kind);
    batch(() => {
      this.sourceId.value = route.sourceId ?? this.sourceId.value;
      this.targetId.value = route.targetId ?? this.targetId.value;
      if (route.step !== this.step.value || route.step === "source") this.#enter(route.step);
    });
  }

  go(step: Step): void {
    this.#enter(step);
    this.#around.show(this.address, false);
  }

  /** The user goes to another section. One that failed stays in the header of all pages until its own page is left by a button. */
  leave(): void {
    const job = this.job.value;
    if (!job || !isEnded(job) || job.state === "failed") return;
    this.#around.acknowledged.add(job.id);
    this.notedId.value = job.id;
  }

  /** The user has seen the end of a job, and turns to something else. */
  forgetEnded(): void {
    const job = this.job.value;
    if (!job || !isEnded(job)) return;
    this.#around.acknowledged.add(job.id);
    batch(() => {
      this.job.value = undefined;
      this.forgetPlan();
    });
  }

  async cancelJob(): Promise<void> {
    const jobId = this.job.value?.id;
    if (!jobId) return;
    await this.#act(async () => {
      const job = await this.#around.api.call("cancelJob", { params: { jobId } });
      if (this.job.value && !isEnded(this.job.value)) this.#showJob(job);
    });
  }

  /** Leaves the result: to the review for the same image and target, or to the first page. */
  leaveResult(to: "retry" | "other"): void {
    const job = this.job.value;
    if (!job || !isEnded(job)) return;
    const again = this.images.value.value?.find((image) => image.path === job.plan.image.path)?.id;
    const sourceId = job.plan.source?.id ?? again;
    batch(() => {
      this.forgetEnded();
      this.sourceId.value = to === "retry" ? sourceId : undefined;
      this.targetId.value = to === "retry" ? job.plan.target.id : undefined;
    });
    this.go(to === "retry" && sourceId ? "review" : firstStep(this.kind));
    if (this.step.value === "image") void this.loadImages();
  }

  async #act(action: () => Promise<void>): Promise<void> {
    this.actionProblem.value = undefined;
    try {
      await action();
    } catch (error) {
      this.actionProblem.value = toProblem(error);
    }
  }

  /** Not asked for by the user, who may be elsewhere meanwhile. */
  #moveTo(step: Step): void {
    if (this.#around.isShown()) this.go(step);
    else this.#enter(step);
  }

  #enter(step: Step): void {
    batch(() => {
      this.step.value = step;
      this.actionProblem.value = undefined;
    });
    if (this.kind === "clone" && (step === "source" || !this.disks.value.value)) void this.loadDisks();
    if (step === "target") void this.loadTargets();
    // The address may have led here at once: what is on the disk is needed for the places on it.
    if (step === "layout") {
      if (!this.targets.value.value) void this.loadTargets();
      void this.askLayout();
    }
    if (step === "review") {
      this.startProblem.value = undefined;
      void this.makePlan();
    }
  }

  #attach(job: Job): void {
    this.#stopWatching?.();
    this.connected.value = true;
    this.#showJob(job);
    if (isEnded(job)) return;
    this.#stopWatching = this.#around.api.watchJob(job.id, {
      onJob: (newer) => this.#showJob(newer),
      onConnection: (alive) => {
        this.connected.value = alive;
      },
      onGone: () => this.#loseJob(),
    });
  }

  #showJob(job: Job): void {
    batch(() => {
      this.job.value = job;
      if (isEnded(job)) this.#stopWatching?.();
      const step = isEnded(job) ? "result" : "progress";
      if (this.step.value !== step) {
        this.#enter(step);
        if (this.#around.isShown()) this.#around.show(this.address, true);
      }
    });
  }

  /** The server was started anew and the job went with it; what is on the disk is told by the disk list. */
  #loseJob(): void {
    const problem: Problem = { code: "JOB_LOST", text: "", safe: "", next: "", details: {} };
    this.#stopWatching?.();
    this.job.value = undefined;
    this.#moveTo(firstStep(this.kind));
    this.actionProblem.value = problem;
  }
}
