import { readdir } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";

/**
 * Names in a folder of a repository. One that cannot be listed must never pass for an empty one: without points all data
 * is waste, and without leases nobody is waited for. @throws OPEN_FAILED
 */
export const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: folder, reason: errnoReason(cause) }, { cause });
  });

/** The same of a folder that need not be there: some programs that copy a repository leave out empty ones. */
export const namesIfThere = (folder: string): Promise<string[]> =>
  readdir(folder).catch((cause: Error) => {
    if (errnoName(cause) === "ENOENT") return [];
    throw new LifeboatError("OPEN_FAILED", { path: folder, reason: errnoReason(cause) }, { cause });
  });
