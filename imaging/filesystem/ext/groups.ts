import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { crc16 } from "#imaging/filesystem/ext/checksum.ts";
import { descriptorLocation, type ExtLayout, groupStart } from "#imaging/filesystem/ext/layout.ts";
import { BLOCK_UNINIT, groupDescriptor, groupDescriptorHigh, RO_COMPAT } from "#imaging/filesystem/ext/structs.ts";
import { damaged, readWithin } from "#imaging/filesystem/volume.ts";

/** One block group, checked to lie within the file system. */
export interface Group {
  readonly number: number;
  readonly start: number;
  /** Blocks; the last group may be short. */
  readonly blocks: number;
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
  readonly inodeTable: number;
  /** Clusters. */
  readonly free: number;
  /** Its block bitmap was never written: only metadata is used in it. */
  readonly uninitialised: boolean;
  readonly bitmapChecksum: number;
}

/** Reads the descriptors one block at a time: there is one block of them for each 8 GiB (64bit, 4 KiB blocks). */
export async function* readGroups(volume: ReadableDevice, layout: ExtLayout): AsyncGenerator<Group, void, undefined> {
  const perBlock = layout.blockSize / layout.descriptorSize;
  for (let n = 0; n < layout.descriptorBlocks; n++) {
    const offset = descriptorLocation(layout, n) * layout.blockSize;
    const block = await readWithin(volume, "ext4", offset, layout.blockSize, "a block of group descriptors");
    const last = Math.min((n + 1) * perBlock, layout.groups);
    for (let number = n * perBlock; number < last; number++) {
      const at = (number - n * perBlock) * layout.descriptorSize;
      yield parseGroup(volume, layout, number, block.subarray(at, at + layout.descriptorSize), offset + at);
    }
  }
}

function parseGroup(volume: ReadableDevice, layout: ExtLayout, number: number, raw: Uint8Array, offset: number): Group {
  const low = groupDescriptor.parse(raw);
  const high = layout.descriptorSize >= 64 ? groupDescriptorHigh.parse(raw.subarray(32)) : undefined;
  if (!descriptorSound(layout, number, raw, low.checksum))
    throw damaged(volume, "ext4", offset, `the descriptor of group ${number} does not match its checksum`);
  const join = (value: number, upper: number | undefined) => value + (upper ?? 0) * 2 ** 32;
  const start = groupStart(layout, number);
  const group: Group = {
    number,
    start,
    blocks: Math.min(layout.blocksPerGroup, layout.blocks - start),
    blockBitmap: join(low.blockBitmapLow, high?.blockBitmap),
    inodeBitmap: join(low.inodeBitmapLow, high?.inodeBitmap),
    inodeTable: join(low.inodeTableLow, high?.inodeTable),
    free: low.freeBlocksLow + (high?.freeBlocks ?? 0) * 2 ** 16,
    uninitialised:
      (low.flags & BLOCK_UNINIT) !== 0 &&
      (layout.sb.featureRoCompat & (RO_COMPAT.gdtChecksum | RO_COMPAT.metadataChecksum)) !== 0,
    bitmapChecksum: low.blockBitmapChecksumLow + (high?.blockBitmapChecksum ?? 0) * 2 ** 16,
  };
  const within = (block: number, count: number) => block > layout.sb.firstDataBlock && block + count <= layout.blocks;
  if (
    !within(group.blockBitmap, 1) ||
    !within(group.inodeBitmap, 1) ||
    !within(group.inodeTable, layout.inodeTableBlocks)
  )
    throw damaged(volume, "ext4", offset, `the descriptor of group ${number} points outside the file system`);
  return group;
}

const CHECKSUM_AT = 0x1e;

/** ext4_group_desc_csum() in the kernel: the checksum field itself is left out, or zero. */
function descriptorSound(layout: ExtLayout, number: number, raw: Uint8Array, checksum: number): boolean {
  const index = new Uint8Array(Uint32Array.of(number).buffer);
  if (layout.metadataChecksum) {
    const cleared = raw.slice().fill(0, CHECKSUM_AT, CHECKSUM_AT + 2);
    return (crc32c(crc32c(layout.checksumSeed, index), cleared) & 0xffff) === checksum;
  }
  if (!(layout.sb.featureRoCompat & RO_COMPAT.gdtChecksum)) return true;
  const uuid = Uint8Array.from(layout.sb.uuid.replaceAll("-", "").match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  let crc = crc16(crc16(0xffff, uuid), index);
  crc = crc16(crc, raw.subarray(0, CHECKSUM_AT));
  return crc16(crc, raw.subarray(CHECKSUM_AT + 2)) === checksum;
}
