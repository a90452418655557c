import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openImage } from "#imaging/image/image-reader.ts";
import { filesOf } from "#test/fuzz/image-case.ts";
import { imageFile } from "#test/fuzz/image-file.ts";
import { imageTarget } from "#test/fuzz/image-target.ts";
import { emptyRepository, indexSeed } from "#test/fuzz/repository-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SHAPE = { sealed: false, volumeSize: 0, chunks: 5, isPoint: true };
const { folders } = emptyRepository();
writeFileSync(join(folders.index, "seed.lbx"), await indexSeed());
const file = imageFile(SHAPE);
const asImage = imageTarget("point", SHAPE);

/** A point in a repository that has lost all of its packs. */
export const target: FuzzTarget = {
  ...asImage,
  allowed: [...asImage.allowed, "REPOSITORY_NOT_FOUND"],
  async parse(device) {
    const path = join(folders.points, "case.lbi");
    renameSync(await filesOf(device, file), path);
    const image = await openImage(path);
    let zeros = 0;
    let chunks = 0;
    for await (const { count, codec, recordOffset } of image.index.read())
      for (let i = 0; i < count; i++, chunks++) {
        if (codec[i] === 2) zeros++;
        else if (image.place.isPoint) promise(recordOffset[i] === 0, () => `chunk ${chunks} at ${recordOffset[i]}`);
      }
    const lost = await image.index.countLost();
    promise(!image.place.isPoint || lost === chunks - zeros, () => `${lost} of ${chunks} lost`);
    return "accepted";
  },
};
