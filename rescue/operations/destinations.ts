import { access, constants, mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { roomOf } from "#imaging/bucket/room.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { isRepositoryFolder, openRepository } from "#imaging/repository/repository.ts";
import { say } from "#imaging/words/say.ts";
import type { Destination } from "#rescue/api/operation-contract.ts";
import { volumesOf } from "#rescue/images/volume.ts";
import { isWritableKind, mountToWrite, type OpenFolder } from "#rescue/operations/write-mount.ts";
import type { PlaceState } from "#rescue/shares/shares.ts";
import { within } from "#rescue/within.ts";

export interface DestinationDeps {
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly holdingDisk: (path: string, disks: readonly Disk[]) => Promise<Disk | undefined>;
  readonly shares: () => Promise<readonly PlaceState[]>;
  /** The stick's partition for data. @throws SETTINGS_NOT_KEPT */
  readonly dataFolder: () => Promise<string>;
  /** Named when the server was started. */
  readonly folders: readonly string[];
  /** Bytes that count as little room. */
  readonly lowSpace: () => number;
  /** Whether partitions of this machine may be mounted. */
  readonly isRescue: boolean;
  /** Lets go of what the search for images has mounted of a disk. */
  readonly release: (diskId: string) => Promise<void>;
}

export const nameOf = ({ name, nameSaid }: Pick<Destination, "name" | "nameSaid">): Sentence => ({
  ...{ text: name, said: nameSaid },
});

interface Place {
  readonly destination: Destination;
  readonly open: () => Promise<OpenFolder>;
}

/** A server that does not answer must not keep the list back. */
const LOOK_MS = 5000;

/** Where an image may be captured to: connected shares, the stick that this system was started from, partitions of other disks. */
export class Destinations {
  readonly #deps: DestinationDeps;

  constructor(deps: DestinationDeps) {
    this.#deps = deps;
  }

  async list(): Promise<Destination[]> {
    return (await this.#places()).map(({ destination }) => destination);
  }

  /** Makes it ready to take files. @throws NOT_FOUND, TOOL_FAILED, CREATE_FAILED */
  async open(id: string): Promise<OpenFolder & { readonly destination: Destination }> {
    const place = (await this.#places()).find(({ destination }) => destination.id === id);
    if (!place) throw new LifeboatError("NOT_FOUND", { what: `the place ${id}` });
    const { diskId, kind } = place.destination;
    if (kind === "partition" && diskId !== undefined) await this.#deps.release(diskId);
    return { ...(await place.open()), destination: place.destination };
  }

  async #places(): Promise<Place[]> {
    const { listDisks, isRescue, shares, dataFolder, folders } = this.#deps;
    const disks = await listDisks();
    const connected = (await shares()).filter(({ state, place }) => state === "connected" && !isReadOnly(place));
    const data = await dataFolder().catch(() => undefined);
    const tops = [
      ...connected.flatMap(({ id, place, folder }) =>
        folder === undefined ? [] : [{ id: `share:${id}`, name: { text: place.name }, kind: kindOf(place), folder }],
      ),
      ...(data === undefined
        ? []
        : [{ id: "medium", name: say("place.stick"), kind: "medium" as const, folder: join(data, "images") }]),
      ...folders.map((folder) => ({ id: `folder:${folder}`, name: { text: folder }, kind: "folder" as const, folder })),
    ];
    const found = await Promise.all(
      tops.map((top) => within(LOOK_MS, this.#ofFolder(top, disks)).catch((): Place[] => [])),
    );
    const partitions = isRescue ? disks.filter(({ isBootMedium }) => !isBootMedium).flatMap(ofPartitions) : [];
    return [...found.flat(), ...partitions];
  }

  /** The folder, and the repositories that lie in it. */
  async #ofFolder(top: Top, disks: readonly Disk[]): Promise<Place[]> {
    if (top.kind === "medium") await mkdir(top.folder, { recursive: true });
    await access(top.folder, constants.W_OK);
    const known = await roomOf(top.folder);
    const diskId = (await this.#deps.holdingDisk(top.folder, disks))?.id;
    const isLow = known !== undefined && known.free < this.#deps.lowSpace();
    const room = { ...known, isLow, ...(diskId !== undefined && { diskId }) };
    const place = async (id: string, { text: name, said: nameSaid }: Sentence, folder: string): Promise<Place> => ({
      destination: { ...{ id, name, nameSaid, kind: top.kind, ...room }, repository: await repositoryState(folder) },
      open: async () => ({ folder, async [Symbol.asyncDispose]() {} }),
    });
    const inside = [];
    for (const entry of await readdir(top.folder, { withFileTypes: true })) {
      const folder = join(top.folder, entry.name);
      if (entry.isDirectory() && (await isRepositoryFolder(folder)))
        inside.push(
          await place(
            `${top.id}/${entry.name}`,
            say("place.repository", { place: top.name, name: basename(folder) }),
            folder,
          ),
        );
    }
    return [await place(top.id, top.name, top.folder), ...inside];
  }
}

interface Top {
  readonly id: string;
  readonly name: Sentence;
  readonly kind: Destination["kind"];
  readonly folder: string;
}

const kindOf = ({ kind }: PlaceState["place"]): Destination["kind"] => (kind === "s3" ? "bucket" : "share");

const isReadOnly = (place: PlaceState["place"]): boolean => "readOnly" in place && place.readOnly === true;

export async function repositoryState(folder: string): Promise<Destination["repository"]> {
  if (!(await isRepositoryFolder(folder))) return "none";
  return (await openRepository(folder)).encrypted ? "locked" : "open";
}

function ofPartitions(disk: Disk): Place[] {
  if (disk.kind !== "block" || disk.readOnly) return [];
  return volumesOf(disk)
    .filter(({ filesystem }) => isWritableKind(filesystem))
    .map((volume) => ({
      destination: {
        ...{ id: `partition:${volume.name}`, name: volume.place, nameSaid: volume.placeSaid },
        ...{ kind: "partition", diskId: disk.id },
        ...{ size: volume.size, isLow: false, repository: "none" },
      },
      open: () => mountToWrite(volume),
    }));
}
