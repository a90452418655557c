import { LifeboatError } from "#base/errors.ts";
import {
  type CatalogueEntry,
  type FileHeader,
  FOOTER_SIZE,
  type Footer,
  footer,
  HEADER_SIZE,
} from "#imaging/image/format.ts";
import { crcMatches, isEncrypted, isPoint, partOfRepository } from "#imaging/image/header.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { readCatalogue } from "#imaging/image/read-catalogue.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { readManifestRecord } from "#imaging/image/read-manifest.ts";
import { RecordFile } from "#imaging/image/record-file.ts";
import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import {
  fileOfVolume,
  type ImagePlace,
  isVolumeSize,
  partialPath,
  sizeOfFile,
  volumesBeside,
} from "#imaging/image/volumes.ts";
import { repositoryOf } from "#imaging/repository/layout.ts";
import { keyOfRepository, openRepository } from "#imaging/repository/repository.ts";

export interface OpenImageOptions {
  /** Called for an encrypted image. @returns the image key, 32 bytes. Without it such an image is IMAGE_LOCKED. */
  readonly unlock?: ((path: string) => Promise<Uint8Array>) | undefined;
  /** The image still has its unfinished name: a capture verifies it before it gets its own. */
  readonly unfinished?: boolean;
  /** Of an unfinished point: index files of its repository that are not published either. */
  readonly unpublished?: readonly string[];
  /** Of a point: what is in condemned packs counts as lost. */
  readonly liveOnly?: boolean;
  /** Of a point: only what its own file says. Its chunks are not looked for, and cannot be read. */
  readonly pagesOnly?: boolean;
}

/** The records of an image whose header, volumes, footer, catalogue and manifest have been checked. */
export interface OpenRecords extends AsyncDisposable {
  readonly file: RecordFile;
  readonly header: FileHeader;
  readonly end: Footer;
  readonly catalogue: readonly CatalogueEntry[];
  readonly manifest: Manifest;
}

/** @throws what openImage throws */
export async function openRecords(
  path: string,
  { unlock, unfinished = false }: OpenImageOptions,
): Promise<OpenRecords> {
  const name = unfinished ? partialPath(path) : path;
  const header = await readHeader(name);
  if (header.volumeSize !== 0 && !isVolumeSize(header.volumeSize))
    throw new LifeboatError("IMAGE_UNSUPPORTED", { file: name, feature: `volumes of ${header.volumeSize} bytes` });
  if (header.volumeNumber !== 0) {
    const problem = `it is volume ${header.volumeNumber + 1} of an image: name the first volume`;
    throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: name, problem });
  }
  const part = partOfRepository(header);
  if (part) throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: name, problem: part });
  const place: ImagePlace = { path, unfinished, volumeSize: header.volumeSize, isPoint: isPoint(header) };
  const volumes = await findVolumes(place, header);
  // The footer is not sealed: that a volume is missing is said before anybody is asked for a password.
  const end = await readFooter(place, header, volumes);
  const sealed = isEncrypted(header);
  if (sealed && !unlock) throw new LifeboatError("IMAGE_LOCKED", { file: path });
  const recordKey = sealed && unlock ? await openLock(name, header, unlock) : undefined;
  const file = new RecordFile({ ...place, recordKey }, "r");
  try {
    const catalogue = await readCatalogue(file, end);
    const manifest = await readManifestRecord(file, catalogue);
    if (manifest.imageId !== header.imageId) throw file.damaged("the manifest", 0, "it belongs to another image");
    return { file, header, end, catalogue, manifest, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

/** The keys of a point are in its repository. */
async function openLock(
  name: string,
  header: FileHeader,
  unlock: (path: string) => Promise<Uint8Array>,
): Promise<RecordKey | undefined> {
  if (!isPoint(header)) return recordKeyOf(await unlock(name), header.imageId);
  return keyOfRepository(await openRepository(repositoryOf(name)), unlock);
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

async function readFooter(place: ImagePlace, header: FileHeader, volumes: number): Promise<Footer> {
  await using file = new RecordFile(place, "r");
  const last = volumes - 1;
  const size = await sizeOfFile(fileOfVolume(place, last));
  const base = last * place.volumeSize;
  const part = "the footer";
  if (size < HEADER_SIZE + FOOTER_SIZE) throw file.damaged(part, base, "the file is cut off");
  const address = base + size - FOOTER_SIZE;
  const bytes = await file.read(address, FOOTER_SIZE, part);
  let end: Footer;
  try {
    end = footer.parse(bytes);
  } catch {
    if (!place.unfinished && place.path.endsWith(".partial")) {
      const problem = "it is the unfinished file of a capture, which `lifeboat resume` goes on with";
      throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: place.path, problem });
    }
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
