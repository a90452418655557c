import { readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { reasonOf } from "#base/http/problem.ts";
import { type Place, placeSecret } from "#base/medium/place.ts";
import { type Room, roomOf } from "#imaging/bucket/room.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import type { Log } from "#rescue/log.ts";
import { secretMissing } from "#rescue/settings/secret-missing.ts";
import { mountShare, tryToWrite } from "#rescue/shares/mount-share.ts";
import { folderIn, isShare, placeId, type Share } from "#rescue/shares/share.ts";
import { abandonShare, unmountShare } from "#rescue/shares/unmount-share.ts";
import { within } from "#rescue/within.ts";

export interface SharesDeps {
  /** The settings' places as they are now. */
  readonly places: () => readonly Place[];
  /** A password by its name (`placeSecret`). */
  readonly secret: (name: string) => string | undefined;
  /** Bytes: a place with less free room is shown with a warning; 0: never. */
  readonly lowSpace: () => number;
  /** Where shares are mounted, and where the files of their tools are. */
  readonly root: string;
  readonly work: string;
  readonly log: Pick<Log, "info" | "warn">;
}

export interface PlaceState {
  readonly id: string;
  readonly place: Place;
  readonly state: "connected" | "not-connected" | "no-answer";
  /** The folder of its images, while it is connected. */
  readonly folder?: string;
  /** Absent also where the server does not say, as for a bucket. */
  readonly room?: Room;
  readonly isLow: boolean;
  /** Why it could not be connected the last time. */
  readonly problem?: { readonly code: string; readonly text: string };
}

export interface ShareTest {
  /** Absent: the server does not say, as for a bucket. */
  readonly room?: Room;
  readonly isLow: boolean;
  /** Absent: images can be written there, or it is one that is only read. */
  readonly readOnly?: { readonly code: string; readonly text: string };
}

/** A file server that is gone lets a look at its free room hang. */
const LOOK_MS = 5000;

/** The shares of other machines that hold images. What is mounted is asked of the kernel, so a server that is started again knows it. */
export class Shares {
  readonly #deps: SharesDeps;
  readonly #problems = new Map<string, PlaceState["problem"]>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: SharesDeps) {
    this.#deps = deps;
  }

  async list(): Promise<PlaceState[]> {
    const mounted = await this.#mounted();
    return Promise.all(
      this.#deps
        .places()
        .filter(isShare)
        .map((share) => this.#stateOf(share, mounted)),
    );
  }

  /** Connects a place of the settings. @throws what `mountShare` throws, NOT_FOUND, SECRET_MISSING */
  connect(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const share = this.#shareOf(id);
      const { point } = this.#placesOf(id);
      if ((await this.#mounted()).has(id)) {
        if (!(await isOrphan(point))) return;
        await abandonShare(point);
      }
      try {
        await mountShare(share, this.#passwordOf(share), this.#placesOf(id));
        this.#problems.delete(id);
        this.#deps.log.info({ place: share.name }, "a share is connected");
      } catch (error) {
        this.#problems.set(id, reasonOf(error));
        await rmdir(point).catch(() => {});
        throw error;
      }
    });
  }

  /** @throws NOT_FOUND, SHARE_IN_USE */
  disconnect(id: string): Promise<void> {
    return this.#inTurn(async () => {
      if (!(await this.#mounted()).has(id)) return;
      const point = join(this.#deps.root, id);
      await ((await look(point)) ? unmountShare(point) : abandonShare(point));
      await rmdir(point);
      this.#problems.delete(id);
    });
  }

  /** Connects everything that can be; a problem is in the list, and stops nothing. */
  async connectAll(): Promise<void> {
    for (const share of this.#deps.places().filter(isShare))
      await this.connect(placeId(share)).catch((error) =>
        this.#deps.log.warn({ err: error, place: share.name }, "a share could not be connected"),
      );
  }

  /**
   * Tries a share that is not yet among the settings, and leaves nothing of it.
   * @throws what `mountShare` throws, SECRET_MISSING
   */
  test(share: Share, password: string | undefined): Promise<ShareTest> {
    return this.#inTurn(async () => {
      const id = `test-${process.pid}`;
      const { point, work } = this.#placesOf(id);
      const folder = await mountShare(share, password ?? this.#passwordOf(share), { point, work });
      try {
        const room = await roomOf(folder);
        const readOnly = share.readOnly ? undefined : await writeFault(share, folder);
        return { ...this.#told(room), ...(readOnly && { readOnly }) };
      } finally {
        // What a test wrote is worth waiting for to nobody.
        await unmountShare(point).catch(() => abandonShare(point));
        await rmdir(point);
      }
    });
  }

  /** Where to look for images: of each connected share its folder and its name. */
  async folders(): Promise<{ path: string; place: string }[]> {
    const states = await this.list();
    return states.flatMap(({ folder, state, place }) =>
      folder !== undefined && state === "connected" ? [{ path: folder, place: place.name }] : [],
    );
  }

  /** Disconnects everything, at the end of the server; what is in use stays, and is found again. */
  async close(): Promise<void> {
    for (const id of await this.#mounted())
      await this.disconnect(id).catch((error) =>
        this.#deps.log.warn({ err: error, place: id }, "a share stays connected"),
      );
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => {});
    return result;
  }

  async #stateOf(share: Share, mounted: ReadonlySet<string>): Promise<PlaceState> {
    const id = placeId(share);
    const problem = this.#problems.get(id);
    const known = { id, place: share, ...(problem && { problem }) };
    if (!mounted.has(id)) return { ...known, state: "not-connected", isLow: false };
    const folder = join(this.#deps.root, id, folderIn(share));
    const seen = await look(folder);
    if (!seen) return { ...known, state: "no-answer", folder, isLow: false };
    return { ...known, state: "connected", folder, ...this.#told(seen.room) };
  }

  /** Where nobody says how much room there is, it is not little. */
  #told(room: Room | undefined): { room?: Room; isLow: boolean } {
    return room ? { room, isLow: room.free < this.#deps.lowSpace() } : { isLow: false };
  }

  #shareOf(id: string): Share {
    const share = this.#deps.places().find((place) => placeId(place) === id);
    if (!share || !isShare(share)) throw new LifeboatError("NOT_FOUND", { what: `the share ${id}` });
    return share;
  }

  #passwordOf(share: Share): string | undefined {
    const use = placeSecret(share);
    if (!use) return undefined;
    const password = this.#deps.secret(use.name);
    if (password === undefined) throw secretMissing(use);
    return password;
  }

  #placesOf(id: string) {
    return {
      point: join(this.#deps.root, id),
      work: join(this.#deps.work, Buffer.from(id).toString("hex").slice(0, 40)),
    };
  }

  async #mounted(): Promise<Set<string>> {
    const names = await readdir(this.#deps.root).catch((): string[] => []);
    const points = new Set((await readMountTable()).map(({ point }) => point));
    return new Set(names.filter((name) => points.has(join(this.#deps.root, name))));
  }
}

/** @returns undefined: its server does not answer in time */
const look = (folder: string): Promise<{ room: Room | undefined } | undefined> =>
  within(LOOK_MS, roomOf(folder)).then(
    (room) => ({ room }),
    () => undefined,
  );

/** The program that served it was killed. A server that is away may come back by itself. */
const isOrphan = (point: string): Promise<boolean> =>
  within(LOOK_MS, roomOf(point)).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOTCONN",
  );

const writeFault = (share: Share, folder: string): Promise<ShareTest["readOnly"]> =>
  tryToWrite(share, folder).then(
    () => undefined,
    (error) => reasonOf(error),
  );
