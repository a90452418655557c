import { crc32 } from "node:zlib";
import type { Infer } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { BLOCK, BLOCKS_PER_SEGMENT, FEATURE, MAGIC, superblock } from "#imaging/filesystem/f2fs/structs.ts";
import { damaged, unlessForeign } from "#imaging/filesystem/volume.ts";

export type Superblock = Infer<typeof superblock>;

const OFFSETS = [1024, BLOCK + 1024];
const MAX_SEGMENTS = (16 * 1024 * 1024) / 2;

/** f2fs_cal_crc32() in the kernel: seeded with the magic, and with no inversion before or after. */
export const checksum = (data: Uint8Array, seed: number = MAGIC): number => ~crc32(data, ~seed >>> 0) >>> 0;

/** Whether the first superblock bears the magic. A copy alone is the rest of a file system that was there before. */
export async function hasMagic(volume: ReadableDevice): Promise<boolean> {
  if (volume.size < 2 * BLOCK) return false;
  return new DataView((await readBytes(volume, OFFSETS[0] as number, 4)).buffer).getUint32(0, true) === MAGIC;
}

/**
 * The first superblock whose checksum and values are right, as the kernel chooses.
 * @throws FILESYSTEM_DAMAGED when neither is.
 */
export async function readSuperblock(volume: ReadableDevice): Promise<{ sb: Superblock; isCopy: boolean }> {
  for (const offset of OFFSETS) {
    const sb = await unlessForeign(async () => {
      const raw = await readBytes(volume, offset, superblock.size);
      const parsed = superblock.parse(raw);
      return isSound(parsed, raw) ? parsed : undefined;
    });
    if (sb) return { sb, isCopy: offset !== OFFSETS[0] };
  }
  throw damaged(volume, "f2fs", OFFSETS[0] as number, "neither of its superblocks makes sense");
}

/** sanity_check_raw_super() in the kernel. */
function isSound(sb: Superblock, raw: Uint8Array): boolean {
  const checksumAt = superblock.fields.checksum.at;
  if (sb.magic !== MAGIC) return false;
  if (sb.features & FEATURE.superblockChecksum)
    if (sb.checksumOffset !== checksumAt || checksum(raw.subarray(0, checksumAt)) !== sb.checksum) return false;
  if (sb.logBlockSize !== 12 || sb.logBlocksPerSegment !== 9) return false;
  if (sb.logSectorSize < 9 || sb.logSectorSize + sb.logSectorsPerBlock !== 12) return false;
  const areas = [
    [sb.segment0, 0, sb.checkpointBlock],
    [sb.checkpointBlock, sb.checkpointSegments, sb.sitBlock],
    [sb.sitBlock, sb.sitSegments, sb.natBlock],
    [sb.natBlock, sb.natSegments, sb.ssaBlock],
    [sb.ssaBlock, sb.ssaSegments, sb.mainBlock],
  ] as const;
  if (sb.segment0 < 2 || areas.some(([start, segments, end]) => start + segments * BLOCKS_PER_SEGMENT !== end))
    return false;
  const mainEnd = sb.mainBlock + sb.mainSegments * BLOCKS_PER_SEGMENT;
  return (
    sb.checkpointSegments === 2 &&
    sb.mainSegments > 0 &&
    sb.segments <= MAX_SEGMENTS &&
    mainEnd <= sb.segment0 + sb.segments * BLOCKS_PER_SEGMENT &&
    mainEnd <= sb.blocks &&
    sb.blocks <= 2 ** 32 &&
    sb.checkpointPayload <= BLOCKS_PER_SEGMENT - 2
  );
}
