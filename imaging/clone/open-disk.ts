import { createHash } from "node:crypto";
import type { Sentence } from "#base/sentence.ts";
import { type MappedSource, mapSource } from "#imaging/capture/map-source.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import { DiskIndex } from "#imaging/clone/disk-index.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { keysOf, type VolumeKey } from "#imaging/volume/container.ts";

export interface OpenDiskOptions {
  /** Every sector, whatever is on the disk. */
  readonly raw: boolean;
  /** Leave out the content of Windows' page and hibernation files. */
  readonly leaveOutPageFiles?: boolean;
  readonly unlock?: readonly VolumeKey[];
  /** ISO 8601: when it was asked for. */
  readonly createdAt: string;
}

/** A disk to be cloned, as if it were an image of itself. */
export interface OpenDisk extends Restorable, AsyncDisposable {
  readonly device: BlockDevice;
  /** What the user should know. */
  readonly warnings: readonly Sentence[];
}

/**
 * Opens a disk that nobody writes to, holds it, and looks at what is on it.
 * @throws SOURCE_IN_USE, OPEN_FAILED, SOURCE_EMPTY, TABLE_DAMAGED, READ_FAILED, UNLOCK_FAILED
 */
export async function openDisk(disk: Disk, options: OpenDiskOptions): Promise<OpenDisk> {
  await using stack = new AsyncDisposableStack();
  const device = stack.use(await openSource(disk));
  const { raw, leaveOutPageFiles = false, unlock = [] } = options;
  const mapped = await mapSource(device, { raw, leaveOutPageFiles, unlock: (partition) => keysOf(unlock, partition) });
  const index = stack.use(await DiskIndex.open(mapped.extents, CHUNK_SIZE));
  const rootHash = createHash("sha256").update(`${disk.fingerprint} ${mapped.hash}`).digest("hex");
  const all = stack.move();
  return {
    ...{ path: disk.path, fileSize: device.size, rootHash, regions: mapped.extents, device, index },
    ...{ chunks: index.chunks, rawBytes: mapped.bytes, chunkSize: CHUNK_SIZE, warnings: mapped.warnings },
    manifest: describe(disk, device, mapped, rootHash, options.createdAt),
    bad: new ExtentList(),
    chunkPlace: {
      ...{ disk: device.path, sectorSize: device.sectorSize, budget: createBudget() },
      moved: mapped.extents.map(() => 0),
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function describe(
  disk: Disk,
  { size, sectorSize }: BlockDevice,
  { found, regions, warnings }: MappedSource,
  rootHash: string,
  createdAt: string,
): Manifest {
  return {
    ...{ format: 2, imageId: uuidOf(rootHash), createdAt, name: diskName(disk), note: "", level: "none" },
    writer: { program: "lifeboat", version: "", platform: `${process.platform} ${process.arch}` },
    disk: { size, sectorSize, model: disk.model, serial: disk.serial },
    table: found.table,
    partitions: found.survey?.volumes.map(({ info }) => info) ?? [],
    regions: [...regions],
    warnings: warnings.map(({ text }) => text),
  };
}

/** A UUID of version 8 (RFC 9562, 5.8). */
const uuidOf = (hash: string): string =>
  [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join(
    "-",
  );
