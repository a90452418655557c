import { LEAST_VOLUME_SIZE } from "#imaging/image/format.ts";
import { imageTarget } from "#test/fuzz/image-target.ts";

/** An image of three volumes. */
export const target = imageTarget("image-split", { sealed: false, volumeSize: LEAST_VOLUME_SIZE, chunks: 34 });
