import { runTool } from "#test/fixtures/run-tool.ts";

const CHECKERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  ext4: ["e2fsck", "-fn"],
  // ntfsfix would miss the backup boot sector, which lies behind the volume: partclone does not restore it.
  ntfs: ["ntfsresize", "--info", "--force", "--no-progress-bar"],
  vfat: ["fsck.fat", "-n"],
};

/** @throws TOOL_FAILED when the file system's own checker finds a fault */
export async function proveFilesystem(path: string, filesystem: string | undefined): Promise<void> {
  const [tool, ...args] = CHECKERS[filesystem ?? ""] ?? [];
  if (tool === undefined) throw new Error(`nothing checks ${filesystem}`);
  await runTool(tool, [...args, path]);
}

/** @throws TOOL_FAILED at the first byte that differs */
export async function proveEqual(a: string, b: string): Promise<void> {
  await runTool("cmp", [a, b]);
}
