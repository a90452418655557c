import type { BlockDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { entriesOf, otherSide, type SideNumber } from "./boot-volume.ts";
import type { MadeVolume } from "./make-boot-volume.ts";
import { compare, type Piece, pour } from "./pour.ts";
import { put, type ReadsBack } from "./put.ts";

/** A set on its way onto a stick. Until `switch` writes one sector, the stick starts its old set, and from then on this one. */
export class NextSet {
  /** The boot partition of the stick. */
  readonly #boot: BlockDevice;
  /** The same partition as it is to be, made as a file. */
  readonly #source: BlockDevice;
  readonly #made: MadeVolume;
  readonly #side: SideNumber;
  readonly #readsBack: ReadsBack;

  constructor(
    boot: BlockDevice,
    { source, made, side }: { readonly source: BlockDevice; readonly made: MadeVolume; readonly side: SideNumber },
    readsBack: ReadsBack,
  ) {
    this.#boot = boot;
    this.#source = source;
    this.#made = made;
    this.#side = side;
    this.#readsBack = readsBack;
  }

  get bytes(): number {
    return this.#made.content.bytes;
  }

  /** The new files, into clusters that the old set does not use. Yields bytes done. */
  async *write(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
    yield* pour(this.#boot, this.#pieces(this.#made.content), signal);
    await this.#boot.flush();
  }

  /** Reads them back. Yields bytes done. */
  compare(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
    return compare(this.#boot, this.#pieces(this.#made.content), this.#readsBack, signal);
  }

  /** From here on it is not stopped any more: what is left takes a moment. Each step is on the medium before the next one begins. */
  async switch(): Promise<void> {
    const { volume } = this.#made;
    for (const extent of entriesOf(volume, this.#side)) await this.#put(extent);
    await this.#put(volume.switch);
    // The old set's room; what somebody else had in the root directory; how much is free.
    for (const extent of entriesOf(volume, otherSide(this.#side))) await this.#put(extent);
    await this.#put(volume.root);
    await this.#put(volume.info);
  }

  #put(extent: Extent): Promise<void> {
    return put(this.#boot, this.#pieces([extent]), this.#readsBack);
  }

  #pieces(extents: Iterable<Extent>): Piece[] {
    return [{ from: this.#source, extents: ExtentList.of(extents), at: 0 }];
  }
}
