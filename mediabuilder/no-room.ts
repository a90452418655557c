import { statfs } from "node:fs/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { isFull } from "#imaging/system/errno.ts";

/** What tools say when a file system is full, in the words of the C library and their own. */
const TOOL_SAYS_FULL = /No space left|Disk full|ENOSPC|not enough free space|exceeds free space/i;

/** Runs a build in these folders; when one of them is full, the error says so and names it. @throws BUILD_NO_ROOM, and what `build` does */
export async function sayingNoRoom<T>(folders: readonly string[], build: () => Promise<T>): Promise<T> {
  try {
    return await build();
  } catch (error) {
    const isTool = isLifeboatError(error, "TOOL_FAILED") && TOOL_SAYS_FULL.test(error.details.output);
    if (!isTool && !isFull(error)) throw error;
    const rooms = await Promise.all(folders.map(async (folder) => ({ folder, free: await freeBytes(folder) })));
    const [least] = rooms.sort((a, b) => a.free - b.free);
    throw new LifeboatError("BUILD_NO_ROOM", least as { folder: string; free: number }, { cause: error });
  }
}

const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};
