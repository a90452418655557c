import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import { type CatalogueEntry, extentEntry, PAGE_ENTRIES, RECORD } from "#imaging/image/format.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { entries } from "#imaging/image/page-entries.ts";
import type { RecordFile } from "#imaging/image/record-file.ts";

/** A writer keeps to an eighth of this; a hostile image would have us hold what it names. */
const MOST_EXTENTS_OF_IMAGE = 8 * MOST_EXTENTS;

/** @throws IMAGE_DAMAGED, READ_FAILED */
export async function readExtents(
  file: RecordFile,
  catalogue: readonly CatalogueEntry[],
  manifest: Manifest,
): Promise<RegionExtents[]> {
  const pages = catalogue.filter((e) => e.type === RECORD.extents);
  const all = pages.reduce((sum, { count }) => sum + count, 0);
  if (all > MOST_EXTENTS_OF_IMAGE)
    throw file.damaged(
      "the catalogue",
      pages[0]?.offset ?? 0,
      `it names ${all} extents, more than any disk of ours has`,
    );
  const counts = manifest.regions.map(() => 0);
  for (const { region, count } of pages) counts[region] = (counts[region] ?? 0) + Math.min(count, PAGE_ENTRIES);
  // Made for what they get: growing lists leave their smaller selves behind.
  const lists = manifest.regions.map((_, region) => new ExtentList(Math.min(counts[region] ?? 0, MOST_EXTENTS)));
  for (const entry of pages) {
    const part = `the extents of region ${entry.region}`;
    const list = lists[entry.region];
    if (!list) throw file.damaged(part, entry.offset, "there is no such region");
    await addExtents(file, entry, part, list, manifest.regions[entry.region]?.size ?? 0);
  }
  for (const [i, { label, usedBytes }] of manifest.regions.entries())
    if (lists[i]?.bytes !== usedBytes)
      throw file.damaged(
        `the extents of ${label}`,
        pages[0]?.offset ?? 0,
        "they are not the bytes that its region has",
      );
  return manifest.regions.map((region, i) => ({ start: region.start, extents: lists[i] ?? new ExtentList() }));
}

/** What could not be read when the image was made. @throws IMAGE_DAMAGED, READ_FAILED */
export async function readBad(
  file: RecordFile,
  catalogue: readonly CatalogueEntry[],
  manifest: Manifest,
): Promise<ExtentList> {
  const list = new ExtentList();
  for (const entry of catalogue.filter((e) => e.type === RECORD.bad))
    await addExtents(file, entry, "the list of bad sectors", list, manifest.disk.size);
  return list;
}

async function addExtents(
  file: RecordFile,
  entry: CatalogueEntry,
  part: string,
  list: ExtentList,
  size: number,
): Promise<void> {
  if (list.length !== entry.number) throw file.damaged(part, entry.offset, "it is out of order");
  const plain = await file.readPage(entry, part, MOST_BYTES.extents);
  for (const { start, length } of entries(file, plain, extentEntry, part, entry.offset)) {
    const before = list.length === 0 ? -1 : list.at(list.length - 1).end;
    // Starts at sectors bound the runs of a chunk, and with them a reader's memory.
    if (length === 0 || start <= before || start + length > size || start % 512 !== 0)
      throw file.damaged(part, entry.offset, "an extent overlaps its neighbour, leaves its place or divides a sector");
    list.add(start, start + length);
  }
}
