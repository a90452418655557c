import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import type { openDisk } from "#imaging/clone/open-disk.ts";
import type { Image, OpenImageOptions } from "#imaging/image/image-reader.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { LayoutSource, LayoutTarget, LayoutWish } from "#imaging/layout/layout.ts";
import { layoutSource } from "#imaging/layout/layout-source.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { hear } from "#imaging/words/hear.ts";
import type { LayoutAnswer, LayoutRequest } from "#rescue/api/contract.ts";

export interface LayoutDeps {
  readonly images: {
    open(imageId: string): Promise<{ readonly path: string }>;
    /** Lets go of what the search for images has mounted of a disk. */
    release(diskId: string): Promise<void>;
  };
  readonly openImage: (
    path: string,
    options: { readonly unlock: NonNullable<OpenImageOptions["unlock"]> },
  ) => Promise<Image>;
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
  /** Of a disk that is cloned. */
  readonly openDisk: typeof openDisk;
  readonly listDisks: () => Promise<readonly Disk[]>;
  /** For tests. */
  readonly source?: typeof layoutSource;
}

type Ids = LayoutWish["ids"];

/** Somebody tries sizes on one disk, then on another. */
const MOST = 4;

/** How partitions would lie on a target. The tools of their file systems are asked once for a source and a disk; then it is quick. */
export class Layouts {
  readonly #deps: LayoutDeps;
  readonly #sources = new Map<string, Promise<LayoutSource>>();

  constructor(deps: LayoutDeps) {
    this.#deps = deps;
  }

  /** @throws NOT_FOUND, IMAGE_LOCKED, LAYOUT_INVALID for an image that has no partitions to lay out */
  async plan({ imageId, diskId, targetId, layout }: LayoutRequest): Promise<LayoutAnswer> {
    const disk = await this.#disk(targetId);
    const target = { size: disk.size, sectorSize: disk.sectorSize, name: `${diskName(disk)} (${disk.path})` };
    const source =
      imageId === undefined
        ? await this.#ofDisk(await this.#disk(diskId ?? ""), target, layout.ids)
        : await this.#ofImage(imageId, target, layout.ids);
    const limits = source.partitions
      .filter(({ role }) => role !== "extended")
      .map(({ number, size, least, most, notSmaller, notLarger }) => ({
        // Swap has no limit of its own.
        ...{ number, size, least, most: Number.isFinite(most) ? most : disk.size },
        ...(notSmaller !== undefined && { notSmaller: hear(notSmaller) }),
        ...(notLarger !== undefined && { notLarger: hear(notLarger) }),
      }));
    try {
      return { limits, planned: planLayout(source, target, layout) };
    } catch (error) {
      if (!isLifeboatError(error)) throw error;
      return { limits, problem: problemOf(error) };
    }
  }

  /** @throws NOT_FOUND */
  async #disk(id: string): Promise<Disk> {
    const found = (await this.#deps.listDisks()).find((disk) => disk.id === id);
    if (!found) throw new LifeboatError("NOT_FOUND", { what: `the disk ${id}` });
    return found;
  }

  async #ofImage(imageId: string, target: LayoutTarget, ids: Ids): Promise<LayoutSource> {
    const { images, openImage, unlock } = this.#deps;
    const { path } = await images.open(imageId);
    const image = await openImage(path, { unlock });
    return this.#once([image.rootHash, target, ids ?? "keep"], () => this.#ask(image, target, ids));
  }

  /** The disk is held only while its file systems are asked. */
  #ofDisk(disk: Disk, target: LayoutTarget, ids: Ids): Promise<LayoutSource> {
    return this.#once([disk.id, disk.fingerprint, target, ids ?? "keep"], async () => {
      await this.#deps.images.release(disk.id);
      const createdAt = new Date().toISOString();
      await using opened = await this.#deps.openDisk(disk, { raw: false, createdAt });
      return await this.#ask(opened, target, ids);
    });
  }

  /** With this mode the sizes are asked for. */
  #ask(image: Restorable, target: LayoutTarget, ids: Ids): Promise<LayoutSource> {
    const { source = layoutSource } = this.#deps;
    return source(image, target, { mode: "shrink", ...(ids && { ids }) });
  }

  #once(of: readonly unknown[], ask: () => Promise<LayoutSource>): Promise<LayoutSource> {
    const name = JSON.stringify(of);
    const there = this.#sources.get(name);
    if (there !== undefined) return there;
    const asking = ask();
    this.#sources.set(name, asking);
    void asking.catch(() => this.#sources.delete(name));
    for (const old of [...this.#sources.keys()].slice(0, -MOST)) this.#sources.delete(old);
    return asking;
  }
}
