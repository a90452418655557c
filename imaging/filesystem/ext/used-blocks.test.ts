import { expect, test } from "vitest";
import { groupDescriptor, INCOMPAT, RO_COMPAT, superblock } from "#imaging/filesystem/ext/structs.ts";
import { ext } from "#imaging/filesystem/ext/used-blocks.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const BLOCK = 1024;
const CLUSTER = 16;
const GROUP = 8192;

/** One group of clusters of 16 blocks, all of them used but one. */
function bigalloc(blocks: number): Uint8Array {
  const image = new Uint8Array(blocks * BLOCK);
  const raw = new Uint8Array(superblock.size);
  const view = new DataView(raw.buffer);
  const fields = superblock.fields;
  for (const [at, value] of [
    [fields.inodesCount.at, 16],
    [fields.blocksCountLow.at, blocks],
    [fields.logClusterSize.at, Math.log2(CLUSTER)],
    [fields.blocksPerGroup.at, GROUP],
    [fields.clustersPerGroup.at, GROUP / CLUSTER],
    [fields.inodesPerGroup.at, 16],
    [fields.revision.at, 1],
    [fields.featureRoCompat.at, RO_COMPAT.bigalloc],
    [fields.featureIncompat.at, INCOMPAT.wide],
  ] as const)
    view.setUint32(at, value, true);
  view.setUint16(fields.magic.at, 0xef53, true);
  view.setUint16(fields.state.at, 1, true);
  view.setUint16(fields.inodeSize.at, 128, true);
  view.setUint16(fields.descriptorSize.at, 32, true);
  image.set(raw, 1024);
  const place = { blockBitmapLow: 8, inodeBitmapLow: 9, inodeTableLow: 10, freeBlocksLow: 1, flags: 0 };
  image.set(groupDescriptor.serialise({ ...place, blockBitmapChecksumLow: 0, checksum: 0 }), 2 * BLOCK);
  image.fill(0xff, 8 * BLOCK, 9 * BLOCK);
  image[8 * BLOCK] = 0xfd;
  return image;
}

test.each([
  ["a whole one", 8 * CLUSTER],
  ["a part of one", 7 * CLUSTER + 3],
])("bigalloc: where the last cluster is %s, the map ends with the file system", async (_, blocks) => {
  const device = memoryDevice(bigalloc(blocks));
  const found = await ext.detect(device);
  expect(found?.size).toBe(blocks * BLOCK);
  const { mode, extents } = await ext.mapUsed(device, found as NonNullable<typeof found>);
  expect(mode).toBe("used-blocks");
  expect([...extents]).toEqual([
    { start: 0, end: CLUSTER * BLOCK },
    { start: 2 * CLUSTER * BLOCK, end: blocks * BLOCK },
  ]);
});
