import { join } from "node:path";
import { type MadeVolume, makeBootVolume, type VolumeRequest } from "./make-boot-volume.ts";

/** Boot partitions as files in a folder, each made once however many sticks get it. */
export class BootVolumes {
  readonly #folder: string;
  readonly #tree: string;
  readonly #made = new Map<string, Promise<MadeVolume>>();

  constructor(folder: string, tree: string) {
    this.#folder = folder;
    this.#tree = tree;
  }

  /** @throws TOOL_MISSING, TOOL_FAILED */
  get(request: Omit<VolumeRequest, "file" | "tree">): Promise<MadeVolume> {
    const name = `boot-${request.size}-${request.sectorSize}-${request.side}`;
    const made =
      this.#made.get(name) ?? makeBootVolume({ ...request, tree: this.#tree, file: join(this.#folder, name) });
    this.#made.set(name, made);
    return made;
  }
}
