import { type FileHandle, open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { keyOf } from "#imaging/repository/chunk-id.ts";
import {
  ENTRIES_PER_PAGE,
  type IndexHeader,
  indexHeader,
  KEY_SIZE,
  KEYS_PER_PAGE,
  PACKS_PER_PAGE,
  PAGE_SIZE,
  type PackEntry,
  packEntry,
} from "#imaging/repository/format.ts";
import { isWhole } from "#imaging/repository/page.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** What is held in memory of an index file: all but its chunks. */
export interface IndexFile {
  readonly path: string;
  readonly header: IndexHeader;
  /** packEntry.size bytes each. */
  readonly packRows: Uint8Array;
  /** Key of the first chunk of each page of chunks, in shared memory. */
  readonly directory: Float64Array;
}

/** Far more than a repository of a thousand TiB has in one file; what claims more is damaged. */
const MOST_PACKS = 1 << 23;
const MOST_ENTRY_PAGES = 1 << 27;

/** @throws OPEN_FAILED, READ_FAILED, INDEX_DAMAGED */
export async function openIndexFile(path: string, repositoryId: string): Promise<IndexFile> {
  const file = await open(path, "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  try {
    const { size } = await file.stat();
    const header = await readIndexHeader(file, path, size);
    if (header.repositoryId !== repositoryId) throw damaged(path, 0, "it belongs to another repository");
    const { packs, packPages, entryPages, directoryPages } = header;
    const packRows = await readRows(file, path, { from: 1, pages: packPages, count: packs, size: packEntry.size });
    checkPacks(path, packRows);
    const keys = { from: 1 + packPages + entryPages, pages: directoryPages, count: entryPages, size: KEY_SIZE };
    return { path, header, packRows, directory: directoryOf(await readRows(file, path, keys)) };
  } finally {
    await file.close();
  }
}

/** Where the page of chunks `page` begins in the file. */
export const entryPageOffset = ({ packPages }: Pick<IndexHeader, "packPages">, page: number): number =>
  (1 + packPages + page) * PAGE_SIZE;

export const packOf = ({ packRows }: IndexFile, pack: number): PackEntry =>
  packEntry.parse(packRows.subarray(pack * packEntry.size));

export const indexDamaged = (file: string, page: number, problem: string): LifeboatError<"INDEX_DAMAGED"> =>
  new LifeboatError("INDEX_DAMAGED", { file, offset: page * PAGE_SIZE, problem });
const damaged = indexDamaged;

async function readIndexHeader(file: FileHandle, path: string, size: number): Promise<IndexHeader> {
  const page = await readPage(file, path, 0);
  let header: IndexHeader;
  try {
    header = indexHeader.parse(page);
  } catch {
    throw damaged(path, 0, "it does not begin as an index file of this version");
  }
  const { packs, packPages, entries, entryPages, directoryPages } = header;
  const agrees =
    packs <= MOST_PACKS &&
    entryPages <= MOST_ENTRY_PAGES &&
    packPages === Math.ceil(packs / PACKS_PER_PAGE) &&
    entryPages === Math.ceil(entries / ENTRIES_PER_PAGE) &&
    directoryPages === Math.ceil(entryPages / KEYS_PER_PAGE);
  if (!agrees) throw damaged(path, 0, "its numbers do not agree with one another");
  if (size !== (1 + packPages + entryPages + directoryPages) * PAGE_SIZE)
    throw damaged(path, 0, `it has ${size} bytes, which is not what its header says`);
  return header;
}

async function readPage(file: FileHandle, path: string, page: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(PAGE_SIZE);
  const { bytesRead } = await file.read(bytes, 0, PAGE_SIZE, page * PAGE_SIZE).catch((cause: Error) => {
    const details = { device: path, offset: page * PAGE_SIZE, reason: errnoReason(cause) };
    throw new LifeboatError("READ_FAILED", details, { cause });
  });
  if (bytesRead < PAGE_SIZE) throw damaged(path, page, "the file is cut off");
  if (!isWhole(bytes)) throw damaged(path, page, "a page does not match its checksum");
  return bytes;
}

/** The rows of some pages, one behind the other. */
async function readRows(
  file: FileHandle,
  path: string,
  { from, pages, count, size }: { from: number; pages: number; count: number; size: number },
): Promise<Uint8Array> {
  const perPage = Math.floor((PAGE_SIZE - 4) / size);
  const rows = new Uint8Array(count * size);
  for (let page = 0; page < pages; page++) {
    const bytes = await readPage(file, path, from + page);
    const inPage = Math.min(perPage, count - page * perPage);
    rows.set(bytes.subarray(0, inPage * size), page * perPage * size);
  }
  return rows;
}

function checkPacks(path: string, packRows: Uint8Array): void {
  for (let at = 0; at < packRows.length; at += packEntry.size)
    try {
      packEntry.parse(packRows.subarray(at));
    } catch {
      throw damaged(path, 1 + Math.floor(at / packEntry.size / PACKS_PER_PAGE), "a pack cannot have such a size");
    }
}

function directoryOf(keys: Uint8Array): Float64Array {
  const count = keys.length / KEY_SIZE;
  const directory = new Float64Array(new SharedArrayBuffer(count * 8));
  for (let i = 0; i < count; i++) directory[i] = keyOf(keys.subarray(i * KEY_SIZE));
  return directory;
}
