import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { CaptureWish } from "#imaging/wish/capture-wish.ts";

/** Where an image comes to lie, and what goes with that place. */
export type CapturePlace = Pick<CaptureRequest, "disk" | "to" | "name" | "writerVersion" | "waitSeconds"> & {
  /** Name of this computer: the image is a point of a repository. */
  readonly host?: string | undefined;
};

/** Volumes are whole pages of 4 KiB. */
const PAGE = 4096;

/** Disk + place + wish -> request: the one way of the command and of the rescue system. */
export function requestOfWish(
  { note = "", level = "normal", raw = false, exclude = [], leaveOutPageFiles = false, ...wish }: CaptureWish,
  { host, ...place }: CapturePlace,
): CaptureRequest {
  const { volumeBytes = 0, type, verify } = wish;
  return {
    ...{ ...place, note, level, raw, exclude, leaveOutPageFiles, verify },
    volumeSize: Math.floor(volumeBytes / PAGE) * PAGE,
    ...(host !== undefined && { point: { host, ...(type && { type }) } }),
  };
}
