import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { RangeOrder } from "#imaging/stage/range-order.ts";
import { endPage, firstPage, PAGE, ScratchPages } from "#imaging/stage/scratch-pages.ts";

export interface StagedBytesOptions {
  /** The target disk, held by the caller; it is opened for writing unless all is protected. */
  readonly target: BlockDevice;
  /** Byte of the target where the volume starts. */
  readonly start: number;
  /** Bytes of the volume that lie on the target. */
  readonly size: number;
  /** The volume as it was; undefined when all that is shown lies on the target. */
  readonly original?: ReadableDevice | undefined;
  /** Bytes of the volume that are shown. */
  readonly shown: number;
  /** What of the volume stays on the target as it is, whole pages of it: what is written there goes to the scratch file. */
  readonly protect?: ExtentList | undefined;
  /** Bytes that the scratch file may have at the most. */
  readonly scratchBytes: number;
  /** Where the scratch file lies, default the system's folder for temporary files. */
  readonly scratchFolder?: string | undefined;
}

/**
 * A volume of which the first bytes are a part of the target, and the others are read of the original; what is written
 * there, or to what is protected, is kept for as long as this lives. Nothing of the target outside of the volume is ever
 * touched.
 */
export class StagedBytes implements AsyncDisposable {
  readonly #options: StagedBytesOptions;
  readonly #scratch: ScratchPages;
  readonly #protected: ExtentList;
  /** By pages: two that write to different halves of one would each bring in the other's half as it was. */
  readonly #order = new RangeOrder(PAGE);

  /** @throws RangeError when the parts do not make up what is shown */
  constructor(options: StagedBytesOptions) {
    const { target, start, size, original, shown, scratchBytes, scratchFolder, protect } = options;
    if (start < 0 || size < 0 || start + size > target.size) throw new RangeError("the volume leaves the target");
    if (shown > Math.max(size, original?.size ?? 0)) throw new RangeError("nothing holds the end of the volume");
    this.#options = options;
    this.#protected = wholePages(protect);
    this.#scratch = new ScratchPages(scratchBytes, original?.path ?? target.path, scratchFolder);
  }

  /** Bytes of scratch that are taken. */
  get scratchBytes(): number {
    return this.#scratch.bytes;
  }

  /** What of the volume was written and is in the scratch file alone, in order. */
  *kept(): Generator<Extent, void, undefined> {
    for (const { start, end } of this.#scratch.extents()) yield { start, end: Math.min(end, this.#options.shown) };
  }

  /** @throws what the target and the original throw */
  read(into: Uint8Array, offset: number): Promise<void> {
    return this.#order.read(offset, into.length, async () => {
      const where = (page: number) => Number(this.#scratch.has(page)) + 2 * Number(this.#isProtected(page));
      for (const { start, end } of runs(offset, into.length, where)) {
        const part = into.subarray(start - offset, end - offset);
        const isKept = this.#scratch.has(firstPage(start));
        // Of the page in which the target's part ends, only what lies behind it is in the scratch file.
        const below = isKept && this.#isProtected(firstPage(start)) ? 0 : this.#below(start, part.length);
        if (below > 0) await this.#readBeneath(part.subarray(0, below), start);
        const above = part.subarray(below);
        await (isKept ? this.#scratch.read(above, start + below) : this.#readBeneath(above, start + below));
      }
    });
  }

  /** @throws what the target and the original throw; STAGE_FULL, SPACE_EXHAUSTED, CREATE_FAILED of the scratch file */
  write(from: Uint8Array, offset: number): Promise<void> {
    return this.#order.write(offset, from.length, async () => {
      for (const { start, end } of runs(offset, from.length, (page) => Number(this.#isProtected(page)))) {
        const part = from.subarray(start - offset, end - offset);
        if (this.#isProtected(firstPage(start))) await this.#keep(part, start);
        else await this.#writeBelow(part, start);
      }
    });
  }

  /** Nothing more is written to the target after it, not even by who was given up in the middle. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#order.written();
    await this.#scratch[Symbol.asyncDispose]();
  }

  /** What lies on the target up to the new end, and in the original behind it. */
  async #readBeneath(into: Uint8Array, offset: number): Promise<void> {
    const { target, start, original } = this.#options;
    const below = this.#below(offset, into.length);
    if (below > 0) await target.read(into.subarray(0, below), start + offset);
    if (below < into.length) await original?.read(into.subarray(below), offset + below);
  }

  async #writeBelow(from: Uint8Array, offset: number): Promise<void> {
    const { target, start } = this.#options;
    const below = this.#below(offset, from.length);
    if (below > 0) await target.write(from.subarray(0, below), start + offset);
    if (below < from.length) await this.#keep(from.subarray(below), offset + below);
  }

  #below(offset: number, length: number): number {
    return Math.min(length, Math.max(0, this.#options.size - offset));
  }

  #isProtected(page: number): boolean {
    return this.#protected.covers(page * PAGE, (page + 1) * PAGE);
  }

  async #keep(from: Uint8Array, offset: number): Promise<void> {
    const end = offset + from.length;
    for (const page of new Set([firstPage(offset), endPage(end) - 1])) await this.#bringIn(page, offset, end);
    await this.#scratch.write(from, offset);
  }

  /** A page of which only a part is written gets what is beneath first. */
  async #bringIn(page: number, start: number, end: number): Promise<void> {
    const { size, shown } = this.#options;
    const first = this.#isProtected(page) ? page * PAGE : Math.max(size, page * PAGE);
    const last = Math.min(shown, (page + 1) * PAGE);
    if (this.#scratch.has(page) || (start <= first && last <= end)) return;
    const bytes = new Uint8Array(last - first);
    await this.#readBeneath(bytes, first);
    await this.#scratch.write(bytes, first);
  }
}

/** Divides a range where what is asked of its pages changes. */
function* runs(offset: number, length: number, ask: (page: number) => number): Generator<Extent> {
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const first = firstPage(at);
    const answer = ask(first);
    let page = first + 1;
    while (page < endPage(end) && ask(page) === answer) page++;
    const stop = Math.min(end, page * PAGE);
    yield { start: at, end: stop };
    at = stop;
  }
}

function wholePages(protect: ExtentList | undefined): ExtentList {
  const whole = new ExtentList(protect?.length);
  for (const { start, end } of protect ?? []) whole.add(firstPage(start) * PAGE, endPage(end) * PAGE);
  return whole;
}
