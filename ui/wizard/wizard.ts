import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FoundImage, Job, Problem, RestorePlan, System, TargetChoice } from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";
import { type Loaded, load, loaded } from "#ui/wizard/loaded.ts";
import { formatRoute, parseRoute, type Step } from "#ui/wizard/route.ts";

/** What the wizard needs of the browser; tests give their own. */
export interface Surroundings {
  readonly api: Api;
  hash(): string;
  /** `replace`: the Back button of the browser does not come back here. */
  setHash(hash: string, replace: boolean): void;
  /** The jobs whose result the user has left behind; kept over a reload. */
  readonly acknowledged: { has(jobId: string): boolean; add(jobId: string): void };
}

export type PowerAction = "restart" | "shut-down";
const ended = (job: Job): boolean => job.state !== "running" && job.state !== "cancelling";

/** The one store of the page. Pages read its signals and call its verbs; nothing else holds state that must last. */
export class Wizard {
  readonly step: Signal<Step> = signal("image");
  readonly system: Signal<Loaded<System>> = loaded();
  readonly images: Signal<Loaded<readonly FoundImage[]>> = loaded();
  readonly targets: Signal<Loaded<readonly TargetChoice[]>> = loaded();
  readonly plan: Signal<Loaded<RestorePlan>> = loaded();
  readonly imageId: Signal<string | undefined> = signal(undefined);
  /** Of the chosen image, as long as it is locked. Nothing else keeps it. */
  readonly password = signal("");
  readonly unlocking: Signal<Loaded<FoundImage>> = loaded();
  readonly targetId: Signal<string | undefined> = signal(undefined);
  readonly verifyTarget = signal(true);
  /** Belongs to one confirmation text: another plan with another text asks again. */
  readonly agreed = signal("");
  readonly typed = signal("");
  /** The plan that was stale, so that the review can mark what is new. */
  readonly stalePlan: Signal<RestorePlan | undefined> = signal(undefined);
  readonly starting = signal(false);
  readonly startProblem: Signal<Problem | undefined> = signal(undefined);
  readonly job: Signal<Job | undefined> = signal(undefined);
  readonly connected = signal(true);
  readonly actionProblem: Signal<Problem | undefined> = signal(undefined);
  readonly poweringOff: Signal<PowerAction | undefined> = signal(undefined);
  /** It is known which page to show. */
  readonly begun = signal(false);
  /** The page with its first data, or with the job that runs, can be shown. */
  readonly ready = signal(false);
  readonly image: ReadonlySignal<FoundImage | undefined> = computed(() =>
    this.images.value.value?.find((image) => image.id === this.imageId.value),
  );
  readonly target: ReadonlySignal<TargetChoice | undefined> = computed(() =>
    this.targets.value.value?.find((choice) => choice.disk.id === this.targetId.value),
  );
  /** The page that is complete with its data; undefined while something is still being fetched. */
  readonly shown: ReadonlySignal<Step | undefined> = computed(() => {
    const data = {
      image: this.images,
      target: this.targets,
      review: this.plan,
      progress: undefined,
      result: undefined,
    };
    const needed = data[this.step.value]?.value;
    return this.ready.value && (!needed || needed.value || needed.problem) ? this.step.value : undefined;
  });
  readonly #around: Surroundings;
  #stopWatching: (() => void) | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
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
      if (this.#around.hash() !== this.#address()) this.#around.setHash(this.#address(), true);
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
    this.#around.setHash(this.#address(), false);
  }

  async loadImages(rescan = false): Promise<void> {
    const images = await load(this.images, () => this.#around.api.call(rescan ? "rescanImages" : "images"));
    if (!images) return;
    const intact = images.filter((image) => !image.problem);
    if (!intact.some((image) => image.id === this.imageId.value)) {
      const [only, ...others] = intact;
      this.chooseImage(only && others.length === 0 ? only.id : undefined);
    }
    // A server that was started anew has forgotten the keys.
    const isOpen = intact.some((image) => image.id === this.imageId.value && image.manifest);
    if (!isOpen && (this.step.value === "target" || this.step.value === "review")) this.go("image");
  }

  chooseImage(id: string | undefined): void {
    if (id === this.imageId.value) return;
    batch(() => {
      this.imageId.value = id;
      this.targetId.value = undefined;
      this.password.value = "";
      this.unlocking.value = { value: undefined, busy: false, problem: undefined };
      this.targets.value = { value: undefined, busy: false, problem: undefined };
      this.#forgetPlan();
    });
    this.#around.setHash(this.#address(), true);
  }

  /** @returns whether the chosen image is open now; if not, `unlocking` has the reason. */
  async unlock(): Promise<boolean> {
    const imageId = this.imageId.value;
    const password = this.password.value;
    if (!imageId || password === "" || this.unlocking.value.busy) return false;
    const ask = () => this.#around.api.call("unlockImage", { params: { imageId }, body: { password } });
    const image = await load(this.unlocking, ask);
    batch(() => {
      if (this.imageId.value !== imageId) this.unlocking.value = { value: undefined, busy: false, problem: undefined };
      else if (image) this.password.value = "";
      const { value: images } = this.images.value;
      if (image && images)
        this.images.value = { ...this.images.value, value: images.map((i) => (i.id === imageId ? image : i)) };
    });
    return image !== undefined;
  }

  async loadTargets(): Promise<void> {
    const imageId = this.imageId.value;
    if (!imageId) return;
    const choices = await load(this.targets, () => this.#around.api.call("targets", { params: { imageId } }));
    if (!choices) return;
    const fitting = choices.filter((choice) => !choice.refusal);
    if (fitting.some((choice) => choice.disk.id === this.targetId.value)) return;
    const [only, ...others] = fitting;
    const preselect = only && others.length === 0 && holdsNothing(only) ? only.disk.id : undefined;
    this.chooseTarget(preselect);
  }

  chooseTarget(id: string | undefined): void {
    if (id === this.targetId.value) return;
    batch(() => {
      this.targetId.value = id;
      this.#forgetPlan();
    });
    this.#around.setHash(this.#address(), true);
  }

  async makePlan(): Promise<void> {
    const [imageId, targetId] = [this.imageId.value, this.targetId.value];
    if (!imageId || !targetId) return;
    const options = { verifyTarget: this.verifyTarget.value, salvage: false };
    await load(this.plan, () => this.#around.api.call("planRestore", { body: { imageId, targetId, options } }));
  }

  async setVerify(on: boolean): Promise<void> {
    this.verifyTarget.value = on;
    await this.makePlan();
  }

  /** Does nothing unless the plan is the newest and its confirmation is given; the page says what is missing. */
  async start(): Promise<void> {
    const { value: plan, busy } = this.plan.value;
    if (!plan || busy || this.starting.value || !confirmed(this, plan)) return;
    batch(() => {
      this.starting.value = true;
      this.startProblem.value = undefined;
    });
    try {
      const confirm = plan.confirmation.level === "type" ? this.typed.value.trim() : plan.target.id;
      const job = await this.#around.api.call("startRestore", { body: { planId: plan.id, confirm } });
      this.stalePlan.value = undefined;
      this.#attach(job);
    } catch (error) {
      await this.#startFailed(plan, toProblem(error));
    } finally {
      this.starting.value = false;
    }
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
      this.#forgetPlan();
      this.imageId.value = to === "retry" ? again?.id : undefined;
      this.targetId.value = to === "retry" ? job.plan.target.id : undefined;
    });
    this.go(to === "retry" && again ? "review" : "image");
    if (this.step.value === "image") void this.loadImages();
  }

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

  async #startFailed(plan: RestorePlan, problem: Problem): Promise<void> {
    if (problem.code !== "PLAN_STALE") {
      this.startProblem.value = problem;
      return;
    }
    batch(() => {
      this.#forgetPlan();
      this.stalePlan.value = plan;
    });
    await this.makePlan();
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
        this.#around.setHash(this.#address(), true);
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

  #forgetPlan(): void {
    this.plan.value = { value: undefined, busy: false, problem: undefined };
    this.agreed.value = "";
    this.typed.value = "";
    this.stalePlan.value = undefined;
    this.startProblem.value = undefined;
  }

  #address(): string {
    return formatRoute({ step: this.step.value, imageId: this.imageId.value, targetId: this.targetId.value });
  }
}

/** An unfinished restore has no table any more, and yet somebody chose that disk: it is not offered unasked. */
export const holdsNothing = ({ disk }: TargetChoice): boolean =>
  disk.table.type === "none" &&
  disk.table.problems.length === 0 &&
  disk.partitions.length === 0 &&
  disk.unfinishedRestore === undefined;

export function confirmed(wizard: Wizard, { confirmation }: RestorePlan): boolean {
  if (confirmation.level === "none") return true;
  if (confirmation.level === "acknowledge") return wizard.agreed.value === confirmation.text;
  return wizard.typed.value.trim() === confirmation.words;
}
