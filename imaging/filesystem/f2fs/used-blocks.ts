import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { addSetBits, countSetBits } from "#imaging/filesystem/bitmap.ts";
import {
  type Checkpoint,
  hasRollForward,
  readCheckpoint,
  rollForwardStart,
} from "#imaging/filesystem/f2fs/checkpoint.ts";
import { hasMagic, readSuperblock, type Superblock } from "#imaging/filesystem/f2fs/layout.ts";
import { readSegments } from "#imaging/filesystem/f2fs/segments.ts";
import { BLOCK, BLOCKS_PER_SEGMENT, CHECKPOINT, FEATURE, KNOWN_FEATURES } from "#imaging/filesystem/f2fs/structs.ts";
import type { Filesystem, FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, named, rawMap, unlessForeign } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const f2fs: FilesystemDriver = { types: ["f2fs"], detect, mapUsed };

function detect(volume: ReadableDevice): Promise<Filesystem | undefined> {
  return unlessForeign(async () => {
    if (!(await hasMagic(volume))) return undefined;
    const found = await unlessForeign(() => readSuperblock(volume));
    if (!found) return { ...named(volume, "f2fs"), warnings: [stateWords["state.superblocks"]({ tool: "fsck.f2fs" })] };
    const { sb, isCopy } = found;
    const warnings = isCopy ? [stateWords["state.first-superblock"]({ tool: "fsck.f2fs" })] : [];
    const cp = await unlessForeign(() => readCheckpoint(volume, sb));
    if (!cp) warnings.push(stateWords["state.checkpoints"]({ tool: "fsck.f2fs" }));
    else if (!(cp.flags & CHECKPOINT.unmounted)) warnings.push(stateWords["state.unclean"]);
    // A driver without support for quotas sets this. It says nothing of the maps of used blocks.
    if (cp && cp.flags & CHECKPOINT.quotaNeedsFsck) warnings.push(stateWords["state.quotas"]({ tool: "fsck.f2fs" }));
    if (errorReason(sb, cp)) warnings.push(stateWords["state.errors"]({ tool: "fsck.f2fs" }));
    return {
      type: "f2fs",
      uuid: sb.uuid,
      label: new TextDecoder("utf-16le").decode(sb.label).replace(/\0.*$/s, "") || undefined,
      blockSize: BLOCK,
      size: sb.blocks * BLOCK,
      warnings,
    };
  });
}

const ERRORS = CHECKPOINT.error | CHECKPOINT.needsFsck;
const RECORDED = rawWords["raw.errors-maps"];

function errorReason(sb: Superblock, cp: Checkpoint | undefined): string | undefined {
  if (cp && cp.flags & ERRORS) return RECORDED;
  if (sb.errors.some((bits) => bits !== 0)) return RECORDED;
  return sb.stopReasons.subarray(1).some((count) => count !== 0) ? RECORDED : undefined;
}

/** Why the maps of used blocks may lack blocks that are in use, or cannot be read here. */
function layoutReason(sb: Superblock): string | undefined {
  if (sb.firstDevice !== 0) return rawWords["raw.devices"];
  if (sb.features & FEATURE.zoned) return rawWords["raw.zoned"];
  if (sb.features & FEATURE.readOnly) return rawWords["raw.read-only"];
  const unknown = sb.features & ~KNOWN_FEATURES;
  return unknown ? rawWords["raw.feature"]({ name: "F2FS", flags: `0x${unknown.toString(16)}` }) : undefined;
}

async function uncleanReason(volume: ReadableDevice, sb: Superblock, cp: Checkpoint): Promise<string | undefined> {
  if (!(cp.flags & CHECKPOINT.unmounted)) return rawWords["raw.unclean-checkpoint"];
  if (cp.flags & (CHECKPOINT.disabled | CHECKPOINT.resizing)) return rawWords["raw.checkpoints-off"];
  const errors = errorReason(sb, cp);
  if (errors) return errors;
  if (await hasRollForward(volume, sb, cp)) return rawWords["raw.after-checkpoint"];
  return undefined;
}

/** All metadata areas, and the blocks of the main area that the newest checkpoint calls valid. */
async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const { sb } = await readSuperblock(volume);
  if (sb.blocks * BLOCK > volume.size)
    throw damaged(volume, "f2fs", 1024, "the file system is larger than its partition");
  const foreign = layoutReason(sb);
  if (foreign) return rawMap(volume, foreign);
  const cp = await readCheckpoint(volume, sb);
  const unclean = await uncleanReason(volume, sb, cp);
  if (unclean) return rawMap(volume, unclean);
  const start = sb.mainBlock * BLOCK;
  const extents = ExtentList.covering();
  extents.add(0, start);
  await addValidBlocks(extents, volume, sb, cp);
  return { mode: "used-blocks", extents };
}

/**
 * The block at which a roll-forward would start is free, and is captured all the same: after a restore over the disk's
 * later state, a node with this checkpoint's version could lie there, and the next mount would take it up.
 */
async function addValidBlocks(extents: ExtentList, volume: ReadableDevice, sb: Superblock, cp: Checkpoint) {
  const fail = (problem: string) => damaged(volume, "f2fs", sb.sitBlock * BLOCK, problem);
  const next = rollForwardStart(cp);
  let segment = 0;
  let valid = 0;
  let free = 0;
  for await (const { validBlocks, validMap } of readSegments(volume, sb, cp)) {
    const bitmap = validMap.map((byte) => REVERSED[byte] as number);
    const count = countSetBits(bitmap, BLOCKS_PER_SEGMENT);
    if (count !== (validBlocks & 0x3ff)) throw fail(`segment ${segment} has not as many valid blocks as it says`);
    if (next.segment === segment)
      bitmap[next.block >>> 3] = (bitmap[next.block >>> 3] as number) | (1 << (next.block & 7));
    const origin = (sb.mainBlock + segment * BLOCKS_PER_SEGMENT) * BLOCK;
    addSetBits(extents, { bitmap, bits: BLOCKS_PER_SEGMENT, origin, unit: BLOCK });
    valid += count;
    if (count === 0 && !cp.current.includes(segment)) free++;
    segment++;
  }
  // A table that lost entries calls more free than there are. Fewer are no harm: mkfs.f2fs counts two too many with
  // several sections in a zone. Blocks that are reserved and not written count as valid in the checkpoint alone.
  if (free > cp.freeSegments) throw fail(`${free} free segments, and ${cp.freeSegments} by the checkpoint`);
  if (valid > cp.validBlocks) throw fail(`${valid} valid blocks, and ${cp.validBlocks} by the checkpoint`);
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt([...byte.toString(2).padStart(8, "0")].reverse().join(""), 2),
);
