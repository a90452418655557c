import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { PASSWORD } from "#test/engine/fault/fault-disk.ts";
import { sha256File } from "#test/engine/image/workspace.ts";

const PIECE = 1 << 20;
const unlock = (path: string) => imageKeyOf(path, { kind: "password", text: PASSWORD });

/** Where an image differs from the disk that it was made of; every chunk is read, and so checked. */
export async function imageDiffers(
  imagePath: string,
  sourcePath: string,
  isExpected: (diskOffset: number) => boolean = () => false,
): Promise<string[]> {
  const image = await openImage(imagePath, { unlock });
  using device = openImageDevice(image);
  await using source = await open(sourcePath);
  const [a, b] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  const different: string[] = [];
  for (const [i, { start, extents }] of image.regions.entries())
    for (const extent of extents)
      for (let at = extent.start; at < extent.end; at += PIECE) {
        const length = Math.min(PIECE, extent.end - at);
        await source.read(a, 0, length, start + at);
        await device.read(b.subarray(0, length), start + at);
        for (let sector = 0; sector < length; sector += 512) {
          const end = Math.min(length, sector + 512);
          const isSame = a.compare(b, sector, end, sector, end) === 0;
          if (!isSame && !isExpected(start + at + sector))
            different.push(`${image.manifest.regions[i]?.label} at ${start + at + sector}`);
        }
      }
  return different;
}

/** Files of a folder that pass for an image, and are none that equals the source: there must not be any. */
export async function falseImages(folder: string, source: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if ((await imageDiffers(path, source)).length > 0) wrong.push(`${name} differs`);
    } catch (error) {
      if (!isLifeboatError(error) || error.code === "CHUNK_DAMAGED") wrong.push(`${name}: ${error}`);
    }
  }
  return wrong;
}

/** Every file of a folder with its content. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await sha256File(join(folder, name))] as const)),
  );
}
