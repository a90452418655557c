import { isLifeboatError } from "#base/errors.ts";
import { errnoName } from "#imaging/system/errno.ts";

/** Why a job cannot go on now, and may be able to later. */
export type Obstacle = "full" | "away";

/**
 * Errors of open(2), pread(2), pwrite(2) and fsync(2) that say that a device or a server is not there at this time.
 * EIO is among them: a disk that was pulled under a mounted file system gives nothing else.
 */
const AWAY: readonly string[] = [
  "EIO",
  "ENODEV",
  "ENXIO",
  "ENOENT",
  "ENOMEDIUM",
  "EMEDIUMTYPE",
  "ESTALE",
  "ENOTCONN",
  "ENOLINK",
  "ECONNRESET",
  "ECONNABORTED",
  "ECONNREFUSED",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ETIMEDOUT",
  "ESHUTDOWN",
  "EREMOTEIO",
  "EROFS",
];

/** @returns undefined for an error that no waiting mends */
export function obstacleOf(error: unknown): Obstacle | undefined {
  if (isLifeboatError(error, "SPACE_EXHAUSTED") || isLifeboatError(error, "TARGET_FULL")) return "full";
  // A job that has begun has seen all volumes: one of them went away since.
  if (isLifeboatError(error, "VOLUME_MISSING")) return "away";
  if (!isLifeboatError(error)) return undefined;
  return AWAY.includes(errnoName(error.cause)) ? "away" : undefined;
}
