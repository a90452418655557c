import { rmdir } from "node:fs/promises";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { endServer } from "#imaging/explore/end-server.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { serveTree } from "#imaging/explore/fuse/fuse-server.ts";
import { clearPrivateFolders, makePrivateFolder } from "#imaging/explore/private-folder.ts";

/** Folders in which disks are shown to a virtual machine, each named after its process. */
export const SHOWN_ROOT = "/run/lifeboat/prove";

/** When it is disposed of, its mounts are gone, with all that was mounted in its folders. */
export interface ShownFiles extends AsyncDisposable {
  readonly folder: string;
}

/**
 * Shows devices as files that can be written, and folders beside them to mount something on: what is mounted there goes
 * with it, also when this process was killed (then by the next of its kind). Nothing of this process may open the files.
 * @param others as of serveTree()
 * @throws FUSE_UNAVAILABLE, EXPLORE_MOUNT_FAILED, CREATE_FAILED, TOOL_MISSING
 */
export async function showFiles(
  files: ReadonlyMap<string, BlockDevice>,
  folders: readonly string[],
  source: string,
  { others = false }: { readonly others?: boolean } = {},
): Promise<ShownFiles> {
  await clearShown();
  await using stack = new AsyncDisposableStack();
  const folder = await makePrivateFolder(SHOWN_ROOT);
  stack.defer(() => rmdir(folder).catch(() => {}));
  const served = [...files].map(([name, device]) => servedFile(name, device));
  const tree = { files: served, folders, time: Math.floor(Date.now() / 1000) };
  const server = await serveTree(tree, source, folder, { others });
  stack.defer(() => endServer(server, folder));
  const all = stack.move();
  return { folder, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Takes away the mounts of processes that have ended. @returns of how many */
export const clearShown = (): Promise<number> => clearPrivateFolders(SHOWN_ROOT);

/** All of it counts as data: nobody here asks for holes. */
const servedFile = (name: string, { size, read, write, flush }: BlockDevice): ServedFile => ({
  ...{ name, size, usedBytes: size, read, write, flush },
  nextData: (offset) => offset,
  nextHole: () => size,
});
