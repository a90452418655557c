import type { Infer } from "#base/struct.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { checksum, type Superblock } from "#imaging/filesystem/f2fs/layout.ts";
import { BLOCK, BLOCKS_PER_SEGMENT, CHECKPOINT, checkpoint, nodeFooter } from "#imaging/filesystem/f2fs/structs.ts";
import { damaged, readWithin } from "#imaging/filesystem/volume.ts";

/** The newest checkpoint that was written to its end. */
export interface Checkpoint extends Infer<typeof checkpoint> {
  /** First block of its pack. */
  readonly block: number;
  /** Its first block, with the CRC. */
  readonly raw: Uint8Array;
  /** A bit for each block of the SIT, the highest of a byte first: which of its two copies counts. */
  readonly sitBitmap: Uint8Array;
  /** The six segments that are written to. */
  readonly current: readonly number[];
}

const BITMAPS = checkpoint.size;
const LAST_CHECKSUM = BLOCK - 4;
/** Of the three logs for nodes, the one for those of files: a roll-forward starts at its next free block. */
const WARM_NODES = 1;

/** @throws FILESYSTEM_DAMAGED when neither pack is whole, or the newer one contradicts the superblock. */
export async function readCheckpoint(volume: ReadableDevice, sb: Superblock): Promise<Checkpoint> {
  const first = await readPack(volume, sb.checkpointBlock);
  const second = await readPack(volume, sb.checkpointBlock + BLOCKS_PER_SEGMENT);
  // Of two with the same version, as sload.f2fs leaves them, the first counts.
  const isSecond = second && (!first || BigInt.asIntN(64, second.version - first.version) > 0n);
  const newest = isSecond ? second : first;
  const fail = (problem: string) => damaged(volume, "f2fs", sb.checkpointBlock * BLOCK, problem);
  if (!newest) throw fail("neither of its checkpoints is whole");
  const current = [...first3(newest.nodeSegments, 4), ...first3(newest.dataSegments, 4)];
  const offsets = [...first3(newest.nodeOffsets, 2), ...first3(newest.dataOffsets, 2)];
  if (current.some((n) => n >= sb.mainSegments) || offsets.some((n) => n >= BLOCKS_PER_SEGMENT))
    throw fail("the checkpoint writes to segments outside the volume");
  if (newest.sitBitmapSize !== (sb.sitSegments / 2) * (BLOCKS_PER_SEGMENT / 8))
    throw fail(`a bitmap of ${newest.sitBitmapSize} bytes for ${sb.sitSegments} segments of the SIT`);
  if (newest.summaryStart < sb.checkpointPayload + 1 || newest.summaryStart >= newest.packBlocks - 1)
    throw fail("the checkpoint has no room for its summaries");
  return { ...newest, current, sitBitmap: await readSitBitmap(volume, sb, newest) };
}

type Pack = Omit<Checkpoint, "sitBitmap" | "current">;

/** validate_checkpoint() in the kernel: first and last block match their checksums, and bear one version. */
async function readPack(volume: ReadableDevice, block: number): Promise<Pack | undefined> {
  const first = await readSound(volume, block);
  if (!first || first.packBlocks < 3 || first.packBlocks > BLOCKS_PER_SEGMENT) return undefined;
  const last = await readSound(volume, block + first.packBlocks - 1);
  return last?.version === first.version ? { ...first, block } : undefined;
}

async function readSound(volume: ReadableDevice, block: number) {
  const raw = await readWithin(volume, "f2fs", block * BLOCK, BLOCK, "a checkpoint");
  const parsed = checkpoint.parse(raw);
  const at = parsed.checksumOffset;
  if (at < BITMAPS || at > LAST_CHECKSUM) return undefined;
  let crc = checksum(raw.subarray(0, at));
  if (at < LAST_CHECKSUM) crc = checksum(raw.subarray(at + 4), crc);
  return crc === storedChecksum(raw, at) ? { ...parsed, raw } : undefined;
}

const storedChecksum = (raw: Uint8Array, at: number) => new DataView(raw.buffer, raw.byteOffset).getUint32(at, true);

function first3(values: Uint8Array, size: 2 | 4): number[] {
  const view = new DataView(values.buffer, values.byteOffset);
  return [0, 1, 2].map((i) => (size === 4 ? view.getUint32(i * 4, true) : view.getUint16(i * 2, true)));
}

/** __bitmap_ptr() in the kernel: three places, for small, for large and for newer volumes. */
async function readSitBitmap(volume: ReadableDevice, sb: Superblock, pack: Pack): Promise<Uint8Array> {
  const { flags, natBitmapSize, sitBitmapSize, checksumOffset } = pack;
  if (sb.checkpointPayload > 0 && !(flags & CHECKPOINT.largeNatBitmap))
    return readWithin(volume, "f2fs", (pack.block + 1) * BLOCK, sitBitmapSize, "the bitmap of the SIT");
  const leading = checksumOffset === BITMAPS ? 4 : 0;
  const start = BITMAPS + (flags & CHECKPOINT.largeNatBitmap ? leading + natBitmapSize : 0);
  const blocks = await readWithin(
    volume,
    "f2fs",
    pack.block * BLOCK,
    (1 + sb.checkpointPayload) * BLOCK,
    "the checkpoint",
  );
  if (start + sitBitmapSize > blocks.length)
    throw damaged(volume, "f2fs", pack.block * BLOCK, "the checkpoint has no room for the bitmap of the SIT");
  return blocks.subarray(start, start + sitBitmapSize);
}

/** The block of a segment of the main area at which the kernel looks for nodes that were synced after the checkpoint. */
export const rollForwardStart = ({ nodeSegments, nodeOffsets }: Checkpoint): { segment: number; block: number } => ({
  segment: first3(nodeSegments, 4)[WARM_NODES] as number,
  block: first3(nodeOffsets, 2)[WARM_NODES] as number,
});

/**
 * Whether the next mount would take up nodes that fsync wrote after this checkpoint: is_recoverable_dnode() in the
 * kernel. A checkpoint of a clean unmount stays the newest one until the first of the next mount.
 */
export async function hasRollForward(volume: ReadableDevice, sb: Superblock, cp: Checkpoint): Promise<boolean> {
  const { segment, block } = rollForwardStart(cp);
  const at = (sb.mainBlock + segment * BLOCKS_PER_SEGMENT + block) * BLOCK;
  const node = await readWithin(volume, "f2fs", at, BLOCK, "a node");
  const { checkpointVersion } = nodeFooter.parse(node.subarray(BLOCK - nodeFooter.size));
  if (cp.flags & CHECKPOINT.noCrcRecovery) return BigInt.asUintN(32, checkpointVersion ^ cp.version) === 0n;
  const crc = cp.flags & CHECKPOINT.crcRecovery ? storedChecksum(cp.raw, cp.checksumOffset) : 0;
  return (cp.version | (BigInt(crc) << 32n)) === checkpointVersion;
}
