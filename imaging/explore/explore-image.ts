import { mkdir, readdir, realpath } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { isExplored } from "#imaging/explore/detach.ts";
import { endServer } from "#imaging/explore/end-server.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { serveTree } from "#imaging/explore/fuse/fuse-server.ts";
import type { ImageSource } from "#imaging/explore/image-source.ts";
import { listVolumes } from "#imaging/explore/list-volumes.ts";
import { mountVolume, type ShownVolume } from "#imaging/explore/mount-volume.ts";
import { isImage, openDiskSource } from "#imaging/explore/open-source.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import { createError } from "#imaging/system/file-errors.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** Of the whole disk's bytes. */
export const DISK_FILE = "disk.img";

export interface ExploreOptions {
  /** Only the volumes of this partition. */
  readonly partition?: number | undefined;
  /** Of what is encrypted in it. */
  readonly keys?: readonly VolumeKey[];
  /** Mount the file system of this volume alone. */
  readonly volume?: string;
  /** Show the disk's bytes alone, and look for no volumes. */
  readonly bytesOnly?: boolean;
  /** Show the bytes of disk and volumes, and mount no file system. */
  readonly filesOnly?: boolean;
  /** Told of each part of the image that turns out to be damaged, once. */
  readonly onDamage?: (damage: LifeboatError) => void;
  readonly signal?: AbortSignal;
}

/** An image that is mounted. When it is disposed of, every mount is gone. */
export interface Exploration extends AsyncDisposable {
  readonly folder: string;
  readonly source: ImageSource;
  readonly volumes: readonly ShownVolume[];
  /** Settles when somebody else has unmounted it. */
  readonly ended: Promise<void>;
}

/**
 * Shows the bytes of an image's disk and volumes as files in a folder, and mounts the volumes' file systems beside them.
 * @param path an empty folder, or one that is made
 * @throws MOUNT_POINT_UNUSABLE, CREATE_FAILED, NOT_FOUND for a partition, UNLOCK_FAILED, USAGE for a key that opens
 * nothing, FUSE_UNAVAILABLE, EXPLORE_MOUNT_FAILED, TOOL_MISSING, READ_FAILED
 */
export async function exploreImage(
  image: Restorable,
  path: string,
  options: ExploreOptions = {},
): Promise<Exploration> {
  const folder = await prepareFolder(path);
  await using stack = new AsyncDisposableStack();
  if (isImage(image)) stack.use(await leaseImage(image.path));
  const source = stack.use(openDiskSource(image, options.onDamage));
  const volumes = options.bytesOnly ? [] : await listVolumes(source, image.manifest, options);
  if (options.partition !== undefined && volumes.length === 0)
    throw new LifeboatError("NOT_FOUND", { what: `partition ${options.partition} in ${image.path}` });
  const tree = {
    files: [diskFile(source, image), ...volumes.map(({ file }) => file)],
    folders: volumes.filter(({ reason }) => reason === undefined).map(({ name }) => name),
    time: Math.floor(Date.parse(image.manifest.createdAt) / 1000),
  };
  const server = await serveTree(tree, image.path, folder);
  stack.defer(() => endServer(server, folder));
  const shown: ShownVolume[] = [];
  for (const volume of volumes) {
    options.signal?.throwIfAborted();
    if (options.filesOnly) shown.push({ ...volume, shown: false, reason: "only its bytes were asked for" });
    else if (options.volume === undefined || options.volume === volume.name)
      shown.push(await mountVolume(volume, folder));
  }
  const all = stack.move();
  return { folder, source, volumes: shown, ended: server.ended, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const diskFile = (source: ImageSource, image: Restorable): ServedFile => ({
  name: DISK_FILE,
  size: source.size,
  usedBytes: image.rawBytes,
  read: (into, offset) => source.read(into, offset),
  nextData: source.nextData,
  nextHole: source.nextHole,
});

/** @returns its name as the mount table has it */
async function prepareFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw createError(path, cause);
  }
  const folder = await realpath(path);
  if (await isExplored(folder))
    throw new LifeboatError("MOUNT_POINT_UNUSABLE", { folder, problem: "an image is mounted there already" });
  if ((await readdir(folder)).length > 0)
    throw new LifeboatError("MOUNT_POINT_UNUSABLE", { folder, problem: "it is not empty" });
  return folder;
}
