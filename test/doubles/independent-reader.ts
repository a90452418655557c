import { crcWithout, need, u64 } from "#test/doubles/independent-bytes.ts";
import {
  badExtentsOf,
  type Extent,
  extentsOf,
  parseManifest,
  place,
  type Window,
  windowsOf,
} from "#test/doubles/independent-layout.ts";
import {
  type FoundRecord,
  openVolumes,
  readRecord,
  recordAt,
  recordFollower,
  recordHead,
  TYPE,
  type Volumes,
} from "#test/doubles/independent-records.ts";

/**
 * Readers written from docs/format/image.md and docs/format/keys.md alone, which share no code with the engine: they
 * hold the pages and the engine against each other.
 */
const FOOTER = 128;

/** "How to read an image", step by step. @returns the whole disk */
export function readBySpecification(files: readonly Buffer[], password?: string): Buffer {
  const volumes = openVolumes(files, password);
  const follow = recordFollower(volumes);
  const { catalogue, catalogueAt, chunks, rawBytes } = readCatalogue(volumes);
  const pages = cataloguedRecords(volumes, catalogue);
  const {
    disk: { size },
    regions,
  } = parseManifest(pages, volumes);
  const windows = windowsOf(regions, extentsOf(regions, pages));
  const disk = Buffer.alloc(size);
  let [done, bytes] = [0, 0];
  for (const page of pages) {
    if (page.type === TYPE.index) {
      need(page.number === done, "number of an index page's first chunk");
      const segment = windows.slice(done, done + page.plain.length / 56);
      bytes += readSegment(volumes, page, segment, disk, follow);
      done += segment.length;
    }
    follow(page.at, page.length);
  }
  follow(catalogueAt, catalogue.length + FOOTER);
  need(done === windows.length && chunks === windows.length && rawBytes === bytes, "number of chunks or bytes");
  for (const { start, length } of badExtentsOf(pages, size))
    need(
      disk.subarray(start, start + length).equals(Buffer.alloc(length)),
      `what could not be read at ${start} is not zero`,
    );
  return disk;
}

/** What could not be read when the image was made, in the disk's bytes. */
export function readBadExtents(files: readonly Buffer[], password?: string): readonly Extent[] {
  const volumes = openVolumes(files, password);
  const pages = cataloguedRecords(volumes, readCatalogue(volumes).catalogue);
  return badExtentsOf(pages, parseManifest(pages, volumes).disk.size);
}

function readCatalogue(volumes: Volumes) {
  const last = volumes.files.length - 1;
  const file = volumes.files[last] as Buffer;
  const footer = file.subarray(file.length - FOOTER);
  need(footer.length === FOOTER && footer.toString("latin1", 0, 8) === "LBFOOTER", "footer");
  need(crcWithout(footer, 124) === footer.readUInt32LE(124), "footer's checksum");
  need(footer.subarray(8, 24).equals(volumes.imageId) && u64(footer, 24) === file.length, "footer's fields");
  need(footer.readUInt32LE(88) === volumes.files.length, "number of volumes");
  const catalogueAt = u64(footer, 32);
  const catalogue = recordAt(volumes, catalogueAt);
  const end = (last === 0 ? 0 : last * volumes.volumeSize) + file.length - FOOTER;
  need(catalogueAt + catalogue.length === end, "catalogue's place");
  need(catalogue.type === TYPE.catalogue && catalogue.region === 0 && catalogue.number === 0, "catalogue's header");
  need(catalogue.sha256.equals(footer.subarray(56, 88)), "root hash");
  return { catalogue, catalogueAt, rawBytes: u64(footer, 40), chunks: u64(footer, 48) };
}

type Page = FoundRecord & { readonly at: number };

/** The catalogue's records in the order of the file: manifest, extents, index and bad extents pages. */
function cataloguedRecords(volumes: Volumes, { plain }: FoundRecord): Page[] {
  need(plain.length % 64 === 0, "catalogue's length");
  const pages: Page[] = [];
  for (let i = 0; i < plain.length; i += 64) {
    const entry = plain.subarray(i, i + 64);
    const at = u64(entry, 16);
    const record = recordAt(volumes, at);
    const before = pages.at(-1);
    need([1, 2, 4, 6].includes(record.type) && record.type >= (before?.type ?? 0), "order of records");
    need(record.region >= (before?.type === record.type ? before.region : 0), "order of pages");
    need(record.type === TYPE.extents || record.region === 0, "region of a page");
    const listed = [record.type, record.region, record.number, countOf(record), record.rawLength, record.storedLength];
    const wanted = [entry.readUInt8(0), ...[4, 8, 12, 56, 60].map((place) => entry.readUInt32LE(place))];
    need(String(listed) === String(wanted), `catalogue's entry of the record at ${at}`);
    need(record.sha256.equals(entry.subarray(24, 56)), "hash in the catalogue");
    pages.push({ ...record, at });
  }
  return pages;
}

function countOf({ type, plain }: FoundRecord): number {
  const count = type === TYPE.manifest ? 1 : plain.length / (type === TYPE.index ? 56 : 16);
  need(Number.isInteger(count) && count > 0, "length of a page");
  return count;
}

/** Chunks of one segment, which must fill the file in front of their index page. @returns their plain bytes */
function readSegment(
  volumes: Volumes,
  page: Page,
  windows: readonly Window[],
  disk: Buffer,
  follow: (at: number, length: number) => void,
): number {
  const runs = windows.reduce((sum, window) => sum + window.runs.length, 0);
  need(windows.length === countOf(page) && windows.length <= 4096 && runs <= 262_144, "size of a segment");
  const places: { at: number; length: number }[] = [];
  let bytes = 0;
  for (const [i, window] of windows.entries()) {
    const entry = page.plain.subarray(i * 56, i * 56 + 56);
    const at = u64(entry, 16);
    const record = recordAt(volumes, at);
    const { type, region, number, codec, rawLength, storedLength, length } = record;
    need(type === TYPE.chunk && region === window.region && number === window.number, `chunk at ${at} is another`);
    const listed = [entry.readUInt32LE(0), entry.readUInt8(4), entry.readUInt32LE(8), entry.readUInt32LE(12)];
    need(String([number, codec, rawLength, storedLength]) === String(listed), `index entry of the chunk at ${at}`);
    need(record.sha256.equals(entry.subarray(24, 56)), `hash in the index of the chunk at ${at}`);
    places.push({ at, length });
    place(disk, window, record.plain);
    bytes += rawLength;
  }
  for (const { at, length } of places.sort((a, b) => a.at - b.at)) follow(at, length);
  return bytes;
}

/** "How to rebuild the index by a forward scan". @returns the whole disk */
export function readByScan(files: readonly Buffer[], password?: string): Buffer {
  const volumes = openVolumes(files, password);
  const records = files.flatMap((file) => scan(file, volumes));
  const {
    disk: { size },
    regions,
  } = parseManifest(records, volumes);
  const pages = records.filter(({ type }) => type === TYPE.extents);
  pages.sort((a, b) => a.region - b.region || a.number - b.number);
  const chunks = Map.groupBy(
    records.filter(({ type }) => type === TYPE.chunk),
    ({ region, number }) => `${region}/${number}`,
  );
  const disk = Buffer.alloc(size);
  for (const window of windowsOf(regions, extentsOf(regions, pages))) {
    const length = window.runs.reduce((sum, run) => sum + run.length, 0);
    const chunk = chunks.get(`${window.region}/${window.number}`)?.find(({ rawLength }) => rawLength === length);
    if (!chunk) throw new Error(`chunk ${window.number} of region ${window.region} is lost`);
    place(disk, window, chunk.plain);
  }
  return disk;
}

/** All whole records of one volume. */
function scan(file: Buffer, { key }: Volumes): FoundRecord[] {
  const records: FoundRecord[] = [];
  for (let at = 4096; at + 64 <= file.length; ) {
    const head = recordHead(file, at);
    try {
      if (head) records.push(readRecord(file, at, key));
    } catch {
      // A damaged record is skipped whole.
    }
    at += head?.length ?? 16;
  }
  return records;
}
