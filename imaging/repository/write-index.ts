import { open } from "node:fs/promises";
import { writeError } from "#imaging/image/record-file.ts";
import { keyOf } from "#imaging/repository/chunk-id.ts";
import {
  ENTRIES_PER_PAGE,
  type IndexHeader,
  indexHeader,
  KEY_SIZE,
  KEYS_PER_PAGE,
  PACKS_PER_PAGE,
  PAGE_ROOM,
  PAGE_SIZE,
  type PackEntry,
  packEntry,
  placeEntry,
} from "#imaging/repository/format.ts";
import { pagesOf, sealPage } from "#imaging/repository/page.ts";
import { createError } from "#imaging/system/file-errors.ts";

export interface IndexContent {
  readonly repositoryId: string;
  readonly indexId: string;
  readonly packs: readonly PackEntry[];
  /** placeEntry.size bytes each, sorted by id. */
  readonly rows: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Writes a new index file. The header comes last, so that a file that was not finished is none.
 * @throws CREATE_FAILED when there is one of its name; SPACE_EXHAUSTED, WRITE_FAILED
 */
export async function writeIndex(path: string, content: IndexContent): Promise<void> {
  await using file = await open(path, "wx", 0o600).catch((cause: unknown) => {
    throw createError(path, cause);
  });
  const put = async (bytes: Uint8Array, page: number) => {
    const offset = page * PAGE_SIZE;
    // A disk that is nearly full takes a part of a page.
    for (let done = 0; done < bytes.length; ) {
      const written = await file.write(bytes, done, bytes.length - done, offset + done).catch((cause: unknown) => {
        throw writeError(path, offset, cause);
      });
      done += written.bytesWritten;
    }
  };
  const { repositoryId, indexId, packs } = content;
  let next = 1;
  for (const page of pagesOf(packs.map(packEntry.serialise), packEntry.size)) await put(page, next++);
  const { entries, keys } = await writeEntries(content, async (page) => put(page, next++));
  const entryPages = keys.length;
  const keyRows = keys.map((key) => keyBytes(key));
  for (const page of pagesOf(keyRows, KEY_SIZE)) await put(page, next++);
  const header: IndexHeader = {
    magic: "LBINDEX1",
    repositoryId,
    indexId,
    created: Date.now(),
    packs: packs.length,
    packPages: Math.ceil(packs.length / PACKS_PER_PAGE),
    entries,
    entryPages,
    directoryPages: Math.ceil(entryPages / KEYS_PER_PAGE),
  };
  await put(sealPage(indexHeader.serialise(header)), 0);
  await file.sync().catch((cause: unknown) => {
    throw writeError(path, 0, cause);
  });
}

async function writeEntries(
  { rows }: IndexContent,
  put: (page: Uint8Array) => Promise<void>,
): Promise<{ entries: number; keys: number[] }> {
  const keys: number[] = [];
  let entries = 0;
  let content = new Uint8Array(PAGE_ROOM);
  for await (const row of rows) {
    const inPage = entries % ENTRIES_PER_PAGE;
    if (inPage === 0) {
      if (entries > 0) await put(sealPage(content));
      content = new Uint8Array(PAGE_ROOM);
      keys.push(keyOf(row));
    }
    content.set(row, inPage * placeEntry.size);
    entries++;
  }
  if (entries > 0) await put(sealPage(content));
  return { entries, keys };
}

function keyBytes(key: number): Uint8Array {
  const bytes = new Uint8Array(KEY_SIZE);
  let rest = key;
  for (let i = KEY_SIZE - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
