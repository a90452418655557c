import { open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { ENTRIES_PER_PAGE, PAGE_SIZE, placeEntry } from "#imaging/repository/format.ts";
import { entryPageOffset, type IndexFile, indexDamaged } from "#imaging/repository/index-file.ts";
import { mergedPath } from "#imaging/repository/index-lookup.ts";
import { isWhole } from "#imaging/repository/page.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** All entries of an index file in their order, as bytes. One is gone when the next is asked for. @throws INDEX_DAMAGED */
export async function* indexRows({ path, header }: IndexFile): AsyncGenerator<Uint8Array, void, undefined> {
  await using file = await open(path, "r")
    .catch(() => open(mergedPath(path), "r"))
    .catch((cause: Error) => {
      throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
    });
  const page = new Uint8Array(PAGE_SIZE);
  for (let number = 0; number < header.entryPages; number++) {
    const offset = entryPageOffset(header, number);
    const { bytesRead } = await file.read(page, 0, PAGE_SIZE, offset).catch((cause: Error) => {
      throw new LifeboatError("READ_FAILED", { device: path, offset, reason: errnoReason(cause) }, { cause });
    });
    if (bytesRead < PAGE_SIZE || !isWhole(page))
      throw indexDamaged(path, offset / PAGE_SIZE, "a page does not match its checksum");
    const count = Math.min(ENTRIES_PER_PAGE, header.entries - number * ENTRIES_PER_PAGE);
    for (let row = 0; row < count; row++) yield page.subarray(row * placeEntry.size, (row + 1) * placeEntry.size);
  }
}
