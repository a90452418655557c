import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Disk,
  FoundImage,
  Job,
  LayoutAnswer,
  PartitionInfo,
  Problem,
  RestorePlan,
  TargetChoice,
} from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { type Loaded, loaded, NOTHING } from "#ui/api/loaded.ts";
import { diskLabel } from "#ui/disk/disk-words.ts";
import { firstStep, formatRoute, type SourceKind, type Step } from "#ui/restore/route.ts";
import { WishState } from "#ui/restore/wish.ts";

/** What the verbs of a step use besides the state. */
export interface StepTools {
  readonly api: Api;
  go(step: Step): void;
  /** Puts what was chosen into the address. */
  remember(): void;
}

/** What is written to the target, as the pages show it. */
export interface Source {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly partitions: readonly PartitionInfo[];
}

/** All that the pages of a restore, or of a clone, show and that must last, by step. */
export class RestoreState {
  readonly kind: SourceKind;
  readonly step: Signal<Step>;
  readonly actionProblem: Signal<Problem | undefined> = signal(undefined);
  /** The page with its first data, or with the job that runs, can be shown. */
  readonly ready = signal(false);

  /** Of a clone. */
  readonly disks: Signal<Loaded<readonly Disk[]>> = loaded();
  readonly images: Signal<Loaded<readonly FoundImage[]>> = loaded();
  /** Of the image, or of the disk that is cloned. */
  readonly sourceId: Signal<string | undefined> = signal(undefined);
  readonly image: ReadonlySignal<FoundImage | undefined> = computed(() =>
    this.images.value.value?.find((image) => image.id === this.sourceId.value),
  );
  readonly sourceDisk: ReadonlySignal<Disk | undefined> = computed(() =>
    this.disks.value.value?.find(({ id, unreadable }) => id === this.sourceId.value && !unreadable),
  );
  readonly source: ReadonlySignal<Source | undefined> = computed(() => {
    const [disk, manifest] = [this.sourceDisk.value, this.image.value?.manifest];
    if (disk) return { name: diskLabel(disk), size: disk.size, partitions: disk.partitions };
    return manifest && { name: manifest.name, size: manifest.disk.size, partitions: manifest.partitions };
  });
  /** Of the chosen image, as long as it is locked. Nothing else keeps it. */
  readonly password = signal("");
  readonly unlocking: Signal<Loaded<FoundImage>> = loaded();

  readonly targets: Signal<Loaded<readonly TargetChoice[]>> = loaded();
  readonly targetId: Signal<string | undefined> = signal(undefined);
  readonly target: ReadonlySignal<TargetChoice | undefined> = computed(() =>
    this.targets.value.value?.find((choice) => choice.disk.id === this.targetId.value),
  );

  readonly wishes: WishState;
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
  /** Of the job whose end was seen, and has to be said no more. */
  readonly notedId: Signal<string | undefined> = signal(undefined);
  readonly connected = signal(true);

  /** The page that is complete with its data; undefined while something is still being fetched. */
  readonly shown: ReadonlySignal<Step | undefined> = computed(() => {
    const data = {
      image: this.images,
      source: this.disks,
      target: this.targets,
      layout: this.targets,
      review: this.plan,
      progress: undefined,
      result: undefined,
    };
    const needed = data[this.step.value]?.value;
    return this.ready.value && (!needed || needed.value || needed.problem) ? this.step.value : undefined;
  });

  constructor(kind: SourceKind) {
    this.kind = kind;
    this.step = signal(firstStep(kind));
    this.wishes = new WishState(kind);
  }

  get address(): string {
    const route = { step: this.step.value, sourceId: this.sourceId.value, targetId: this.targetId.value };
    return formatRoute(route, this.kind);
  }

  /** The source as the server is asked for it; undefined as long as none is chosen. */
  get sourceIds(): { readonly imageId: string } | { readonly diskId: string } | undefined {
    const { value: id } = this.sourceId;
    if (!id) return undefined;
    return this.kind === "clone" ? { diskId: id } : { imageId: id };
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
