import type { Infer } from "#base/struct.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { clusterOffset, type ExfatLayout, readFat } from "#imaging/filesystem/exfat/layout.ts";
import { bitmapEntry, ENTRY, labelEntry, upcaseEntry } from "#imaging/filesystem/exfat/structs.ts";
import { damaged, readWithin } from "#imaging/filesystem/volume.ts";

/** What the root directory says of the volume itself. */
export interface RootDirectory {
  /** Clusters [first, end) that were followed, in runs. */
  readonly runs: readonly { readonly first: number; readonly end: number }[];
  readonly bitmap: Infer<typeof bitmapEntry> | undefined;
  readonly upcase: Infer<typeof upcaseEntry> | undefined;
  readonly label: string | undefined;
}

/** No directory is larger (exFAT specification, section 7.4); a longer chain ends here. */
const MAX_DIRECTORY = 256 << 20;

/**
 * Follows the root directory's chain until the entries of bitmap, up-case table and label are found, or it ends.
 * @throws FILESYSTEM_DAMAGED when the chain leaves the volume or has no end.
 */
export async function readRoot(volume: ReadableDevice, layout: ExfatLayout): Promise<RootDirectory> {
  const found = new Findings();
  const runs: { first: number; end: number }[] = [];
  const limit = Math.min(layout.clusters, Math.ceil(MAX_DIRECTORY / layout.clusterSize));
  let cluster = layout.rootCluster;
  // Brent's way to find a loop: the place kept at each power of two is met again.
  let mark = 0;
  for (let n = 0; n < limit; n++) {
    if (cluster === mark) break;
    if ((n & (n - 1)) === 0) mark = cluster;
    if (cluster < 2 || cluster >= layout.clusters + 2)
      throw damaged(volume, "exfat", layout.fatOffset, `the root directory goes on at cluster ${cluster}`);
    const last = runs.at(-1);
    if (last?.end === cluster) last.end++;
    else runs.push({ first: cluster, end: cluster + 1 });
    if (
      found.take(
        await readWithin(volume, "exfat", clusterOffset(layout, cluster), layout.clusterSize, "the root directory"),
      )
    )
      return { runs, ...found.values };
    cluster = (await readFat(volume, layout, cluster, 1)).getUint32(0, true);
    if (cluster >= 0xfffffff8) return { runs, ...found.values };
  }
  throw damaged(volume, "exfat", layout.fatOffset, "the root directory has no end");
}

class Findings {
  #bitmap: Infer<typeof bitmapEntry> | undefined;
  #upcase: Infer<typeof upcaseEntry> | undefined;
  #label: string | undefined;

  get values() {
    return { bitmap: this.#bitmap, upcase: this.#upcase, label: this.#label || undefined };
  }

  /** @returns whether there is nothing more to look for. */
  take(cluster: Uint8Array): boolean {
    for (let at = 0; at < cluster.length; at += bitmapEntry.size) {
      const entry = cluster.subarray(at, at + bitmapEntry.size);
      if (entry[0] === ENTRY.end) return true;
      if (entry[0] === ENTRY.bitmap) this.#takeBitmap(entry);
      if (entry[0] === ENTRY.upcase) this.#upcase ??= upcaseEntry.parse(entry);
      if (entry[0] === ENTRY.label) this.#label ??= labelOf(entry);
    }
    return this.#bitmap !== undefined && this.#upcase !== undefined && this.#label !== undefined;
  }

  #takeBitmap(entry: Uint8Array): void {
    const bitmap = bitmapEntry.parse(entry);
    if (!(bitmap.flags & 1)) this.#bitmap ??= bitmap;
  }
}

function labelOf(entry: Uint8Array): string {
  const { characters, label } = labelEntry.parse(entry);
  return new TextDecoder("utf-16le").decode(label.subarray(0, Math.min(characters, 11) * 2)).replace(/\0.*$/s, "");
}
