import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

const DETACHED = "The image is unchanged, and nothing of it is mounted any more.";

/** Looking into images: mounts, copies of files, exports. */
export const exploreErrors = {
  FUSE_UNAVAILABLE: entry<{ reason: string }>(
    500,
    3,
    (d) => `an image cannot be mounted here: the kernel's FUSE does not open (${d.reason})`,
    NOTHING_WRITTEN,
    "Run the command as root, on a kernel with FUSE (in a container, give it the device /dev/fuse).",
  ),
  EXPLORE_MOUNT_FAILED: entry<{ what: string; folder: string; reason: string }>(
    500,
    3,
    (d) => `${d.what} cannot be mounted at ${d.folder}: ${d.reason}`,
    DETACHED,
    "Run the command as root, and read the reason above.",
  ),
  MOUNT_POINT_UNUSABLE: entry<{ folder: string; problem: string }>(
    409,
    7,
    (d) => `${d.folder} cannot be mounted on: ${d.problem}`,
    NOTHING_WRITTEN,
    "Name an empty folder, or one that is not there yet.",
  ),
  NOT_MOUNTED: entry<{ folder: string }>(
    404,
    2,
    (d) => `no image is mounted at ${d.folder}`,
    NOTHING_WRITTEN,
    "Look at what is mounted: `findmnt --types fuse.lifeboat`.",
  ),
  MOUNT_IN_USE: entry<{ folder: string; by: string }>(
    409,
    7,
    (d) => `${d.folder} is in use: ${d.by}`,
    "It stays mounted.",
    "Close those programs or leave the folder, or take it away all the same with --force: they get errors then.",
  ),
  VOLUME_NOT_SHOWN: entry<{ volume: string; reason: string }>(
    409,
    7,
    (d) => `the files of ${d.volume} cannot be shown: ${d.reason}`,
    DETACHED,
    "Its bytes are in the .img file that `lifeboat image mount` shows: tools for that kind of volume can read it. With --unlock an encrypted one is shown.",
  ),
  EXPLORE_READ_FAILED: entry<{ path: string; reason: string }>(
    422,
    5,
    (d) => `${d.path} cannot be read in the image: ${d.reason}`,
    DETACHED,
    "Take it from another copy of the image. `lifeboat image verify` lists what is damaged.",
  ),
  COPY_EXISTS: entry<{ target: string; count: number; first: string }>(
    409,
    7,
    (d) => `${d.count} of the files to copy are in ${d.target} already, the first: ${d.first}`,
    NOTHING_WRITTEN,
    "Choose another folder, or replace them with --overwrite.",
  ),
  COPY_INCOMPLETE: entry<{ target: string; damaged: number; failed: number; first: string }>(
    422,
    5,
    (d) =>
      `${d.damaged + d.failed} files were not copied to ${d.target} (${d.damaged} of them are damaged in the image), the first: ${d.first}`,
    "All others are there. Of a file that was not copied nothing is left in the target.",
    "Read the list above. Take damaged files from another copy of the image; `lifeboat image verify` lists what is damaged.",
  ),
  EXPORT_DAMAGED: entry<{ file: string; problem: string }>(
    422,
    5,
    (d) => `${d.file} cannot be exported, as a part of it cannot be read: ${d.problem}`,
    "The unfinished file was removed. The image is unchanged.",
    "Use another copy of the image, or restore all that is intact onto a raw file with `lifeboat restore --salvage`.",
  ),
  EXPORT_NO_SPACE: entry<{ output: string }>(
    507,
    8,
    (d) => `no space left for ${d.output}`,
    "The unfinished file was removed. The image is unchanged.",
    "Free space there, or choose another place, and export again.",
  ),
  EXPORT_DIFFERS: entry<{ file: string; output: string; problem: string }>(
    500,
    6,
    (d) => `${d.output} reads back differently from ${d.file}: ${d.problem}`,
    "The file was removed. The image is unchanged.",
    "Export to another disk: this one does not keep what is written to it.",
  ),
} as const;
