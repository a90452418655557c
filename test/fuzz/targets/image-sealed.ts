import { imageTarget } from "#test/fuzz/image-target.ts";

/** An encrypted image, whose records are changed before they are encrypted. */
export const target = imageTarget("image-sealed", { sealed: true, volumeSize: 0, chunks: 0 });
