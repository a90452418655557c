import { open } from "node:fs/promises";

/** Makes the names in a folder durable. Some network and FUSE file systems refuse: names are as safe there as they make them. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close().catch(() => {});
}
