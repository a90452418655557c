import { hash } from "node:crypto";
import {
  type CatalogueEntry,
  catalogueEntry,
  extentEntry,
  FOOTER_SIZE,
  type Footer,
  indexEntry,
  RECORD,
} from "#imaging/image/format.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { entries } from "#imaging/image/page-entries.ts";
import type { RecordFile } from "#imaging/image/record-file.ts";
import { offsetInVolume, volumeOf } from "#imaging/image/volumes.ts";

/** @throws IMAGE_DAMAGED, READ_FAILED */
export async function readCatalogue(file: RecordFile, end: Footer): Promise<CatalogueEntry[]> {
  const part = "the catalogue";
  const address = end.catalogueOffset;
  if (volumeOf(file.place, address) !== end.volumes - 1)
    throw file.damaged(part, address, "it is not in the last volume");
  const { plain, span } = await file.readRecord(RECORD.catalogue, address, part, MOST_BYTES.catalogue);
  if (hash("sha256", plain, "buffer").compare(end.rootHash) !== 0)
    throw file.damaged(part, address, "it does not match its SHA-256");
  if (offsetInVolume(file.place, address) + span !== end.fileSize - FOOTER_SIZE)
    throw file.damaged(part, address, "the footer does not follow it");
  const list = entries(file, plain, catalogueEntry, part, address);
  checkCatalogue(file, list, address);
  return list;
}

const ENTRY_SIZE = {
  [RECORD.extents]: extentEntry.size,
  [RECORD.bad]: extentEntry.size,
  [RECORD.index]: indexEntry.size,
};

/** Pages in the order of their addresses, of known types, each as long as its entries; and one manifest. */
function checkCatalogue(file: RecordFile, list: readonly CatalogueEntry[], address: number): void {
  const fail = (problem: string) => file.damaged("the catalogue", address, problem);
  let before = 0;
  for (const { type, region, number, count, rawLength, offset } of list) {
    if (offset <= before) throw fail("its entries are out of order");
    before = offset;
    const isOfDisk = type !== RECORD.extents;
    if (isOfDisk && region !== 0) throw fail("it has an entry that belongs to no region");
    if (type === RECORD.manifest && number === 0 && count === 1) continue;
    const size = ENTRY_SIZE[type as keyof typeof ENTRY_SIZE];
    if (size === undefined || count === 0 || count * size !== rawLength) throw fail("it has an entry that cannot be");
  }
  if (list.filter(({ type }) => type === RECORD.manifest).length !== 1) throw fail("it does not name one manifest");
}
