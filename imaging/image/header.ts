import { crc32 } from "node:zlib";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import {
  CHUNK_SIZES,
  FEATURE,
  type FileHeader,
  FORMAT_VERSION,
  fileHeader,
  HEADER_SIZE,
} from "#imaging/image/format.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/** What of the header is not of the whole image. */
export interface VolumeHeader extends Pick<FileHeader, "chunkSize" | "incompatible"> {
  readonly number: number;
  readonly size: number;
}

/** The header's 4096 bytes of one volume. */
export function headerBytes(
  manifest: Pick<Manifest, "imageId" | "createdAt" | "writer">,
  volume: VolumeHeader,
): Uint8Array {
  const page = new Uint8Array(HEADER_SIZE);
  page.set(
    fileHeader.serialise({
      magic: "LIFEBOAT",
      version: FORMAT_VERSION,
      compatible: 0,
      readOnly: 0,
      incompatible: volume.incompatible,
      imageId: manifest.imageId,
      created: Date.parse(manifest.createdAt),
      chunkSize: volume.chunkSize,
      volumeNumber: volume.number,
      volumeSize: volume.size,
      writer: `${manifest.writer.program} ${manifest.writer.version}`,
      platform: manifest.writer.platform,
      headerCrc32: 0,
    }),
  );
  return withCrc(page, fileHeader.fields.headerCrc32.at);
}

const KNOWN_FEATURES = FEATURE.encrypted | FEATURE.point | FEATURE.pack | FEATURE.repository;

/** @throws IMAGE_NOT_RECOGNISED, IMAGE_DAMAGED, IMAGE_UNSUPPORTED in this order, so that damage is not taken for news */
export function parseHeader(page: Uint8Array, file: string): FileHeader {
  const foreign = (problem: string) => new LifeboatError("IMAGE_NOT_RECOGNISED", { file, problem });
  const damaged = (problem: string) =>
    new LifeboatError("IMAGE_DAMAGED", { file, part: "the header", offset: 0, problem });
  const unsupported = (feature: string) => new LifeboatError("IMAGE_UNSUPPORTED", { file, feature });
  if (page.length < HEADER_SIZE) throw foreign(`it has only ${page.length} bytes`);
  let header: FileHeader;
  try {
    header = fileHeader.parse(page);
  } catch (error) {
    if (isLifeboatError(error, "STRUCT_BAD_VALUE") && error.details.field !== "magic") throw damaged(error.message);
    throw foreign("it does not begin as one");
  }
  if (!crcMatches(page, fileHeader.fields.headerCrc32.at, header.headerCrc32))
    throw damaged("it does not match its checksum");
  if (header.version !== FORMAT_VERSION) throw unsupported(`format version ${header.version}`);
  const unknown = header.incompatible & ~KNOWN_FEATURES;
  if (unknown !== 0) throw unsupported(`feature flags 0x${(unknown >>> 0).toString(16)}`);
  if (!CHUNK_SIZES.includes(header.chunkSize)) throw unsupported(`chunks of ${header.chunkSize} bytes`);
  return header;
}

export const isEncrypted = (header: Pick<FileHeader, "incompatible">): boolean => has(header, FEATURE.encrypted);

export const isRepository = (header: Pick<FileHeader, "incompatible">): boolean => has(header, FEATURE.repository);

/** Whether the chunks of an image are in the packs of a repository. */
export const isPoint = (header: Pick<FileHeader, "incompatible">): boolean => has(header, FEATURE.point);

/** What the file is when it is no image, in plain words. */
export function partOfRepository(header: Pick<FileHeader, "incompatible">): string | undefined {
  if (has(header, FEATURE.pack))
    return "it is a pack, which holds data of a repository's images: name one of its points";
  if (has(header, FEATURE.repository)) return "it is the key file of a repository: name one of its points";
  return undefined;
}

const has = ({ incompatible }: Pick<FileHeader, "incompatible">, feature: number): boolean =>
  (incompatible & feature) !== 0;

/** Sets the CRC-32 of all of `bytes`, whose field at `crcAt` is zero now. */
export function withCrc(bytes: Uint8Array, crcAt: number): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(crcAt, crc32(bytes), true);
  return bytes;
}

export function crcMatches(bytes: Uint8Array, crcAt: number, wanted: number): boolean {
  const copy = bytes.slice();
  copy.fill(0, crcAt, crcAt + 4);
  return crc32(copy) === wanted;
}
