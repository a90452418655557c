import { mkdir, mkdtemp, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { detachImage, isExplored } from "#imaging/explore/detach.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { processIdentity } from "#imaging/system/process-identity.ts";

/** A new folder to mount something of ours on, for root alone, named after this process: PID@START-random. @throws CREATE_FAILED */
export async function makePrivateFolder(root: string): Promise<string> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    return await mkdtemp(join(root, `${await processIdentity(process.pid)}-`));
  } catch (cause) {
    throw createError(root, cause);
  }
}

/** Takes away what processes that have ended have left there, mounts and all. @returns how many were left */
export async function clearPrivateFolders(root: string): Promise<number> {
  let cleared = 0;
  for (const name of await readdir(root).catch((): string[] => [])) {
    const owner = name.slice(0, name.lastIndexOf("-"));
    if ((await processIdentity(Number.parseInt(owner, 10))) === owner) continue;
    const folder = join(root, name);
    if (await isExplored(folder)) await detachImage(folder, { force: true });
    await rmdir(folder).catch(() => {});
    cleared++;
  }
  return cleared;
}
