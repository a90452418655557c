import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "let a program of an installed system run";

/** A system that is mounted read-only, once more: its programs can run, and have a /tmp. */
export interface ExecutableView extends AsyncDisposable {
  readonly tree: SystemTree;
}

/**
 * For a plan: what a program of the system makes is known before the disk is written to. Not a bit of the disk changes: the view is as
 * read-only as what it is of, and its /tmp is in memory. To be called in a process that has a mount namespace of its own.
 * @returns undefined where the system has no folder /tmp, or the kernel does not take it
 */
export async function executableView({ root }: SystemTree): Promise<ExecutableView | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-view-"));
  const close = async () => {
    await runTool("umount", ["--recursive", "--lazy", folder], PURPOSE).catch(() => {});
    await rmdir(folder).catch(() => {});
  };
  try {
    await runTool("mount", ["--rbind", root, folder], PURPOSE);
    // Of the mount alone, not of the file system: what is read-only stays so.
    const remount = (place: string) => runTool("mount", ["-o", "remount,bind,ro,nosuid,nodev,exec", place], PURPOSE);
    await remount(folder);
    await remount(join(folder, "usr")).catch(() => {}); // mostly no volume of its own
    const tree = systemTree(folder);
    const tmp = await tree.resolve("/tmp");
    await runTool("mount", ["-t", "tmpfs", "-o", "mode=1777,nosuid,nodev", "tmp", tmp], PURPOSE);
    return { tree, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    if (isLifeboatError(error, "TOOL_FAILED")) return undefined;
    throw error;
  }
}
