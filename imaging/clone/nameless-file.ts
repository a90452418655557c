import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file for what one clone has to remember: it has no name, so nothing of it is left, however the program ends. */
export async function namelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-clone-"));
  const file = await open(join(folder, "file"), "wx+", 0o600);
  await rm(folder, { recursive: true });
  return file;
}
