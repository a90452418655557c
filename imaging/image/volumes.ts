import { closeSync, constants, openSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { uuid } from "#base/struct.ts";
import { formatBytes } from "#base/units.ts";
import { HEADER_SIZE, LEAST_VOLUME_SIZE, recordsOffset } from "#imaging/image/format.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";
import { DiskIoError, type PositionalFile, positionalFile } from "#imaging/worker/positional-io.ts";

/**
 * The packs of a repository, by number: they stand for the volumes of a split image. Structured-clonable; the numbers
 * are in shared memory, as a repository has thousands.
 */
export interface PackList {
  /** The folder of all streams. */
  readonly folder: string;
  /** PACK_ID_SIZE bytes each: the stream's UUID, and the number of the pack in it (u32 LE, from 0). */
  readonly ids: Uint8Array;
}
export const PACK_ID_SIZE = 20;

/** `FOLDER/9f3c…/chunks.lbp`, `chunks.lbp.002` ...: the packs of one stream are named as volumes are. */
export const streamPath = (folder: string, stream: string): string => join(folder, stream, "chunks.lbp");

/**
 * Where the records of an image lie. An *address* counts over all volumes: volume n begins at n x volumeSize. A
 * record never crosses the end of a volume. Structured-clonable: every thread gets it.
 */
export interface ImagePlace {
  /** Name of the first volume, without the ending of an unfinished one. */
  readonly path: string;
  readonly unfinished: boolean;
  /** The most bytes of a volume; 0 when the image is one file. */
  readonly volumeSize: number;
  /** What the records are encrypted with, in an encrypted image. */
  readonly recordKey?: RecordKey | undefined;
  /** Its keys, and its chunks, are in a repository. */
  readonly isPoint?: boolean;
  /** Of the chunks of a point: packs in place of volumes. */
  readonly packs?: PackList;
}

/** The address of the first record. */
export const recordsBegin = ({ recordKey, isPoint = false }: Pick<ImagePlace, "recordKey" | "isPoint">): number =>
  recordsOffset(0, recordKey !== undefined && !isPoint);

/** `office.lbi`, `office.lbi.002`, `office.lbi.003` ... */
export const volumePath = (path: string, volume: number): string =>
  volume === 0 ? path : `${path}.${String(volume + 1).padStart(3, "0")}`;

export const partialPath = (path: string): string => `${path}.partial`;

export function fileOfVolume({ path, unfinished, packs }: ImagePlace, volume: number): string {
  if (packs) return packPath(packs, volume);
  return unfinished ? partialPath(volumePath(path, volume)) : volumePath(path, volume);
}

export function isOfStream({ ids }: PackList, pack: number, stream: string): boolean {
  return uuid.read(new DataView(ids.buffer, ids.byteOffset + pack * PACK_ID_SIZE, PACK_ID_SIZE), 0) === stream;
}

function packPath({ folder, ids }: PackList, pack: number): string {
  const id = ids.subarray(pack * PACK_ID_SIZE, (pack + 1) * PACK_ID_SIZE);
  const view = new DataView(id.buffer, id.byteOffset, id.length);
  return volumePath(streamPath(folder, uuid.read(view, 0)), view.getUint32(16, true));
}

export const volumeOf = ({ volumeSize }: Pick<ImagePlace, "volumeSize">, address: number): number =>
  volumeSize === 0 ? 0 : Math.floor(address / volumeSize);

export const offsetInVolume = ({ volumeSize }: Pick<ImagePlace, "volumeSize">, address: number): number =>
  volumeSize === 0 ? address : address % volumeSize;

/** The address at which `length` bytes fit, at `end` or at the start of the next volume; they fit into a volume. */
export function roomAt(place: Pick<ImagePlace, "volumeSize">, end: number, length: number): number {
  const { volumeSize } = place;
  const within = offsetInVolume(place, end);
  // At 0 the volume before is full to the byte, and the next one's header is still to come.
  if (volumeSize === 0 || (within > 0 && within + length <= volumeSize)) return end;
  return (lastVolume(place, end) + 1) * volumeSize + HEADER_SIZE;
}

/** The volume that holds the byte in front of `end`. */
export const lastVolume = (place: Pick<ImagePlace, "volumeSize">, end: number): number => volumeOf(place, end - 1);

/** A later volume is made, or is there: never through a link, which in a folder of many would be somebody else's. */
export const MAKING = constants.O_CREAT | constants.O_NOFOLLOW;

export const isVolumeSize = (bytes: number): boolean => bytes % HEADER_SIZE === 0 && bytes >= LEAST_VOLUME_SIZE;

/** @throws USAGE when volumes of this size cannot hold a record with certainty */
export function checkVolumeSize(bytes: number): void {
  if (!isVolumeSize(bytes)) {
    const problem = `a volume has at least ${formatBytes(LEAST_VOLUME_SIZE)}, in steps of ${formatBytes(HEADER_SIZE)}`;
    throw new LifeboatError("USAGE", { problem });
  }
}

/**
 * The volumes that lie beside the first one, by number. Their names are no proof that they belong to it.
 * @param ending "" for finished volumes, ".partial" for unfinished ones
 */
export async function volumesBeside(path: string, ending = ""): Promise<number[]> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(ending))
    .map((name) => ({ name, volume: Number(name.slice(prefix.length, name.length - ending.length)) - 1 }))
    .filter(({ name, volume }) => volume > 0 && name === `${basename(volumePath(path, volume))}${ending}`)
    .map(({ volume }) => volume)
    .sort((a, b) => a - b);
}

export async function sizeOfVolumes(path: string, volumes: number): Promise<number> {
  let sum = 0;
  for (let volume = 0; volume < volumes; volume++) sum += await sizeOfFile(volumePath(path, volume));
  return sum;
}

/** @throws OPEN_FAILED: a point can be deleted under our eyes */
export const sizeOfFile = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    (cause: Error) => {
      throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
    },
  );

/** A repository has more packs than a process may have open files. */
const MOST_OPEN_VOLUMES = 64;

/** The image for threads: reads and writes at addresses, and opens (or makes) each volume when it is first needed. */
export function openPlace(place: ImagePlace, mode: "r" | "r+"): PositionalFile {
  /** The one that was used last stands last. */
  const open = new Map<number, { file: PositionalFile; fd: number }>();
  const makeRoom = () => {
    const [oldest] = open;
    if (!oldest || open.size < MOST_OPEN_VOLUMES) return;
    closeSync(oldest[1].fd);
    open.delete(oldest[0]);
  };
  const fileAt = (address: number): PositionalFile => {
    const volume = volumeOf(place, address);
    const found = open.get(volume);
    if (found) {
      open.delete(volume);
      open.set(volume, found);
      return found.file;
    }
    makeRoom();
    const path = fileOfVolume(place, volume);
    // A later volume is made by whichever thread needs it first; the first one is there already.
    const flags = mode === "r" ? constants.O_RDONLY : constants.O_RDWR | (volume > 0 ? MAKING : 0);
    const fd = openOrFail(path, flags);
    const file = positionalFile(fd, path);
    open.set(volume, { file, fd });
    return file;
  };
  return {
    read: (into, address) => fileAt(address).read(into, offsetInVolume(place, address)),
    write: (from, address) => fileAt(address).write(from, offsetInVolume(place, address)),
    [Symbol.dispose]() {
      for (const { fd } of open.values()) closeSync(fd);
      open.clear();
    },
  };
}

function openOrFail(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (cause) {
    throw new DiskIoError(
      flags === constants.O_RDONLY ? "read" : "write",
      path,
      0,
      errnoName(cause) || "EIO",
      errnoReason(cause),
    );
  }
}
