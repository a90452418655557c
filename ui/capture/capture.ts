import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Destination, Disk, Operation, OperationPlan } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { type Loaded, load, loaded, NOTHING } from "#ui/api/loaded.ts";
import { CaptureWishState, faultOf, requestOf, suggestedName } from "#ui/capture/capture-wish.ts";
import { type CaptureStep, formatCaptureRoute, parseCaptureRoute } from "#ui/capture/route.ts";

export interface CaptureSurroundings {
  readonly api: Api;
  hash(): string;
  show(hash: string, replace: boolean): void;
  isShown(): boolean;
  showOperation(id: string): void;
}

/** The store of the pages of a capture, as Restore is that of a restore. What runs is no more of its concern. */
export class Capture {
  readonly step: Signal<CaptureStep> = signal("source");
  readonly disks: Signal<Loaded<readonly Disk[]>> = loaded();
  readonly diskId: Signal<string | undefined> = signal(undefined);
  readonly disk: ReadonlySignal<Disk | undefined> = computed(() =>
    this.disks.value.value?.find(({ id, unreadable }) => id === this.diskId.value && !unreadable),
  );
  readonly places: Signal<Loaded<readonly Destination[]>> = loaded();
  readonly placeId: Signal<string | undefined> = signal(undefined);
  readonly place: ReadonlySignal<Destination | undefined> = computed(() =>
    this.places.value.value?.find((place) => place.id === this.placeId.value && place.diskId !== this.diskId.value),
  );
  readonly wish = new CaptureWishState();
  readonly plan: Signal<Loaded<OperationPlan>> = loaded();
  readonly started: Signal<Loaded<Operation>> = loaded();
  /** The page is complete with its data. */
  readonly isReady: ReadonlySignal<boolean> = computed(() => {
    const needed = { source: this.disks, place: this.places, options: this.places, review: this.plan }[this.step.value];
    return needed.value.value !== undefined || needed.value.problem !== undefined;
  });
  readonly #around: CaptureSurroundings;

  constructor(around: CaptureSurroundings) {
    this.#around = around;
  }

  get address(): string {
    return formatCaptureRoute({ step: this.step.value, diskId: this.diskId.value, placeId: this.placeId.value });
  }

  /** The address changed. The section alone leads back to where the user has left it. */
  followHash(): void {
    const { hash, show } = this.#around;
    if (hash() === "#/capture") {
      this.#enter(this.step.value);
      show(this.address, true);
      return;
    }
    const route = parseCaptureRoute(hash());
    this.diskId.value = route.diskId ?? this.diskId.value;
    this.placeId.value = route.placeId ?? this.placeId.value;
    this.#enter(route.step);
  }

  go(step: CaptureStep): void {
    this.#enter(step);
    this.#around.show(this.address, false);
  }

  readonly loadDisks = async (): Promise<void> => {
    await load(this.disks, () => this.#around.api.call("disks"));
    // The address may name a disk: what it would be called is known only now.
    const { value: disk } = this.disk;
    if (disk && this.wish.name.value === "") this.wish.name.value = suggestedName(disk, new Date());
  };

  readonly loadPlaces = (): Promise<unknown> => load(this.places, () => this.#around.api.call("destinations"));

  chooseDisk(id: string): void {
    if (id === this.diskId.value) return;
    batch(() => {
      this.diskId.value = id;
      this.wish.leftOut.value = [];
      const { value: disk } = this.disk;
      if (disk) this.wish.name.value = suggestedName(disk, new Date());
    });
    this.#remember();
  }

  choosePlace(id: string): void {
    this.placeId.value = id;
    this.#remember();
  }

  async makePlan(): Promise<void> {
    const [disk, place] = [this.disk.value, this.place.value];
    if (!disk || !place || faultOf(this.wish, place)) return;
    const body = requestOf(this.wish, disk, place);
    await load(this.plan, () => this.#around.api.call("planOperation", { body }));
  }

  /** Starts the plan that is shown. */
  async start(): Promise<void> {
    const { value: plan, busy } = this.plan.value;
    if (!plan || busy || this.started.value.busy) return;
    const { afterwards } = this.wish;
    const body = { planId: plan.id, confirm: plan.confirmation.id, afterwards: afterwards.value };
    const operation = await load(this.started, () => this.#around.api.call("startOperation", { body }));
    if (!operation) return;
    batch(() => {
      this.step.value = "source";
      this.plan.value = NOTHING;
      this.started.value = NOTHING;
      this.wish.password.value = "";
      this.wish.passwordAgain.value = "";
      this.wish.name.value = "";
      this.diskId.value = undefined;
    });
    this.#around.showOperation(operation.id);
  }

  #remember(): void {
    if (this.#around.isShown()) this.#around.show(this.address, true);
  }

  #enter(step: CaptureStep): void {
    batch(() => {
      this.step.value = step;
      this.started.value = NOTHING;
      if (step === "review") this.plan.value = NOTHING;
    });
    if (step === "source" || !this.disks.value.value) void this.loadDisks();
    if (step === "place" || (step === "options" && !this.places.value.value)) void this.loadPlaces();
    if (step === "review") void this.makePlan();
  }
}
