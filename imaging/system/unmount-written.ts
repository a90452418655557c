import { isLifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/**
 * Unmounts a file system that was written to. All of it is on its device then, its journal carried out, and nothing writes there any more.
 * umount(8) alone does not promise that: whoever made a mount namespace meanwhile (`unshare --mount`) has a copy of the mount that keeps
 * the file system alive (mount_namespaces(7)). So it is made read-only first, which counts for all copies. Not for bind mounts.
 * @throws TOOL_FAILED when it is in use
 */
export async function unmountWritten(folder: string, purpose: string): Promise<void> {
  try {
    await runTool("mount", ["-o", "remount,ro", folder], purpose);
  } catch (error) {
    if (!isLifeboatError(error, "TOOL_FAILED")) throw error;
    // Drivers that are programs (ntfs-3g) cannot do it.
    await runTool("sync", ["--file-system", folder], purpose);
  }
  await runTool("umount", [folder], purpose);
}
