import type { Infer } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { damaged, isPowerOfTwo } from "#imaging/filesystem/volume.ts";
import { INCOMPAT, superblock, VERSION, XFS_MAGIC } from "#imaging/filesystem/xfs/structs.ts";

/** Where everything lies, with all values checked against each other. */
export interface XfsLayout {
  readonly sb: Infer<typeof superblock>;
  readonly version: number;
  /** Version 5: every metadata block has a checksum, its own address and the file system's UUID. */
  readonly selfDescribing: boolean;
  readonly blockSize: number;
  readonly sectorSize: number;
  readonly metadataUuid: string;
  /** The superblock's own checksum is right, or it has none. */
  readonly superblockSound: boolean;
}

const CHECKSUM_AT = superblock.fields.checksum.at;

/** @returns undefined without the magic. @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE when its values contradict each other. */
export async function readLayout(volume: ReadableDevice): Promise<XfsLayout | undefined> {
  if (volume.size < superblock.size) return undefined;
  const start = await readBytes(volume, 0, superblock.size);
  if (new DataView(start.buffer).getUint32(0) !== XFS_MAGIC) return undefined;
  const sb = superblock.parse(start);
  const fail = (problem: string) => damaged(volume, "xfs", 0, problem);
  const version = sb.version & VERSION.number;
  if (version < 1 || version > 5) throw fail(`version ${version}`);
  if (!isPowerOfTwo(sb.sectorSize, 512, 1 << 15)) throw fail(`sectors of ${sb.sectorSize} bytes`);
  if (!isPowerOfTwo(sb.blockSize, 512, 1 << 16) || sb.blockSize !== 2 ** sb.blockLog)
    throw fail(`blocks of ${sb.blockSize} bytes`);
  if (sb.agBlocks < 64 || sb.agBlockLog > 32 || sb.agBlocks > 2 ** sb.agBlockLog)
    throw fail(`allocation groups of ${sb.agBlocks} blocks`);
  if (sb.blocks > sb.agCount * sb.agBlocks || sb.blocks <= (sb.agCount - 1) * sb.agBlocks)
    throw fail(`${sb.blocks} blocks in ${sb.agCount} allocation groups of ${sb.agBlocks}`);
  if (!Number.isSafeInteger(sb.blocks * sb.blockSize)) throw fail(`${sb.blocks} blocks`);
  const selfDescribing = version === 5;
  return {
    sb,
    version,
    selfDescribing,
    blockSize: sb.blockSize,
    sectorSize: sb.sectorSize,
    metadataUuid: selfDescribing && sb.incompatFeatures & INCOMPAT.metadataUuid ? sb.metadataUuid : sb.uuid,
    superblockSound:
      !selfDescribing ||
      (sb.sectorSize <= volume.size && isSound(await readBytes(volume, 0, sb.sectorSize), CHECKSUM_AT, sb.checksum)),
  };
}

/** xfs_verify_cksum() in the kernel: the field itself counts as zeros, and the result is inverted. */
export function isSound(block: Uint8Array, checksumAt: number, stored: number): boolean {
  const before = crc32c(0xffffffff, block.subarray(0, checksumAt));
  const after = crc32c(crc32c(before, new Uint8Array(4)), block.subarray(checksumAt + 4));
  return ~after >>> 0 === stored;
}

/** Byte offset of an allocation group. */
export const groupOffset = ({ sb }: XfsLayout, group: number): number => group * sb.agBlocks * sb.blockSize;

/** Blocks of an allocation group. */
export const groupLength = ({ sb }: XfsLayout, group: number): number =>
  Math.min(sb.agBlocks, sb.blocks - group * sb.agBlocks);

/** Byte offset of a block number of the file system: the group above its lowest `agBlockLog` bits. */
export function blockOffset(layout: XfsLayout, block: number): number {
  const perGroup = 2 ** layout.sb.agBlockLog;
  return groupOffset(layout, Math.floor(block / perGroup)) + (block % perGroup) * layout.blockSize;
}
