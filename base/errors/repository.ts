import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** Repositories: places that hold images whose equal parts are stored once. */
export const repositoryErrors = {
  REPOSITORY_NOT_FOUND: entry<{ folder: string; file: string }>(
    404,
    5,
    (d) => `${d.folder} is no repository: there is no file ${d.file} of one in it`,
    NOTHING_WRITTEN,
    "Name the repository's own folder, or make one with `lifeboat repo init FOLDER`. A point that was copied elsewhere is of no use there: `lifeboat image export` makes a file that holds everything.",
  ),
  INDEX_DAMAGED: entry<{ file: string; offset: number; problem: string }>(
    422,
    5,
    (d) => `${d.file}, at byte ${d.offset}, is damaged: ${d.problem}`,
    "The images' data is not in this file, and was not changed.",
    "Run `lifeboat repo repair`, which makes the index anew from the data.",
  ),
  REPOSITORY_BUSY: entry<{ folder: string; by: string }>(
    409,
    7,
    (d) => `${d.folder} is being cleaned up or repaired by ${d.by}`,
    NOTHING_WRITTEN,
    "Wait until that has ended; captures and restores may go on meanwhile.",
  ),
  REPOSITORY_CAPTURING: entry<{ folder: string; by: string }>(
    409,
    7,
    (d) => `a capture into ${d.folder} is running on ${d.by}`,
    "Nothing was deleted.",
    "Wait until it has ended. What the server does by itself is tried again every few minutes.",
  ),
  POINT_IN_USE: entry<{ point: string; by: string }>(
    409,
    7,
    (d) => `the point ${d.point} is in use by ${d.by}`,
    "The point is unchanged.",
    "Wait until that job has ended.",
  ),
  REPOSITORY_DAMAGED: entry<{ folder: string; damaged: number; points: number; first: string }>(
    422,
    5,
    (d) => `${d.folder}: ${d.damaged} problems, which touch ${d.points} points; the first: ${d.first}`,
    "Nothing was changed. Points that are not named restore in full.",
    "Run `lifeboat repo repair`, with --read-data where data is damaged, and check again. What is missing then comes back by `lifeboat repo copy` from another place, or by capturing the disks concerned again.",
  ),
} as const;
