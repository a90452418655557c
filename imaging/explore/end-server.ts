import { detachImage, isExplored } from "#imaging/explore/detach.ts";
import type { FuseServer } from "#imaging/explore/fuse/fuse-server.ts";

/** Takes away what a server of this process shows at a folder, with the mounts below, also while somebody uses it. */
export async function endServer(server: FuseServer, folder: string): Promise<void> {
  if (await isExplored(folder)) await detachImage(folder, { force: true });
  await Promise.race([server.ended, giveUp()]);
}

/** A mount that somebody still uses was taken out of sight only; the server ends with its process. */
function giveUp(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 1000).unref();
  return promise;
}
