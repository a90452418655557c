import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Disk, Edit, EditedDisk, EditedPartition, PartitionsAnswer } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { type Loaded, load, loaded, NOTHING } from "#ui/api/loaded.ts";
import { realPartitions, segmentKey } from "#ui/disk/segments.ts";
import { t } from "#ui/i18n/index.ts";
import { editsTo, type Place } from "#ui/partitions/place.ts";
import { announce } from "#ui/parts/announcer.tsx";
import type { SizeUnit } from "#ui/parts/size.ts";

export type FreeSpace = EditedDisk["free"][number];

/** As the bar names its gaps: by where the partition before it ends. */
export function freeKey({ partitions }: EditedDisk, { start, inside }: FreeSpace): string {
  const before = realPartitions(partitions).filter((one) => one.start < start);
  const from = Math.max(0, ...before.map((one) => one.start + one.size));
  return `free-${from}${inside === "extended" ? "-logical" : ""}`;
}

type List = readonly Edit[];

/** What the editor needs of the shell. */
export interface PartitionsSurroundings {
  readonly api: Api;
  show(hash: string, replace: boolean): void;
  isShown(): boolean;
}

const ADDRESS = "#/partitions";
/** "#/partitions/review?disk=…" */
const diskIn = (hash: string): string | undefined =>
  (hash.startsWith(ADDRESS) && new URLSearchParams(hash.split("?")[1] ?? "").get("disk")) || undefined;

/**
 * The partition editor: the operations that are wanted of one disk, in order, and what the server says that they would make of it.
 * Nothing is written from here; the review plans and starts them.
 */
export class Partitions {
  readonly disks: Signal<Loaded<readonly Disk[]>> = loaded();
  readonly diskId: Signal<string | undefined> = signal(undefined);
  readonly disk: ReadonlySignal<Disk | undefined> = computed(() =>
    this.disks.value.value?.find(({ id }) => id === this.diskId.value),
  );
  readonly answer: Signal<Loaded<PartitionsAnswer>> = loaded();
  readonly edits: Signal<List> = signal([]);
  readonly isReview = signal(false);
  /** `segmentKey` or `freeKey` of what is marked, in the bar and in the table. */
  readonly selected: Signal<string | undefined> = signal(undefined);
  /** What is being dragged, or set and not answered yet. */
  readonly draft: Signal<(Place & { readonly key: string }) | undefined> = signal(undefined);
  /** In which all sizes and places are typed, once one was chosen. */
  readonly unit: Signal<SizeUnit | undefined> = signal(undefined);
  readonly past: Signal<readonly List[]> = signal([]);
  readonly future: Signal<readonly List[]> = signal([]);

  /** The disk after all operations, with what is being dragged where it is now. */
  readonly after: ReadonlySignal<EditedDisk | undefined> = computed(() => {
    const disk = this.answer.value.value?.after;
    const draft = this.draft.value;
    if (!disk || !draft) return disk;
    const partitions = disk.partitions.map((one) => (segmentKey(one) === draft.key ? { ...one, ...draft } : one));
    return { ...disk, partitions };
  });
  readonly partition: ReadonlySignal<EditedPartition | undefined> = computed(() =>
    this.answer.value.value?.after?.partitions.find((one) => segmentKey(one) === this.selected.value),
  );
  readonly space: ReadonlySignal<FreeSpace | undefined> = computed(() => {
    const disk = this.answer.value.value?.after;
    const key = this.selected.value;
    if (!disk || !key?.startsWith("free-")) return undefined;
    const named = (one: FreeSpace) => freeKey(disk, one);
    return disk.free.find((one) => named(one) === key) ?? disk.free.find((one) => named(one) === `${key}-logical`);
  });

  readonly #around: PartitionsSurroundings;
  /** Whose sizes were asked for and are not told yet: a newer question, which makes that one void, asks for them too. */
  #sizesOf: number | undefined;

  constructor(around: PartitionsSurroundings) {
    this.#around = around;
  }

  /** The section is come to. What was wanted of a disk, and not begun, is still there. */
  async enter(hash: string): Promise<void> {
    const disks = await load(this.disks, () => this.#around.api.call("disks"));
    const named = diskIn(hash) ?? this.diskId.value;
    const first = disks?.find(({ isBootMedium, unreadable }) => !isBootMedium && !unreadable) ?? disks?.[0];
    const disk = disks?.find(({ id }) => id === named) ?? first;
    if (!disk) return;
    if (disk.id !== this.diskId.value || this.edits.value.length === 0) this.choose(disk.id, true);
    else this.followHash(hash);
  }

  /** The address was changed by a link, or by Back and Forward. */
  followHash(hash: string): void {
    const named = diskIn(hash);
    if (named !== undefined && named !== this.diskId.value) this.choose(named, true);
    else this.isReview.value = hash.startsWith(`${ADDRESS}/review`) && this.edits.value.length > 0;
  }

  /** Another disk: what was wanted of the one before is forgotten. */
  choose(diskId: string, replace = false): void {
    batch(() => {
      this.diskId.value = diskId;
      this.isReview.value = false;
      this.answer.value = NOTHING;
      this.selected.value = undefined;
      this.#forget();
    });
    // The disks may have been listed after the user has gone elsewhere.
    if (this.#around.isShown()) this.#around.show(this.#address(""), replace);
    void this.#ask();
  }

  /** Looks at the disk anew; nothing is wanted of it any more. */
  look(): void {
    if (this.diskId.value !== undefined) this.choose(this.diskId.value, true);
  }

  review(isReview: boolean): void {
    this.isReview.value = isReview;
    this.#around.show(this.#address(isReview ? "/review" : ""), false);
  }

  /** Asks the file system of a partition how small and large it can be, which takes seconds. @param source its number on the disk */
  askSizes(source: number): void {
    this.#sizesOf = source;
    void this.#ask(true);
  }

  add(...edits: readonly Edit[]): void {
    this.#want([...this.edits.value, ...edits]);
  }

  /** To another place and size. One that is made in the list is made there at once. */
  put(one: EditedPartition, to: Place): void {
    this.draft.value = { key: segmentKey(one), ...to };
    const list = this.edits.value;
    const isMade = one.source === undefined && one.role !== "extended";
    if (isMade)
      this.#want(list.map((edit) => (edit.op === "create" && edit.start === one.start ? { ...edit, ...to } : edit)));
    else this.add(...editsTo(one, to));
  }

  remove(index: number): void {
    this.#want(this.edits.value.filter((_, i) => i !== index));
  }

  discard(): void {
    this.#want([]);
  }

  undo(): void {
    const before = this.past.value.at(-1);
    if (!before) return;
    this.past.value = this.past.value.slice(0, -1);
    this.future.value = [...this.future.value, this.edits.value];
    this.#become(before);
  }

  redo(): void {
    const next = this.future.value.at(-1);
    if (!next) return;
    this.future.value = this.future.value.slice(0, -1);
    this.past.value = [...this.past.value, this.edits.value];
    this.#become(next);
  }

  /** They are being carried out: the disk is to be looked at anew afterwards. */
  started(): void {
    this.#forget();
    this.answer.value = NOTHING;
  }

  #want(next: List): void {
    // What is dragged to and fro is one change.
    if (!isContinued(this.edits.value, next)) this.past.value = [...this.past.value, this.edits.value];
    this.future.value = [];
    this.#become(next);
  }

  #become(edits: List): void {
    this.edits.value = edits;
    void this.#ask();
  }

  async #ask(isQuiet = false): Promise<void> {
    const diskId = this.diskId.value;
    if (diskId === undefined) return;
    const wanted = this.edits.value;
    const sizesOf = this.#sizesOf;
    const body = { diskId, edits: [...wanted], ...(sizesOf !== undefined && { sizesOf }) };
    const answer = await load(this.answer, () => this.#around.api.call("tryPartitions", { body }));
    if (!answer || this.edits.value !== wanted) return;
    this.#sizesOf = undefined;
    batch(() => {
      this.draft.value = undefined;
      this.edits.value = answer.edits;
    });
    if (!isQuiet) announce(t("partitions.pending-count", { count: answer.edits.length }));
  }

  #forget(): void {
    this.edits.value = [];
    this.past.value = [];
    this.future.value = [];
    this.draft.value = undefined;
    this.#sizesOf = undefined;
  }

  #address(page: "" | "/review"): string {
    return `${ADDRESS}${page}?disk=${encodeURIComponent(this.diskId.value ?? "")}`;
  }
}

/** The new one at the end goes on with the one before it, and nothing else is new. */
function isContinued(before: List, next: List): boolean {
  const [last, added] = [before.at(-1), next.at(-1)];
  if (!last || !added || next.length !== before.length + 1) return false;
  if (added.op !== "move" && added.op !== "resize") return false;
  return last.op === added.op && last.number === added.number;
}
