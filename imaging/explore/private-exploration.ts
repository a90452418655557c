import { rmdir } from "node:fs/promises";
import { type Exploration, type ExploreOptions, exploreImage } from "#imaging/explore/explore-image.ts";
import { clearPrivateFolders, makePrivateFolder } from "#imaging/explore/private-folder.ts";
import type { Restorable } from "#imaging/image/restorable.ts";

/** Folders of commands that mount an image for a moment. */
export const PRIVATE_ROOT = "/run/lifeboat/explore";

/** Mounts an image out of everybody's way. What a command that was killed has left is taken away first. */
export async function explorePrivately(image: Restorable, options: ExploreOptions = {}): Promise<Exploration> {
  await clearLeft();
  const folder = await makePrivateFolder(PRIVATE_ROOT);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmdir(folder).catch(() => {}));
  const exploration = stack.use(await exploreImage(image, folder, options));
  const all = stack.move();
  return { ...exploration, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** @returns how many were left */
export const clearLeft = (): Promise<number> => clearPrivateFolders(PRIVATE_ROOT);
