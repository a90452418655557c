import { mkdtemp, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTool } from "#imaging/system/run-tool.ts";

/** Where the kernel shows its connections to FUSE servers (Linux, Documentation/filesystems/fuse.rst), if anybody mounted that. */
const CONTROL = "/sys/fs/fuse/connections";

/**
 * Ends the connection of a FUSE file system to its server: each read of it fails from then on, also those under way,
 * and the server hears that it is over.
 * @param device "0:45", as the mount table has it: the connection has the number of the device
 */
export async function abortConnection(device: string): Promise<void> {
  const number = device.split(":")[1] ?? "";
  if (await abortIn(CONTROL, number)) return;
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-fusectl-"));
  try {
    await runTool("mount", ["-t", "fusectl", "none", folder], "end a mount that is in use");
    await abortIn(folder, number);
    await runTool("umount", [folder], "end a mount that is in use");
  } finally {
    await rmdir(folder);
  }
}

const abortIn = (folder: string, number: string): Promise<boolean> =>
  writeFile(join(folder, number, "abort"), "1", { flag: "r+" }).then(
    () => true,
    () => false,
  );
