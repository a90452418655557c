import { join } from "node:path";
import { CODEC, HEADER_SIZE, recordSpan } from "#imaging/image/format.ts";
import { PACK_SIZE, placeEntry } from "#imaging/repository/format.ts";
import { entryPageOffset, openIndexFile } from "#imaging/repository/index-file.ts";
import { openIndexLookup } from "#imaging/repository/index-lookup.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { caseFile, INDEX_IDS, indexSeed, REPOSITORY, resealPages } from "#test/fuzz/repository-seed.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const seed = await indexSeed();

/** Which chunk of a repository is where: lookups, and all rows one behind the other. */
export const target: FuzzTarget = {
  name: "index-file",
  seeds: [{ name: "three packs", content: () => seed }],
  allowed: ["INDEX_DAMAGED", "OPEN_FAILED", "READ_FAILED"],
  reseal: resealPages,
  async parse(device) {
    const file = await openIndexFile(await caseFile(device, join(scratchFolder(), "case.lbx")), REPOSITORY);
    const { path, header, directory } = file;
    const lengths = new Float64Array(header.packs).fill(PACK_SIZE);
    const place = {
      path,
      offset: entryPageOffset(header, 0),
      entries: header.entries,
      directory,
      lengths,
      sealed: true,
    };
    using lookup = openIndexLookup(place);
    for (const id of INDEX_IDS) {
      const found = lookup.find(id);
      if (!found) continue;
      const end = found.place * 16 + recordSpan(found.storedLength, true);
      promise(found.pack < header.packs && end <= PACK_SIZE, () => `a chunk up to ${end} of pack ${found.pack}`);
      promise(found.place * 16 >= HEADER_SIZE && found.codec !== CODEC.zero, () => `a chunk at ${found.place}`);
      promise(Buffer.compare(found.id, id) === 0, () => "another chunk");
      promise(found.row < header.entries, () => `row ${found.row} of ${header.entries}`);
    }
    let rows = 0;
    for await (const row of indexRows(file)) rows += placeEntry.parse(row).id.length / 32;
    promise(rows === header.entries, () => `${rows} rows of ${header.entries}`);
    return "accepted";
  },
};
