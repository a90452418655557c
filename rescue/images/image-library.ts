import { access, realpath } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { MountEntry } from "#imaging/inventory/mount-table.ts";
import { say } from "#imaging/words/say.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import { describeImage, type Finding, type ReadManifest } from "#rescue/images/describe-image.ts";
import { findImageFiles } from "#rescue/images/find-image-files.ts";
import type { ImageKeys } from "#rescue/images/image-keys.ts";
import type { Mounter } from "#rescue/images/mounter.ts";
import { type Volume, volumesOf } from "#rescue/images/volume.ts";
import type { Log } from "#rescue/log.ts";

export interface SearchedFolder {
  readonly path: string;
  /** For people; without it, the path is. */
  readonly place?: string;
}

export interface LibraryDeps {
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly holdingDisk: (path: string, disks: readonly Disk[]) => Promise<Disk | undefined>;
  readonly readManifest: ReadManifest;
  readonly keys: Pick<ImageKeys, "unlock" | "learn">;
  readonly mounter: Mounter;
  readonly readMountTable: () => Promise<readonly MountEntry[]>;
  /** Searched besides the attached file systems; asked for at each search, as shares come and go. */
  readonly folders: () => Promise<readonly SearchedFolder[]>;
  /** A disk that is being written to is left alone. */
  readonly isTarget: (diskId: string) => boolean;
  readonly log: Log;
}

interface Known {
  readonly found: FoundImage;
  /** The volume that must be mounted for the image to be read; undefined when others have mounted it. */
  readonly volume: Volume | undefined;
}

/**
 * The image files on everything that is attached. File systems with images stay mounted, read-only; the others are
 * unmounted after the look. One search or mount at a time: they wait for one another.
 */
export class ImageLibrary {
  readonly #deps: LibraryDeps;
  /** By the volume's name: what we have mounted, and where. */
  readonly #mounted = new Map<string, { volume: Volume; point: string }>();
  #known = new Map<string, Known>();
  #scanned = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: LibraryDeps) {
    this.#deps = deps;
  }

  /** What the last search has found; the first call searches. Newest image first. */
  list(): Promise<FoundImage[]> {
    return this.#inTurn(async () => {
      if (!this.#scanned) await this.#scan();
      return this.#sorted();
    });
  }

  rescan(): Promise<FoundImage[]> {
    return this.#inTurn(async () => {
      await this.#scan();
      return this.#sorted();
    });
  }

  /** Makes the image's file readable, mounting its file system again if that was given up. @throws NOT_FOUND */
  open(imageId: string): Promise<FoundImage> {
    return this.#inTurn(async () => {
      const known = this.#known.get(imageId);
      if (!known) throw new LifeboatError("NOT_FOUND", { what: `the image ${imageId}` });
      const { found, volume } = known;
      if (volume && !this.#deps.isTarget(volume.diskId)) await this.#mount(volume);
      await access(found.path).catch((cause) => {
        throw new LifeboatError("NOT_FOUND", { what: `the image ${found.path}` }, { cause });
      });
      return found;
    });
  }

  /**
   * Opens an encrypted image with its password or recovery key, and tells what it holds.
   * @throws NOT_FOUND, IMAGE_UNLOCK_FAILED, KEY_INVALID
   */
  async unlock(imageId: string, password: string): Promise<FoundImage> {
    const { path, diskId, place, placeSaid } = await this.open(imageId);
    await this.#deps.keys.learn(path, password);
    const found = await this.#describe({ path, diskId, place, placeSaid });
    const known = this.#known.get(imageId);
    if (known) this.#known.set(imageId, { ...known, found });
    return found;
  }

  /** For a job that waits: mounts the image's file system anew when its disk was away and is back. */
  revive(imageId: string): Promise<void> {
    return this.#inTurn(async () => {
      const name = this.#known.get(imageId)?.volume?.name;
      if (name === undefined) return;
      const volumes = (await this.#deps.listDisks()).flatMap(volumesOf);
      await this.#forgetUnplugged(volumes);
      const volume = volumes.find((v) => v.name === name);
      if (!volume) return;
      await this.#mount(volume);
      for (const [id, known] of this.#known) if (known.volume?.name === name) this.#known.set(id, { ...known, volume });
    });
  }

  /** Lets go of what others read of a disk: of an image that is being looked into. */
  beforeRelease: (diskId: string) => Promise<void> = async () => {};

  /** Unmounts all that was mounted of a disk. A file system that is being read stays, and the disk is then in use. */
  async release(diskId: string): Promise<void> {
    await this.beforeRelease(diskId);
    return await this.#inTurn(async () => {
      for (const volume of this.#mountedVolumes().filter((v) => v.diskId === diskId)) await this.#unmount(volume);
    });
  }

  /** Unmounts everything, at the end of the server. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      for (const volume of this.#mountedVolumes()) await this.#unmount(volume);
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => {});
    return result;
  }

  async #scan(): Promise<void> {
    const { listDisks, isTarget, folders } = this.#deps;
    const disks = await listDisks();
    const attached = disks.flatMap(volumesOf);
    await this.#forgetUnplugged(attached);
    const volumes = attached.filter((volume) => !isTarget(volume.diskId));
    const perDisk = Map.groupBy(volumes, (volume) => volume.diskId).values();
    // Disks side by side, for they do not hinder one another; the file systems of one disk in turn.
    const onDisks = await Promise.all([...perDisk].map((ofDisk) => this.#lookIntoAll(ofDisk)));
    const inFolders = [];
    for (const folder of await folders()) inFolders.push(await this.#lookIntoFolder(folder, disks));
    // A folder may lie on a file system that was searched too: then the latter knows the place better.
    this.#known = new Map([...inFolders, ...onDisks].flat().map((known) => [known.found.id, known]));
    this.#scanned = true;
  }

  async #lookIntoAll(volumes: readonly Volume[]): Promise<Known[]> {
    const found = [];
    for (const volume of volumes) {
      try {
        found.push(...(await this.#lookInto(volume)));
      } catch (error) {
        this.#deps.log.warn({ err: error, volume: volume.place }, "this file system was not searched for images");
      }
    }
    return found;
  }

  async #lookInto(volume: Volume): Promise<Known[]> {
    // The initramfs has mounted it by the whole disk, and its mount is one of the folders.
    if (volume.disk.isBootMedium && volume.filesystem === "iso9660") return [];
    const others = await this.#mountedByOthers(volume);
    if (others) return this.#search(others, volume, undefined);
    const point = await this.#mount(volume);
    if (point === undefined) return [];
    const found = await this.#search(point, volume, volume);
    if (found.length === 0) await this.#unmount(volume);
    return found;
  }

  async #lookIntoFolder({ path, place }: SearchedFolder, disks: readonly Disk[]): Promise<Known[]> {
    try {
      const real = await realpath(path);
      const disk = await this.#deps.holdingDisk(real, disks);
      const { text, said } = place === undefined ? say("place.folder", { path }) : { text: place };
      return await this.#search(real, { diskId: disk?.id ?? "", place: text, placeSaid: said }, undefined);
    } catch (error) {
      this.#deps.log.warn({ err: error, folder: path }, "this folder was not searched for images");
      return [];
    }
  }

  async #search(
    point: string,
    { diskId, place, placeSaid }: Omit<Finding, "path">,
    volume: Volume | undefined,
  ): Promise<Known[]> {
    const found: Known[] = [];
    for (const path of await findImageFiles(point))
      found.push({ found: await this.#describe({ path, diskId, place, placeSaid }), volume });
    return found;
  }

  #describe(finding: Finding): Promise<FoundImage> {
    const { readManifest, keys } = this.#deps;
    return describeImage(finding, { readManifest, unlock: keys.unlock });
  }

  async #mountedByOthers(volume: Volume): Promise<string | undefined> {
    if (this.#mounted.has(volume.name) || volume.disk.kind === "file") return undefined;
    const table = await this.#deps.readMountTable();
    return table.find((mount) => mount.source === volume.device && mount.root === "/")?.point;
  }

  #mountedVolumes(): Volume[] {
    return [...this.#mounted.values()].map(({ volume }) => volume);
  }

  async #mount(volume: Volume): Promise<string | undefined> {
    const already = this.#mounted.get(volume.name);
    if (already) return already.point;
    const point = await this.#deps.mounter.mount(volume);
    if (point !== undefined) this.#mounted.set(volume.name, { volume, point });
    return point;
  }

  async #unmount(volume: Volume): Promise<void> {
    try {
      await this.#deps.mounter.unmount(volume.name);
      this.#mounted.delete(volume.name);
    } catch (error) {
      this.#deps.log.warn({ err: error, volume: volume.place }, "this file system stays mounted");
    }
  }

  /** A disk that was plugged in again is another device: the mount of before leads nowhere. */
  async #forgetUnplugged(attached: readonly Volume[]): Promise<void> {
    const devices = new Map(attached.map((volume) => [volume.name, volume.device]));
    for (const volume of this.#mountedVolumes().filter((v) => devices.get(v.name) !== v.device)) {
      try {
        await this.#deps.mounter.abandon(volume.name);
        this.#mounted.delete(volume.name);
      } catch (error) {
        this.#deps.log.warn({ err: error, volume: volume.place }, "the mount of a disk that is gone stays");
      }
    }
  }

  #sorted(): FoundImage[] {
    const created = (image: FoundImage) => image.manifest?.createdAt ?? "";
    return [...this.#known.values()]
      .map(({ found }) => found)
      .toSorted((a, b) => created(b).localeCompare(created(a)) || a.path.localeCompare(b.path));
  }
}
