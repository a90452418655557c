import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { USERS_NAME } from "#imaging/bucket/bucket-wire.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/**
 * Stores what was written to a bucket so far. @param users its file of users, open. @param folder where it is shown
 * @throws WRITE_FAILED
 */
export async function storeWritten(users: FileHandle, folder: string): Promise<void> {
  await users.sync().catch((cause: unknown) => {
    throw new LifeboatError("WRITE_FAILED", { device: folder, offset: 0, reason: errnoReason(cause) }, { cause });
  });
}

/** The same by somebody who does not use it, before it is unmounted. @throws WRITE_FAILED */
export async function storeBucket(folder: string): Promise<void> {
  await using users = await open(join(folder, USERS_NAME), "r");
  await storeWritten(users, folder);
}
