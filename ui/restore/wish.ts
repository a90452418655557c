import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LayoutWish, RestoreWish, SystemsWish } from "#rescue/api/contract.ts";
import type { SourceKind } from "#ui/restore/route.ts";

/** What of the image is restored. */
export type What = "whole" | "systems" | "some";
/** The whole disk, its free space, or one of its partitions by number. */
export type Where = "disk" | "free" | number;
export type Sizes = LayoutWish["mode"];

/** All that can be wanted of a restore besides image and target. Kept while the user goes to and fro. */
export class WishState {
  readonly what: Signal<What> = signal("whole");
  /** Numbers in the image, for `some`. */
  readonly some: Signal<readonly number[]> = signal([]);
  readonly where: Signal<Where> = signal("disk");
  readonly sizes: Signal<Sizes> = signal("keep");
  /** Bytes by number in the image, where somebody has set them. */
  readonly byHand: Signal<Readonly<Record<number, number>>> = signal({});
  readonly table: Signal<"same" | "gpt" | "mbr"> = signal("same");
  /** Other identifiers than the usual: of a restore the old ones are kept, a clone gets new ones. */
  readonly otherIds = signal(false);
  readonly universal = signal(false);
  readonly isNewMachine = signal(false);
  readonly hostname = signal("");
  readonly firmware: Signal<"same" | "bios" | "uefi"> = signal("same");
  readonly discardHibernation = signal(false);
  readonly delta = signal(false);

  readonly #kind: SourceKind;

  constructor(kind: SourceKind = "restore") {
    this.#kind = kind;
  }

  /** What is asked for beside the usual. */
  get ids(): "keep" | "new" | undefined {
    if (!this.otherIds.value) return undefined;
    return this.#kind === "clone" ? "keep" : "new";
  }

  get usualIds(): "keep" | "new" {
    return this.#kind === "clone" ? "new" : "keep";
  }

  /** One partition into a place of a disk that keeps all else. */
  readonly isInto: ReadonlySignal<boolean> = computed(
    () => this.what.value === "some" && this.some.value.length === 1 && this.where.value !== "disk",
  );
  readonly wish: ReadonlySignal<RestoreWish> = computed(() => wishOf(this));

  /** Another image or another disk: what was wanted of the partitions is of no use any more. */
  forgetPlaces(isTooSmall = false): void {
    batch(() => {
      this.what.value = "whole";
      this.some.value = [];
      this.where.value = "disk";
      this.sizes.value = isTooSmall ? "shrink" : "keep";
      this.byHand.value = {};
      this.table.value = "same";
    });
  }
}

/** A plain restore is one without a wish: then nothing is asked of any file system. */
export function wishOf(state: WishState): RestoreWish {
  const systems = systemsOf(state);
  const common = systems && { systems };
  const [number] = state.some.value;
  const where = state.where.value;
  if (state.isInto.value && number !== undefined && where !== "disk")
    return {
      into: {
        ...{ number, fills: state.sizes.value !== "keep", ids: state.ids ?? state.usualIds },
        place: where === "free" ? { free: true } : { partition: where },
      },
    };
  const layout = layoutOf(state);
  return { ...common, ...(layout && { layout }), ...(state.what.value === "systems" && { onlySystems: true }) };
}

export function layoutOf(state: WishState): LayoutWish | undefined {
  const { sizes, table, ids, what, some, byHand } = state;
  const only = what.value === "some" ? [...some.value] : undefined;
  const isPlain = sizes.value === "keep" && table.value === "same" && !ids && !only;
  if (isPlain) return undefined;
  const more = {
    ...(table.value !== "same" && { table: table.value }),
    ...(ids && { ids }),
  };
  if (sizes.value !== "manual") return { mode: sizes.value, ...more, ...(only && { only }) };
  const set = Object.entries(byHand.value).map(([number, size]) => ({ source: Number(number), size }));
  const wanted = only ? set.filter(({ source }) => only.includes(source)) : set;
  return { mode: "manual", ...more, partitions: wanted };
}

function systemsOf(state: WishState): SystemsWish | undefined {
  const { universal, isNewMachine, hostname, firmware, discardHibernation } = state;
  const isUsual = !universal.value && !isNewMachine.value && firmware.value === "same" && !discardHibernation.value;
  if (isUsual) return undefined;
  const name = hostname.value.trim();
  return {
    ...{ bootRepair: true, universal: universal.value, identity: isNewMachine.value ? "new" : "keep" },
    ...(isNewMachine.value && name !== "" && { hostname: name }),
    ...(firmware.value !== "same" && { firmware: firmware.value }),
    ...(discardHibernation.value && { discardHibernation: true }),
  };
}

/** As every system takes it (RFC 1123, 2.1); empty: it keeps its own. */
export const isHostName = (name: string): boolean =>
  /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)?$/.test(name.trim());
