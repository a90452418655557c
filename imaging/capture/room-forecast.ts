import type { Space } from "#base/progress.ts";

/** Often enough for a disk of a few GiB; asking a server for its free space takes a moment. */
const LOOK_MS = 1000;

export interface RoomSource {
  /** Bytes that are free where the image is written; undefined when nobody can tell. */
  readonly free: () => Promise<number | undefined>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What room the rest of an image will need, if it compresses as what is done did, and what room there is. */
export class RoomForecast {
  readonly #source: RoomSource;
  readonly #totalBytes: number;
  readonly #now: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isLooking = false;
  #free: number | undefined;

  /** @param totalBytes plain bytes of all that is captured */
  constructor(source: RoomSource, totalBytes: number) {
    this.#source = source;
    this.#totalBytes = totalBytes;
    this.#now = source.now ?? (() => performance.now());
  }

  /**
   * The forecast after `plainBytes` became `storedBytes`. Never waits: how much is free is asked for now and then, and
   * known at a later call.
   */
  after(plainBytes: number, storedBytes: number): Space | undefined {
    this.#look();
    if (plainBytes === 0 || this.#free === undefined) return undefined;
    const left = Math.max(0, this.#totalBytes - plainBytes);
    return { needed: Math.round((storedBytes / plainBytes) * left), free: this.#free };
  }

  #look(): void {
    if (this.#isLooking || this.#now() - this.#lookedAt < LOOK_MS) return;
    this.#isLooking = true;
    void this.#source
      .free()
      .catch(() => undefined)
      .then((free) => {
        this.#free = free;
        this.#lookedAt = this.#now();
        this.#isLooking = false;
      });
  }
}
