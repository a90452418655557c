import { hash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import {
  type CatalogueEntry,
  catalogueEntry,
  extentEntry,
  type FileHeader,
  FOOTER_SIZE,
  type Footer,
  footer,
  HEADER_SIZE,
  indexEntry,
  PAGE_ENTRIES,
  RECORD,
} from "#imaging/image/format.ts";
import { crcMatches, isEncrypted, parseHeader } from "#imaging/image/header.ts";
import { ImageIndex } from "#imaging/image/image-index.ts";
import { Manifest } from "#imaging/image/manifest.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { RecordFile } from "#imaging/image/record-file.ts";
import { recordKeyOf } from "#imaging/image/sealed-record.ts";
import {
  fileOfVolume,
  type ImagePlace,
  isVolumeSize,
  offsetInVolume,
  partialPath,
  sizeOfVolumes,
  volumeOf,
  volumesBeside,
} from "#imaging/image/volumes.ts";

/** An image whose header, footer, catalogue, manifest, extents and index have all been checked. */
export interface Image {
  readonly path: string;
  /** Bytes of all volumes. */
  readonly fileSize: number;
  readonly volumes: number;
  readonly encrypted: boolean;
  /** Hex: the identity of all content. */
  readonly rootHash: string;
  readonly manifest: Manifest;
  readonly regions: readonly RegionExtents[];
  /** What could not be read when it was captured and reads as zeros: bytes of the disk. */
  readonly bad: ExtentList;
  readonly chunks: number;
  /** Plain bytes of all chunks. */
  readonly rawBytes: number;
  readonly index: ImageIndex;
  /** What threads need to read its records. */
  readonly place: ImagePlace;
}

export type ImageSummary = Pick<Image, "path" | "fileSize" | "volumes" | "encrypted" | "rootHash" | "manifest" | "bad">;

export interface OpenImageOptions {
  /** Called for an encrypted image. @returns the image key, 32 bytes. Without it such an image is IMAGE_LOCKED. */
  readonly unlock?: ((path: string) => Promise<Uint8Array>) | undefined;
  /** The image still has its unfinished name: a capture verifies it before it gets its own. */
  readonly unfinished?: boolean;
}

/**
 * Opens an image and checks everything but the chunks' data (that is `verifyImage`).
 * @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED, IMAGE_LOCKED, VOLUME_MISSING
 */
export async function openImage(path: string, options: OpenImageOptions = {}): Promise<Image> {
  await using opened = await openFile(path, options);
  const { file, end, catalogue, manifest } = opened;
  const regions = await readExtents(file, catalogue, manifest);
  const index = new ImageIndex(file.place, catalogue, regions);
  await index.check(file, end);
  return {
    ...(await summary(path, opened)),
    regions,
    chunks: end.chunks,
    rawBytes: end.rawBytes,
    index,
    place: file.place,
  };
}

/** Only the header, the manifest and what is bad: what a list of images needs. Same errors. */
export async function readManifest(path: string, options: OpenImageOptions = {}): Promise<ImageSummary> {
  await using opened = await openFile(path, options);
  return summary(path, opened);
}

/** What an image says without a key. @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED */
export async function readHeader(path: string): Promise<FileHeader> {
  const file = await open(path, "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: cause.message }, { cause });
  });
  try {
    if (!(await file.stat()).isFile())
      throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: path, problem: "it is not a regular file" });
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER_SIZE), 0, HEADER_SIZE, 0);
    return parseHeader(buffer.subarray(0, bytesRead), path);
  } catch (cause) {
    if (cause instanceof LifeboatError) throw cause;
    throw new LifeboatError("READ_FAILED", { device: path, offset: 0, reason: (cause as Error).message }, { cause });
  } finally {
    await file.close();
  }
}

interface OpenedFile extends AsyncDisposable {
  readonly file: RecordFile;
  readonly header: FileHeader;
  readonly end: Footer;
  readonly catalogue: readonly CatalogueEntry[];
  readonly manifest: Manifest;
}

async function openFile(path: string, { unlock, unfinished = false }: OpenImageOptions): Promise<OpenedFile> {
  const name = unfinished ? partialPath(path) : path;
  const header = await readHeader(name);
  if (header.volumeSize !== 0 && !isVolumeSize(header.volumeSize))
    throw new LifeboatError("IMAGE_UNSUPPORTED", { file: name, feature: `volumes of ${header.volumeSize} bytes` });
  if (header.volumeNumber !== 0) {
    const problem = `it is volume ${header.volumeNumber + 1} of an image: name the first volume`;
    throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: name, problem });
  }
  const place: ImagePlace = { path, unfinished, volumeSize: header.volumeSize };
  const volumes = await findVolumes(place, header);
  const sealed = isEncrypted(header);
  if (sealed && !unlock) throw new LifeboatError("IMAGE_LOCKED", { file: path });
  const recordKey = sealed && unlock ? recordKeyOf(await unlock(name), header.imageId) : undefined;
  const file = new RecordFile({ ...place, recordKey }, "r");
  try {
    const end = await readFooter(file, header, volumes);
    const catalogue = await readCatalogue(file, end);
    const manifest = await readManifestRecord(file, catalogue);
    if (manifest.imageId !== header.imageId) throw file.damaged("the manifest", 0, "it belongs to another image");
    return { file, header, end, catalogue, manifest, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

async function summary(path: string, opened: OpenedFile): Promise<ImageSummary> {
  const { file, header, end, catalogue, manifest } = opened;
  const fileSize = file.place.unfinished ? end.fileSize : await sizeOfVolumes(path, end.volumes);
  const rootHash = Buffer.from(end.rootHash).toString("hex");
  const bad = await readBad(file, catalogue, manifest);
  return { path, fileSize, volumes: end.volumes, encrypted: isEncrypted(header), rootHash, manifest, bad };
}

/** @returns how many volumes there are. @throws VOLUME_MISSING for a gap, IMAGE_DAMAGED for one of another image */
async function findVolumes(place: ImagePlace, first: FileHeader): Promise<number> {
  if (place.volumeSize === 0) return 1;
  const beside = await volumesBeside(place.path, place.unfinished ? ".partial" : "");
  for (const [i, volume] of beside.entries()) {
    if (volume !== i + 1) throw volumeMissing(place, i + 1);
    const path = fileOfVolume(place, volume);
    const header = await readHeader(path);
    const { imageId, volumeSize, incompatible } = first;
    const isOurs = header.imageId === imageId && header.volumeNumber === volume && header.volumeSize === volumeSize;
    if (!isOurs || header.incompatible !== incompatible)
      throw new LifeboatError("VOLUME_MISSING", {
        file: place.path,
        volume: volume + 1,
        missing: path,
        problem: "the file of that name belongs to another image",
      });
  }
  return beside.length + 1;
}

const volumeMissing = (place: ImagePlace, volume: number): LifeboatError<"VOLUME_MISSING"> =>
  new LifeboatError("VOLUME_MISSING", {
    file: place.path,
    volume: volume + 1,
    missing: fileOfVolume(place, volume),
    problem: "there is no such file",
  });

async function readFooter(file: RecordFile, header: FileHeader, volumes: number): Promise<Footer> {
  const { place } = file;
  const last = volumes - 1;
  const { size } = await stat(fileOfVolume(place, last));
  const base = last * place.volumeSize;
  const part = "the footer";
  if (size < HEADER_SIZE + FOOTER_SIZE) throw file.damaged(part, base, "the file is cut off");
  const address = base + size - FOOTER_SIZE;
  const bytes = await file.read(address, FOOTER_SIZE, part);
  let end: Footer;
  try {
    end = footer.parse(bytes);
  } catch {
    if (place.volumeSize > 0) throw volumeMissing(place, volumes); // a volume that is not the last has no footer
    throw file.damaged(part, address, "the file is cut off, or its end is overwritten");
  }
  if (!crcMatches(bytes, footer.fields.footerCrc32.at, end.footerCrc32))
    throw file.damaged(part, address, "it does not match its checksum");
  if (end.fileSize !== size) throw file.damaged("the file", address, `it has ${size} bytes, not ${end.fileSize}`);
  if (end.imageId !== header.imageId) throw file.damaged(part, address, "it belongs to another image");
  if (end.volumes !== volumes) throw file.damaged(part, address, `it counts ${end.volumes} volumes, not ${volumes}`);
  return end;
}

async function readCatalogue(file: RecordFile, end: Footer): Promise<CatalogueEntry[]> {
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
  for (const { type, count, rawLength, offset } of list) {
    if (offset <= before) throw fail("its entries are out of order");
    before = offset;
    if (type === RECORD.manifest) continue;
    const size = ENTRY_SIZE[type as keyof typeof ENTRY_SIZE];
    if (size === undefined || count === 0 || count * size !== rawLength) throw fail("it has an entry that cannot be");
  }
  if (list.filter(({ type }) => type === RECORD.manifest).length !== 1) throw fail("it does not name one manifest");
}

/** Zod keeps an issue for each wrong value: a hostile manifest must not exhaust the memory with them. */
const MOST_MANIFEST_VALUES = 100_000;

function hasAtMost(json: unknown, most: number): boolean {
  const open = [json];
  let seen = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const inside = typeof value === "object" && value !== null ? Object.values(value) : [];
    seen += inside.length;
    if (seen > most) return false;
    for (const next of inside) if (typeof next === "object") open.push(next);
  }
  return true;
}

async function readManifestRecord(file: RecordFile, catalogue: readonly CatalogueEntry[]): Promise<Manifest> {
  const entry = catalogue.find((e) => e.type === RECORD.manifest);
  if (!entry) throw file.damaged("the catalogue", 0, "it does not name one manifest");
  const fail = (problem: string) => file.damaged("the manifest", entry.offset, problem);
  const plain = await file.readPage(entry, "the manifest", MOST_BYTES.manifest);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(plain).toString("utf8"));
  } catch (error) {
    throw fail((error as Error).message);
  }
  if (!hasAtMost(json, MOST_MANIFEST_VALUES)) throw fail("it has too many values");
  const checked = Manifest.safeParse(json);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw fail(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  let end = 0;
  for (const { label, start, size } of checked.data.regions) {
    if (start < end || start + size > checked.data.disk.size)
      throw fail(`${label} overlaps its neighbour or leaves the disk`);
    end = start + size;
  }
  return checked.data;
}

async function readExtents(
  file: RecordFile,
  catalogue: readonly CatalogueEntry[],
  manifest: Manifest,
): Promise<RegionExtents[]> {
  const pages = catalogue.filter((e) => e.type === RECORD.extents);
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
  return manifest.regions.map((region, i) => ({ start: region.start, extents: lists[i] ?? new ExtentList() }));
}

async function readBad(
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

export function entries<T>(
  file: RecordFile,
  plain: Uint8Array,
  type: { size: number; parse(bytes: Uint8Array): T },
  part: string,
  address: number,
): T[] {
  if (plain.length % type.size !== 0) throw file.damaged(part, address, "it has a part entry");
  try {
    return Array.from({ length: plain.length / type.size }, (_, i) => type.parse(plain.subarray(i * type.size)));
  } catch (error) {
    throw file.damaged(part, address, (error as Error).message);
  }
}
