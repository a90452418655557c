import type { Infer } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { isSound } from "#imaging/filesystem/btrfs/checksum.ts";
import { BTRFS_MAGIC, CHECKSUM, INCOMPAT, SUPERBLOCK_OFFSET, superblock } from "#imaging/filesystem/btrfs/structs.ts";
import { damaged, isPowerOfTwo } from "#imaging/filesystem/volume.ts";

export interface BtrfsLayout {
  readonly sb: Infer<typeof superblock>;
  readonly metadataUuid: string;
  readonly superblockSound: boolean;
}

export const MAX_LEVEL = 7;

/** @returns undefined without the magic. @throws FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE when its values contradict each other. */
export async function readLayout(volume: ReadableDevice): Promise<BtrfsLayout | undefined> {
  if (volume.size < SUPERBLOCK_OFFSET + superblock.size) return undefined;
  const raw = await readBytes(volume, SUPERBLOCK_OFFSET, superblock.size);
  const magicAt = superblock.fields.magic.at;
  if (String.fromCharCode(...raw.subarray(magicAt, magicAt + BTRFS_MAGIC.length)) !== BTRFS_MAGIC) return undefined;
  const sb = superblock.parse(raw);
  const fail = (problem: string) => damaged(volume, "btrfs", SUPERBLOCK_OFFSET, problem);
  if (sb.address !== SUPERBLOCK_OFFSET) throw fail(`the superblock calls itself that at byte ${sb.address}`);
  if (!isPowerOfTwo(sb.sectorSize, 512, 1 << 16)) throw fail(`sectors of ${sb.sectorSize} bytes`);
  if (!isPowerOfTwo(sb.nodeSize, sb.sectorSize, 1 << 16)) throw fail(`metadata blocks of ${sb.nodeSize} bytes`);
  if (Math.max(sb.rootTreeLevel, sb.chunkTreeLevel, sb.logTreeLevel) > MAX_LEVEL) throw fail("a tree is too high");
  if (sb.systemChunksSize > sb.systemChunks.length) throw fail(`${sb.systemChunksSize} bytes of system chunks`);
  if (sb.devices === 0 || sb.deviceBytes === 0) throw fail("it has no device");
  if (sb.checksumType > CHECKSUM.blake2) throw fail(`checksums of type ${sb.checksumType}`);
  return {
    sb,
    metadataUuid: sb.incompatFeatures & INCOMPAT.metadataUuid ? sb.metadataUuid : sb.uuid,
    superblockSound: isSound(sb.checksumType, raw),
  };
}
