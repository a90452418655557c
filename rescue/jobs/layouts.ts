import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import type { Image, OpenImageOptions } from "#imaging/image/image-reader.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { LayoutSource } from "#imaging/layout/layout.ts";
import { layoutSource } from "#imaging/layout/layout-source.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import type { LayoutAnswer, LayoutRequest } from "#rescue/api/contract.ts";

export interface LayoutDeps {
  readonly images: { open(imageId: string): Promise<{ readonly path: string }> };
  readonly openImage: (
    path: string,
    options: { readonly unlock: NonNullable<OpenImageOptions["unlock"]> },
  ) => Promise<Image>;
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
  readonly listDisks: () => Promise<readonly Disk[]>;
  /** For tests. */
  readonly source?: typeof layoutSource;
}

/** Somebody tries sizes on one disk, then on another. */
const MOST = 4;

/** How partitions would lie on a target. The tools of their file systems are asked once for an image and a disk; then it is quick. */
export class Layouts {
  readonly #deps: LayoutDeps;
  readonly #sources = new Map<string, Promise<LayoutSource>>();

  constructor(deps: LayoutDeps) {
    this.#deps = deps;
  }

  /** @throws NOT_FOUND, IMAGE_LOCKED, LAYOUT_INVALID for an image that has no partitions to lay out */
  async plan({ imageId, targetId, layout }: LayoutRequest): Promise<LayoutAnswer> {
    const { images, listDisks, openImage, unlock } = this.#deps;
    const disk = (await listDisks()).find(({ id }) => id === targetId);
    if (!disk) throw new LifeboatError("NOT_FOUND", { what: `the disk ${targetId}` });
    const { path } = await images.open(imageId);
    const image = await openImage(path, { unlock });
    const target = { size: disk.size, sectorSize: disk.sectorSize, name: `${diskName(disk)} (${disk.path})` };
    const source = await this.#source(image, target, layout.ids);
    const limits = source.partitions
      .filter(({ role }) => role !== "extended")
      .map(({ number, size, least, most, notSmaller, notLarger }) => ({
        ...{ number, size, least, most },
        ...(notSmaller !== undefined && { notSmaller }),
        ...(notLarger !== undefined && { notLarger }),
      }));
    try {
      return { limits, planned: planLayout(source, target, layout) };
    } catch (error) {
      if (!isLifeboatError(error)) throw error;
      return { limits, problem: problemOf(error) };
    }
  }

  #source(image: Image, target: Parameters<typeof layoutSource>[1], ids: "keep" | "new" | undefined) {
    const { source = layoutSource } = this.#deps;
    const name = JSON.stringify([image.rootHash, target, ids ?? "keep"]);
    const there = this.#sources.get(name);
    if (there !== undefined) return there;
    // With this mode the sizes are asked for.
    const asking = source(image, target, { mode: "shrink", ...(ids && { ids }) });
    this.#sources.set(name, asking);
    void asking.catch(() => this.#sources.delete(name));
    for (const old of [...this.#sources.keys()].slice(0, -MOST)) this.#sources.delete(old);
    return asking;
  }
}
