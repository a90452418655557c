import { batch } from "@preact/signals";
import type { Job, Problem, UnattendedRequest } from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";
import { chooseImage, loadImages, unlockImage } from "#ui/wizard/image-step.ts";
import { load } from "#ui/wizard/loaded.ts";
import { makePlan, startRestore } from "#ui/wizard/review-step.ts";
import { parseRoute, type Step } from "#ui/wizard/route.ts";
import { type PowerAction, type StepTools, WizardState } from "#ui/wizard/state.ts";
import { chooseTarget, loadTargets } from "#ui/wizard/target-step.ts";
import { steerUnattended, watchUnattended } from "#ui/wizard/unattended-step.ts";

/** What the wizard needs of the browser; tests give their own. */
export interface Surroundings {
  readonly api: Api;
  hash(): string;
  /** `replace`: the Back button of the browser does not come back here. */
  setHash(hash: string, replace: boolean): void;
  /** The jobs whose result the user has left behind; kept over a reload. */
  readonly acknowledged: { has(jobId: string): boolean; add(jobId: string): void };
}

const ended = (job: Job): boolean => job.state !== "running" && job.state !== "cancelling";

/**
 * The one store of the page. Pages read its signals and call its verbs; nothing else holds state that must last. Here
 * is the way from page to page and the job that is watched; what a page asks for and chooses is in its *-step.ts.
 */
export class Wizard extends WizardState {
  readonly #around: Surroundings;
  readonly #tools: StepTools;
  #stopWatching: (() => void) | undefined;

  constructor(around: Surroundings) {
    super();
    this.#around = around;
    this.#tools = {
      api: around.api,
      go: (step) => this.go(step),
      remember: () => around.setHash(this.address, true),
    };
  }

  readonly loadImages = (rescan = false): Promise<void> => loadImages(this, this.#tools, rescan);
  readonly chooseImage = (id: string | undefined): void => chooseImage(this, this.#tools, id);
  readonly unlock = (): Promise<boolean> => unlockImage(this, this.#tools);
  readonly loadTargets = (): Promise<void> => loadTargets(this, this.#tools);
  readonly chooseTarget = (id: string | undefined): void => chooseTarget(this, this.#tools, id);
  readonly makePlan = (): Promise<void> => makePlan(this, this.#tools.api);
  readonly start = (): Promise<void> => startRestore(this, this.#tools.api, (job) => this.#attach(job));

  async setVerify(on: boolean): Promise<void> {
    this.verifyTarget.value = on;
    await this.makePlan();
  }

  /** Reads the address and looks for a job that this page should show. */
  async begin(): Promise<void> {
    const { api } = this.#around;
    const route = parseRoute(this.#around.hash());
    batch(() => {
      this.imageId.value = route.imageId;
      this.targetId.value = route.targetId;
    });
    void load(this.system, () => api.call("system"));
    await watchUnattended(this, api);
    // A server without jobs to tell is no reason to show nothing: the image list reports its own failure.
    const jobs = await api.call("jobs").catch(() => []);
    const job = jobs.find((j) => !ended(j)) ?? jobs.findLast((j) => !this.#around.acknowledged.has(j.id));
    if (job) this.#attach(job);
    else this.#enter(route.step);
    this.begun.value = true;
    if (job) this.ready.value = true;
    await this.loadImages();
    this.ready.value = true;
  }

  /** The address changed: the browser's Back and Forward. A job keeps the page until it is left by a button. */
  followHash(): void {
    const route = parseRoute(this.#around.hash());
    if (this.job.value) {
      if (this.#around.hash() !== this.address) this.#around.setHash(this.address, true);
      return;
    }
    batch(() => {
      this.imageId.value = route.imageId ?? this.imageId.value;
      this.targetId.value = route.targetId ?? this.targetId.value;
      if (route.step !== this.step.value) this.#enter(route.step);
    });
  }

  go(step: Step): void {
    this.#enter(step);
    this.#around.setHash(this.address, false);
  }

  async cancelJob(): Promise<void> {
    const jobId = this.job.value?.id;
    if (!jobId) return;
    await this.#act(async () => {
      const job = await this.#around.api.call("cancelJob", { params: { jobId } });
      if (this.job.value && !ended(this.job.value)) this.#showJob(job);
    });
  }

  /** Leaves the result: to the review for the same image and target, or to the first page. */
  leaveResult(to: "retry" | "image"): void {
    const job = this.job.value;
    if (!job || !ended(job)) return;
    this.#around.acknowledged.add(job.id);
    const again = this.images.value.value?.find((image) => image.path === job.plan.image.path);
    batch(() => {
      this.job.value = undefined;
      this.forgetPlan();
      this.imageId.value = to === "retry" ? again?.id : undefined;
      this.targetId.value = to === "retry" ? job.plan.target.id : undefined;
    });
    this.go(to === "retry" && again ? "review" : "image");
    if (this.step.value === "image") void this.loadImages();
  }

  readonly steerUnattended = (action: UnattendedRequest["action"]): Promise<void> =>
    this.#act(() => steerUnattended(this, this.#around.api, action));

  async power(action: PowerAction): Promise<void> {
    await this.#act(async () => {
      await this.#around.api.call("power", { body: { action } });
      this.poweringOff.value = action;
    });
  }

  async #act(action: () => Promise<void>): Promise<void> {
    this.actionProblem.value = undefined;
    try {
      await action();
    } catch (error) {
      this.actionProblem.value = toProblem(error);
    }
  }

  #enter(step: Step): void {
    batch(() => {
      this.step.value = step;
      this.actionProblem.value = undefined;
    });
    if (step === "target") void this.loadTargets();
    if (step === "review") {
      this.startProblem.value = undefined;
      void this.makePlan();
    }
  }

  #attach(job: Job): void {
    this.#stopWatching?.();
    this.connected.value = true;
    this.#showJob(job);
    if (ended(job)) return;
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
      if (ended(job)) this.#stopWatching?.();
      const step = ended(job) ? "result" : "progress";
      if (this.step.value !== step) {
        this.#enter(step);
        this.#around.setHash(this.address, true);
      }
    });
  }

  /** The server was started anew and the job went with it; what is on the disk is told by the disk list. */
  #loseJob(): void {
    const problem: Problem = { code: "JOB_LOST", text: "", safe: "", next: "", details: {} };
    this.#stopWatching?.();
    this.job.value = undefined;
    this.go("image");
    this.actionProblem.value = problem;
  }
}
