import { crc32 } from "node:zlib";
import { PAGE_ROOM, PAGE_SIZE } from "#imaging/repository/format.ts";

/** A page with `room` bytes of content at its start. */
export function sealPage(content: Uint8Array): Uint8Array {
  const page = new Uint8Array(PAGE_SIZE);
  page.set(content);
  new DataView(page.buffer).setUint32(PAGE_ROOM, crc32(page.subarray(0, PAGE_ROOM)), true);
  return page;
}

export const isWhole = (page: Uint8Array): boolean =>
  new DataView(page.buffer, page.byteOffset, PAGE_SIZE).getUint32(PAGE_ROOM, true) ===
  crc32(page.subarray(0, PAGE_ROOM));

/** Rows of a fixed size, as many in each page as fit. */
export function* pagesOf(rows: Iterable<Uint8Array>, rowSize: number): Generator<Uint8Array, void, undefined> {
  const perPage = Math.floor(PAGE_ROOM / rowSize);
  let content = new Uint8Array(PAGE_ROOM);
  let count = 0;
  for (const row of rows) {
    content.set(row, count * rowSize);
    if (++count < perPage) continue;
    yield sealPage(content);
    content = new Uint8Array(PAGE_ROOM);
    count = 0;
  }
  if (count > 0) yield sealPage(content);
}
