import { randomUUID } from "node:crypto";
import { open, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * What time it is where a folder is, in milliseconds since 1970: clocks of computers differ, and a repository is used by
 * several. @returns undefined where no file can be made
 */
export async function timeOfFolder(folder: string): Promise<number | undefined> {
  const path = join(folder, `${randomUUID()}.now`);
  try {
    await (await open(path, "wx")).close();
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
