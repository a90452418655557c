import { isLifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** What ntfs-3g gives of a file by name alone: flags, time of making, and last who may read it. */
const ATTRIBUTES = ["system.ntfs_attrib", "system.ntfs_crtime", "system.ntfs_acl"] as const;

/**
 * Gives a new file the security descriptor and flags of the one that it will replace, where that lies on NTFS: a new file
 * has those of its folder, with which anybody may be able to read what is for the system alone.
 * @throws TOOL_FAILED, TOOL_MISSING
 */
export async function keepNtfsSecurity(from: string, to: string): Promise<void> {
  for (const name of ATTRIBUTES) {
    const value = await readAttribute(from, name);
    if (value) await runTool("setfattr", ["-n", name, "-v", value, to], "keeping the rights of a hive");
  }
}

/** @returns hexadecimal, as setfattr takes it; undefined where the file or its file system has no such attribute */
async function readAttribute(path: string, name: string): Promise<string | undefined> {
  try {
    const shown = await runTool(
      "getfattr",
      ["--absolute-names", "-e", "hex", "-n", name, path],
      "reading a hive's rights",
    );
    return /=(0x[0-9a-f]+)$/im.exec(shown)?.[1];
  } catch (error) {
    if (isLifeboatError(error, "TOOL_FAILED")) return undefined;
    throw error;
  }
}
