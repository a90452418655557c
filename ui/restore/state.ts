import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FoundImage, Job, LayoutAnswer, Problem, RestorePlan, TargetChoice } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { type Loaded, loaded, NOTHING } from "#ui/api/loaded.ts";
import { formatRoute, type Step } from "#ui/restore/route.ts";
import { WishState } from "#ui/restore/wish.ts";

/** What the verbs of a step use besides the state. */
export interface StepTools {
  readonly api: Api;
  go(step: Step): void;
  /** Puts what was chosen into the address. */
  remember(): void;
}

/** All that the pages of a restore show and that must last, by step. */
export class RestoreState {
  readonly step: Signal<Step> = signal("image");
  readonly actionProblem: Signal<Problem | undefined> = signal(undefined);
  /** The page with its first data, or with the job that runs, can be shown. */
  readonly ready = signal(false);

  readonly images: Signal<Loaded<readonly FoundImage[]>> = loaded();
  readonly imageId: Signal<string | undefined> = signal(undefined);
  readonly image: ReadonlySignal<FoundImage | undefined> = computed(() =>
    this.images.value.value?.find((image) => image.id === this.imageId.value),
  );
  /** Of the chosen image, as long as it is locked. Nothing else keeps it. */
  readonly password = signal("");
  readonly unlocking: Signal<Loaded<FoundImage>> = loaded();

  readonly targets: Signal<Loaded<readonly TargetChoice[]>> = loaded();
  readonly targetId: Signal<string | undefined> = signal(undefined);
  readonly target: ReadonlySignal<TargetChoice | undefined> = computed(() =>
    this.targets.value.value?.find((choice) => choice.disk.id === this.targetId.value),
  );

  readonly wishes = new WishState();
  /** How the partitions would lie; asked for while they are laid out. */
  readonly layout: Signal<Loaded<LayoutAnswer>> = loaded();

  readonly plan: Signal<Loaded<RestorePlan>> = loaded();
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

  /** The page that is complete with its data; undefined while something is still being fetched. */
  readonly shown: ReadonlySignal<Step | undefined> = computed(() => {
    const data = {
      image: this.images,
      target: this.targets,
      layout: this.targets,
      review: this.plan,
      progress: undefined,
      result: undefined,
    };
    const needed = data[this.step.value]?.value;
    return this.ready.value && (!needed || needed.value || needed.problem) ? this.step.value : undefined;
  });

  get address(): string {
    return formatRoute({ step: this.step.value, imageId: this.imageId.value, targetId: this.targetId.value });
  }

  forgetPlan(): void {
    batch(() => {
      this.plan.value = NOTHING;
      this.agreed.value = "";
      this.typed.value = "";
      this.stalePlan.value = undefined;
      this.startProblem.value = undefined;
    });
  }
}
