import type { Infer } from "#base/struct.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { testBit } from "#imaging/filesystem/bitmap.ts";
import type { Checkpoint } from "#imaging/filesystem/f2fs/checkpoint.ts";
import type { Superblock } from "#imaging/filesystem/f2fs/layout.ts";
import { BLOCK, BLOCKS_PER_SEGMENT, CHECKPOINT, sitEntry, sitJournalEntry } from "#imaging/filesystem/f2fs/structs.ts";
import { damaged, readWithin, WINDOW } from "#imaging/filesystem/volume.ts";

type SitEntry = Infer<typeof sitEntry>;

const ENTRIES_PER_BLOCK = Math.floor(BLOCK / sitEntry.size);
const BLOCKS_PER_WINDOW = WINDOW / BLOCK;
const SUMMARY_JOURNAL = 512 * 7;
const JOURNAL_SIZE = BLOCK - SUMMARY_JOURNAL - 5;
const JOURNAL_ENTRIES = Math.floor((JOURNAL_SIZE - 2) / sitJournalEntry.size);
const CURRENT_SEGMENTS = 6;
const COLD_DATA = 2;

/**
 * What the checkpoint says of each segment of the main area, in order: the SIT's two copies and the journal together.
 * @throws FILESYSTEM_DAMAGED
 */
export async function* readSegments(
  volume: ReadableDevice,
  sb: Superblock,
  cp: Checkpoint,
): AsyncGenerator<SitEntry, void, undefined> {
  const copyBlocks = (sb.sitSegments / 2) * BLOCKS_PER_SEGMENT;
  const blocks = Math.ceil(sb.mainSegments / ENTRIES_PER_BLOCK);
  if (sb.sitSegments % 2 || blocks > copyBlocks)
    throw damaged(volume, "f2fs", sb.sitBlock * BLOCK, "the segment information table is too short");
  const journal = await readSitJournal(volume, sb, cp);
  for (let first = 0; first < blocks; first += BLOCKS_PER_WINDOW) {
    const count = Math.min(BLOCKS_PER_WINDOW, blocks - first);
    const read = (from: number) =>
      readWithin(volume, "f2fs", (from + first) * BLOCK, count * BLOCK, "the segment information table");
    const copies = [await read(sb.sitBlock), await read(sb.sitBlock + copyBlocks)] as const;
    for (let block = first; block < first + count; block++) {
      const window = copies[highBit(cp.sitBitmap, block)];
      const end = Math.min((block + 1) * ENTRIES_PER_BLOCK, sb.mainSegments);
      for (let segment = block * ENTRIES_PER_BLOCK; segment < end; segment++) {
        const at = (block - first) * BLOCK + (segment % ENTRIES_PER_BLOCK) * sitEntry.size;
        yield journal.get(segment) ?? sitEntry.parse(window.subarray(at));
      }
    }
  }
}

/** f2fs_test_bit() in the kernel: the highest bit of a byte is the first. */
const highBit = (bitmap: Uint8Array, bit: number): 0 | 1 => (testBit(bitmap, bit ^ 7) ? 1 : 0);

/** The journal of the log for cold data: packed with the others' behind the checkpoint, or in a block of its own. */
async function readSitJournal(
  volume: ReadableDevice,
  sb: Superblock,
  cp: Checkpoint,
): Promise<ReadonlyMap<number, SitEntry>> {
  const compact = (cp.flags & CHECKPOINT.compactSummary) !== 0;
  // sum_blk_addr() in the kernel: the six summaries and the checkpoint's second half end the pack.
  const block = cp.block + (compact ? cp.summaryStart : cp.packBlocks - (CURRENT_SEGMENTS + 1) + COLD_DATA);
  const offset = block * BLOCK + (compact ? JOURNAL_SIZE : SUMMARY_JOURNAL);
  const journal = await readWithin(volume, "f2fs", offset, JOURNAL_SIZE, "the journal of the SIT");
  const count = new DataView(journal.buffer).getUint16(0, true);
  if (block <= cp.block || count > JOURNAL_ENTRIES)
    throw damaged(volume, "f2fs", offset, `${count} entries in the journal of the SIT`);
  const entries = new Map<number, SitEntry>();
  for (let i = 0; i < count; i++) {
    const { segment, entry } = sitJournalEntry.parse(journal.subarray(2 + i * sitJournalEntry.size));
    if (segment >= sb.mainSegments) throw damaged(volume, "f2fs", offset, `segment ${segment} in the journal`);
    entries.set(segment, sitEntry.parse(entry));
  }
  return entries;
}
