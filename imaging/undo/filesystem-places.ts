import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import * as exfat from "#imaging/filesystem/exfat/layout.ts";
import { readGroups } from "#imaging/filesystem/ext/groups.ts";
import * as ext from "#imaging/filesystem/ext/layout.ts";
import * as fat from "#imaging/filesystem/fat/layout.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import * as ntfs from "#imaging/filesystem/ntfs/layout.ts";
import { bootSector } from "#imaging/filesystem/ntfs/structs.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import * as xfs from "#imaging/filesystem/xfs/layout.ts";

const MIB = 1 << 20;
/** xfs_sb, xfs_agf, xfs_agi and xfs_agfl, a sector each. */
const XFS_HEADERS = 4;
/** btrfs documentation, On-disk Format: the superblock and its copies. */
const BTRFS_SUPERBLOCKS = [64 * 1024, 64 * MIB, 256 * 1024 * MIB];
const BTRFS_SUPERBLOCK_BYTES = 4096;
/** The first 24 file records describe the file system itself; what follows is often Windows' own. */
const NTFS_MFT_BYTES = 4 * MIB;
const NTFS_MIRROR_BYTES = 64 * 1024;
/** Superblocks and checkpoints of a small F2FS, and the start of its tables. */
const F2FS_BYTES = 16 * MIB;

/** Whoever made the volume does not choose how much is held: copies beyond these are left out. */
const MOST_PLACES = 8192;
const MOST_GROUPS = 1 << 20;

type Places = (volume: ReadableDevice) => Promise<Extent[]>;

/**
 * Where a file system says what it is and where its parts are, and the copies of that: without them its files cannot be
 * found, whatever is left of them. Bytes of the volume, in no order.
 * @throws FILESYSTEM_DAMAGED and what else isUnreadable knows
 */
export const filesystemPlaces = (volume: ReadableDevice, type: FilesystemType): Promise<Extent[]> =>
  (PLACES[type] ?? nowhere)(volume);

const nowhere: Places = async () => [];

/** Superblock, descriptors and their copies; of group 0 the table of inodes too, which begins with the root folder. */
const extPlaces: Places = async (volume) => {
  const layout = await ext.readLayout(volume);
  if (!layout) return [];
  const { blockSize } = layout;
  const places: Extent[] = [];
  for (let group = 0; group < Math.min(layout.groups, MOST_GROUPS) && places.length < MOST_PLACES; group++) {
    const { first, end } = ext.groupHead(layout, group);
    // The descriptors that are kept free for growth are zeros.
    const used = Math.min(end, first + 2 + layout.descriptorBlocks);
    if (end > first) places.push({ start: first * blockSize, end: used * blockSize });
  }
  return [...places, ...((await unlessForeign(() => firstGroup(volume, layout))) ?? [])];
};

async function firstGroup(volume: ReadableDevice, layout: ext.ExtLayout): Promise<Extent[]> {
  const { value } = await readGroups(volume, layout).next();
  if (!value) return [];
  const blocks = [
    [value.blockBitmap, 1],
    [value.inodeBitmap, 1],
    [value.inodeTable, layout.inodeTableBlocks],
  ] as const;
  return blocks.map(([at, count]) => ({ start: at * layout.blockSize, end: (at + count) * layout.blockSize }));
}

const xfsPlaces: Places = async (volume) => {
  const layout = await xfs.readLayout(volume);
  if (!layout) return [];
  return Array.from({ length: Math.min(layout.sb.agCount, MOST_PLACES) }, (_, group) => {
    const start = xfs.groupOffset(layout, group);
    return { start, end: start + XFS_HEADERS * layout.sectorSize };
  });
};

const btrfsPlaces: Places = async () =>
  BTRFS_SUPERBLOCKS.map((start) => ({ start, end: start + BTRFS_SUPERBLOCK_BYTES }));

/** The boot sector's copy stands in the last sector of the partition, and so in its last MiB. */
const ntfsPlaces: Places = async (volume) => {
  const layout = await ntfs.readLayout(volume);
  if (!layout) return [];
  const { mftMirrorCluster, totalSectors, bytesPerSector } = bootSector.parse(
    await readBytes(volume, 0, bootSector.size),
  );
  const mirror = mftMirrorCluster * layout.clusterSize;
  const copy = totalSectors * bytesPerSector;
  return [
    { start: layout.mftOffset, end: layout.mftOffset + NTFS_MFT_BYTES },
    { start: mirror, end: mirror + NTFS_MIRROR_BYTES },
    { start: copy, end: copy + bytesPerSector },
  ];
};

/** Boot sectors, both tables, and the root folder. */
const fatPlaces: Places = async (volume) => {
  const layout = await fat.readLayout(volume);
  if (!layout) return [];
  const places = [{ start: 0, end: layout.dataOffset }];
  if (layout.bits < 32) return places;
  const root = fat.clusterOffset(layout, layout.rootCluster);
  return [...places, { start: root, end: root + layout.clusterSize }];
};

/** Both boot regions and the table; then the map of clusters, which lies first among them, and the root folder. */
const exfatPlaces: Places = async (volume) => {
  const layout = await exfat.readLayout(volume);
  const root = exfat.clusterOffset(layout, layout.rootCluster);
  const map = Math.ceil(layout.clusters / 8 / layout.clusterSize) * layout.clusterSize;
  return [
    { start: 0, end: layout.heapOffset + map },
    { start: root, end: root + layout.clusterSize },
  ];
};

const PLACES: Partial<Record<FilesystemType, Places>> = {
  ext2: extPlaces,
  ext3: extPlaces,
  ext4: extPlaces,
  xfs: xfsPlaces,
  btrfs: btrfsPlaces,
  ntfs: ntfsPlaces,
  vfat: fatPlaces,
  exfat: exfatPlaces,
  f2fs: async () => [{ start: 0, end: F2FS_BYTES }],
};
