import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

/** Media that start computers, and how they are built. */
export const mediaErrors = {
  MEDIA_CONFIG_INVALID: entry<{ file: string; problems: string }>(
    400,
    2,
    (d) => `${d.file} cannot be used: ${d.problems}`,
    NOTHING_WRITTEN,
    "Correct it. `lifeboat media config` prints a file with all options, their defaults and examples.",
  ),
  BUILD_NO_ROOM: entry<{ folder: string; free: number }>(
    507,
    8,
    (d) => `there is no room in ${d.folder}: ${formatBytes(d.free)} are free`,
    "What was unfinished is removed. A medium that was there before is as it was.",
    "Make room: a build from nothing takes about 5 GiB, and the medium its own size. `make clean` removes what earlier builds kept.",
  ),
  MEDIUM_CHANGED: entry<{ file: string; problem: string }>(
    409,
    5,
    (d) => `${d.file} is not as it was built: ${d.problem}`,
    NOTHING_WRITTEN,
    "Do not start computers from it. Build it again, or get it again from whom it came.",
  ),
} as const;
