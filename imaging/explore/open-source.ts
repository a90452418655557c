import type { LifeboatError } from "#base/errors.ts";
import { type ImageSource, openImageSource } from "#imaging/explore/image-source.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Restorable } from "#imaging/image/restorable.ts";

/** What is no disk that is cloned. */
export const isImage = (image: Restorable): image is Image => image.device === undefined;

/** The bytes of a disk as it was: out of its image, or of the disk that is cloned. @throws as openImageSource */
export function openDiskSource(image: Restorable, onDamage?: (damage: LifeboatError) => void): ImageSource {
  if (isImage(image)) return openImageSource(image, onDamage);
  const { path, size, sectorSize, read } = image.device as NonNullable<Restorable["device"]>;
  const source = {
    ...{ path, size, sectorSize, servedBytes: 0, damage: [] },
    read(into: Uint8Array, offset: number): Promise<void> {
      source.servedBytes += into.length;
      return read.call(image.device, into, offset);
    },
    nextData: (offset: number) => (offset < size ? offset : undefined),
    nextHole: () => size,
    [Symbol.dispose]() {}, // whoever opened the disk closes it
  };
  return source;
}
