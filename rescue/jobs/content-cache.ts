import type { Restorable } from "#imaging/image/restorable.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import { type ReadContentOptions, readContent } from "#imaging/preflight/content/read-content.ts";

/** Of a large initramfs it is some MiB. */
const MOST = 3;

/**
 * `readContent`, which takes seconds, once for the same image and the same devices: an image is named by the hash of all that is in
 * it. With keys it is read anew, as they may open more.
 */
export function contentCache(read = readContent): typeof readContent {
  const known = new Map<string, Promise<DiskContent>>();
  return (image: Restorable, options: ReadContentOptions) => {
    if ((options.keys ?? []).length > 0) return read(image, options);
    const name = `${image.rootHash} ${JSON.stringify(options.devices)}`;
    const there = known.get(name);
    if (there !== undefined) return there;
    const reading = read(image, options);
    known.set(name, reading);
    // What failed is tried again the next time.
    void reading.catch(() => known.delete(name));
    for (const old of [...known.keys()].slice(0, -MOST)) known.delete(old);
    return reading;
  };
}
