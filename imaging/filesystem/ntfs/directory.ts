import type { MasterFileTable, Value } from "#imaging/filesystem/ntfs/mft.ts";
import { applyFixups, RecordProblem } from "#imaging/filesystem/ntfs/record.ts";
import {
  ATTRIBUTE,
  FILE,
  fileName,
  indexBlock,
  indexEntry,
  indexHeader,
  indexRoot,
} from "#imaging/filesystem/ntfs/structs.ts";

/** A name in a directory, or of a file record. */
export interface FileName {
  readonly record: number;
  readonly parent: number;
  readonly name: string;
}

/** What is wrong with a directory; the caller adds the place. */
export class DirectoryProblem extends Error {}

const INDEX = "$I30";
/** Made once: it costs more than to parse the name. */
const UTF16 = new TextDecoder("utf-16le");
const HAS_SUBNODE = 1;
const LAST = 2;
const FILE_NAME_INDEX = 0x30;
/** 256 MiB of 4 KiB blocks, some million names. A damaged tree must not keep us for ever. */
const MOST_BLOCKS = 1 << 16;
const RECORD_BITS = 0xffff_ffff_ffffn;

/**
 * All names of the root folder (libntfs-3g, index.c and dir.c). Names are read in the order of the tree; a file with
 * a long and a DOS name comes twice.
 * @throws DirectoryProblem, FILESYSTEM_DAMAGED, STRUCT_BAD_VALUE, STRUCT_TRUNCATED
 */
export async function listRoot(mft: MasterFileTable, clusterSize: number): Promise<FileName[]> {
  const root = await mft.value(FILE.root, ATTRIBUTE.indexRoot, INDEX);
  if (root?.kind !== "resident") throw new DirectoryProblem("the root folder has no index");
  const { type, blockSize } = indexRoot.parse(root.bytes);
  if (type !== FILE_NAME_INDEX) throw new DirectoryProblem("the root folder's index is not one of names");
  const names: FileName[] = [];
  const waiting = readEntries(root.bytes.subarray(indexRoot.size), names);
  if (waiting.length === 0) return names;
  const allocation = await mft.value(FILE.root, ATTRIBUTE.indexAllocation, INDEX);
  if (allocation?.kind !== "non-resident") throw new DirectoryProblem("the root folder's index lacks its blocks");
  if (blockSize < 512 || blockSize > 1 << 16 || blockSize % 512 !== 0)
    throw new DirectoryProblem(`index blocks of ${blockSize} bytes`);
  const unit = blockSize < clusterSize ? 512 : clusterSize;
  const seen = new Set<number>();
  for (let vcn = waiting.pop(); vcn !== undefined; vcn = waiting.pop()) {
    if (seen.has(vcn) || seen.size > MOST_BLOCKS) throw new DirectoryProblem("the root folder's index has no end");
    seen.add(vcn);
    const block = await readBlock(mft, allocation, { offset: vcn * unit, size: blockSize });
    waiting.push(...readEntries(block.subarray(indexBlock.size), names));
  }
  return names;
}

async function readBlock(
  mft: MasterFileTable,
  allocation: Value & { kind: "non-resident" },
  { offset, size }: { offset: number; size: number },
): Promise<Uint8Array> {
  if (offset + size > allocation.initialisedSize)
    throw new DirectoryProblem("an index block lies outside of its index");
  const block = await mft.read(allocation, offset, size);
  const { usaOffset, usaCount } = indexBlock.parse(block);
  try {
    applyFixups(block, usaOffset, usaCount);
  } catch (error) {
    if (error instanceof RecordProblem) throw new DirectoryProblem(`an index block: ${error.message}`);
    throw error;
  }
  return block;
}

/** Adds the names behind an index header to `names`. @returns the VCNs of the blocks below */
function readEntries(index: Uint8Array, names: FileName[]): number[] {
  const { entriesOffset, length } = indexHeader.parse(index);
  if (length > index.length) throw new DirectoryProblem("an index is longer than its block");
  const below: number[] = [];
  for (let at = entriesOffset; ; ) {
    const entry = indexEntry.parse(index.subarray(at, length));
    const hasSubnode = (entry.flags & HAS_SUBNODE) !== 0;
    if (entry.length < indexEntry.size + (hasSubnode ? 8 : 0) || at + entry.length > length)
      throw new DirectoryProblem(`an index entry of ${entry.length} bytes`);
    const bytes = index.subarray(at, at + entry.length);
    if (hasSubnode) below.push(Number(new DataView(bytes.slice(-8).buffer).getBigUint64(0, true)));
    if (entry.flags & LAST) return below;
    const key = bytes.subarray(indexEntry.size, indexEntry.size + entry.keyLength);
    names.push({ record: Number(entry.record & RECORD_BITS), ...parseFileName(key) });
    at += entry.length;
  }
}

/** @throws DirectoryProblem, STRUCT_TRUNCATED */
export function parseFileName(bytes: Uint8Array): Omit<FileName, "record"> {
  const { parent, nameLength } = fileName.parse(bytes);
  const name = bytes.subarray(fileName.size, fileName.size + nameLength * 2);
  if (name.length < nameLength * 2) throw new DirectoryProblem("a file name is cut off");
  return { parent: Number(parent & RECORD_BITS), name: UTF16.decode(name) };
}
