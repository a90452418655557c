import type { Exploration } from "#imaging/explore/explore-image.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { OpenImageOptions } from "#imaging/image/image-reader.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import type { Log } from "#rescue/log.ts";

export interface ExplorationsDeps {
  /** Makes an image readable. @throws NOT_FOUND */
  readonly open: (imageId: string) => Promise<{ readonly path: string; readonly diskId: string }>;
  /** The keys of the images that were unlocked. @throws IMAGE_LOCKED */
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
  readonly log: Pick<Log, "warn">;
  /** For tests. */
  readonly explore?: (path: string) => Promise<Exploration>;
  readonly idleMilliseconds?: number;
}

/** Somebody reads a list, or looks for a stick. */
const IDLE_MS = 5 * 60_000;

interface Open {
  readonly imageId: string;
  readonly diskId: string;
  readonly exploration: Promise<Exploration>;
  users: number;
  idle: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The image that is being looked into: mounted when it is first asked for, and let go of when another one is, when its disk is
 * wanted, or when nobody has asked for a while. One at a time: each takes mounts, loop devices and memory.
 */
export class Explorations implements AsyncDisposable {
  readonly #deps: ExplorationsDeps;
  #open: Open | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: ExplorationsDeps) {
    this.#deps = deps;
  }

  /** @throws NOT_FOUND, IMAGE_LOCKED, FUSE_UNAVAILABLE; what explorePrivately throws */
  async use<T>(imageId: string, action: (exploration: Exploration) => Promise<T>): Promise<T> {
    const open = await this.#inTurn(() => this.#enter(imageId));
    try {
      return await action(await open.exploration);
    } finally {
      open.users--;
      if (open.users === 0 && this.#open === open) this.#waitFor(open);
    }
  }

  /** Lets go of what lies on a disk, which somebody else wants. What is being read stays, and the disk is then in use. */
  release(diskId: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open?.diskId === diskId && this.#open.users === 0) await this.#close();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  async #enter(imageId: string): Promise<Open> {
    if (this.#open && this.#open.imageId !== imageId) await this.#close();
    const { path, diskId } = await this.#deps.open(imageId);
    const open = this.#open ?? { imageId, diskId, exploration: this.#explore(path), users: 0, idle: undefined };
    clearTimeout(open.idle);
    open.users++;
    this.#open = open;
    // One that could not be opened is tried again the next time.
    await open.exploration.catch((error) => {
      this.#open = undefined;
      throw error;
    });
    return open;
  }

  async #explore(path: string): Promise<Exploration> {
    if (this.#deps.explore) return this.#deps.explore(path);
    return explorePrivately(await openImage(path, { unlock: this.#deps.unlock }));
  }

  #waitFor(open: Open): void {
    open.idle = setTimeout(() => {
      void this.#inTurn(async () => {
        if (this.#open === open && open.users === 0) await this.#close();
      });
    }, this.#deps.idleMilliseconds ?? IDLE_MS);
    open.idle.unref();
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    clearTimeout(open.idle);
    await open.exploration
      .then((exploration) => exploration[Symbol.asyncDispose]())
      .catch((error) => this.#deps.log.warn({ err: error }, "an image that was looked into could not be let go of"));
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => {});
    return result;
  }
}
