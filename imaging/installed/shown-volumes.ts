import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { endServer } from "#imaging/explore/end-server.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { serveTree } from "#imaging/explore/fuse/fuse-server.ts";
import { makePrivateFolder } from "#imaging/explore/private-folder.ts";
import { clearStages, STAGE_ROOT } from "#imaging/stage/staged-volume.ts";

/** Devices of ours as files that others open and write, all through one mount. Good until it is disposed of. */
export interface ShownVolumes extends AsyncDisposable {
  /** In the order of the devices. */
  readonly paths: readonly string[];
}

/** @throws FUSE_UNAVAILABLE, CREATE_FAILED */
export async function showVolumes(source: string, devices: readonly BlockDevice[]): Promise<ShownVolumes> {
  await using stack = new AsyncDisposableStack();
  if (devices.length === 0) return { paths: [], async [Symbol.asyncDispose]() {} };
  await clearStages();
  const folder = await makePrivateFolder(STAGE_ROOT);
  stack.defer(() => rmdir(folder).catch(() => {}));
  const files = devices.map((device, i) => servedFile(`volume-${i}.img`, device));
  const server = await serveTree({ files, folders: [], time: Math.floor(Date.now() / 1000) }, source, folder);
  stack.defer(() => endServer(server, folder));
  const all = stack.move();
  return { paths: files.map(({ name }) => join(folder, name)), [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** All of it counts as data. */
const servedFile = (name: string, device: BlockDevice): ServedFile => ({
  ...{ name, size: device.size, usedBytes: device.size },
  read: (into, offset) => device.read(into, offset),
  write: (data, offset) => device.write(data, offset),
  flush: () => device.flush(),
  nextData: (offset) => offset,
  nextHole: () => device.size,
});
