import { imageTarget } from "#test/fuzz/image-target.ts";

/** An image of one file. */
export const target = imageTarget("image", { sealed: false, volumeSize: 0, chunks: 0 });
