import * as z from "zod";
import { u32, u64 } from "#base/struct.ts";
import { type CloneDescription, cloneDescription, WIRE_VERSION } from "#imaging/clone/remote/wire.ts";
import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { checkManifest } from "#imaging/image/read-manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";

/** What a receiver has to know of the disk besides what an image says. */
export const ServedDisk = z.object({
  /** As the serving machine names the disk. */
  id: z.string(),
  path: z.string(),
  kind: z.enum(["block", "file"]),
  /** The running system that serves it: bootIdentity. */
  machine: z.string(),
  raw: z.boolean(),
  leaveOutPageFiles: z.boolean(),
});
export type ServedDisk = z.infer<typeof ServedDisk>;

/** A writer keeps to an eighth of it. */
const MOST_ALL_EXTENTS = 8 * MOST_EXTENTS;
const MOST_REGIONS = 4096;
/** 64 TiB in use: the places of segments then take 100 MiB here. */
const MOST_CHUNKS = 2 ** 26;
const EXTENT_SIZE = 16;
const COUNT_SIZE = 4;

export interface Description {
  readonly served: ServedDisk;
  readonly manifest: Manifest;
  readonly regions: readonly RegionExtents[];
}

type Describable = Pick<Restorable, "rootHash" | "manifest" | "regions" | "chunks">;

/** The header of a description, and what is behind it: the text, the number of extents of each region, and the extents. */
export function writeDescription(image: Describable, served: ServedDisk): { head: CloneDescription; body: Buffer } {
  const { manifest, regions, rootHash, chunks } = image;
  const texts = [served, manifest].map((value) => Buffer.from(JSON.stringify(value)));
  const text = Buffer.concat([texts[0] as Buffer, Buffer.from("\n"), texts[1] as Buffer]);
  const extents = regions.reduce((sum, region) => sum + region.extents.length, 0);
  const head: CloneDescription = {
    ...{ magic: "LIFEBOAT CLONING", version: WIRE_VERSION, size: manifest.disk.size, chunks },
    ...{ sectorSize: manifest.disk.sectorSize, rootHash: new Uint8Array(Buffer.from(rootHash, "hex")) },
    ...{ textLength: text.length, regions: regions.length, extents },
  };
  const body = Buffer.alloc(bodyLength(head));
  text.copy(body);
  const view = new DataView(body.buffer, body.byteOffset);
  let place = text.length;
  for (const region of regions) {
    u32.write(view, place, region.extents.length);
    place += COUNT_SIZE;
  }
  for (const { extents: list } of regions)
    for (const value of list.values) {
      u64.write(view, place, value);
      place += EXTENT_SIZE / 2;
    }
  return { head, body };
}

/** Bytes behind the header. */
export const bodyLength = ({ textLength, regions, extents }: CloneDescription): number =>
  textLength + regions * COUNT_SIZE + extents * EXTENT_SIZE;

/** @throws what `fail` makes, for a header that promises more than any disk has; STRUCT_TRUNCATED, STRUCT_BAD_VALUE */
export function readDescriptionHead(bytes: Uint8Array, fail: (problem: string) => Error): CloneDescription {
  const head = cloneDescription.parse(bytes);
  if (head.version !== WIRE_VERSION) throw fail(`it describes its disk in version ${head.version}`);
  const { textLength, regions, extents, chunks } = head;
  const isBounded = textLength <= MOST_BYTES.manifest && regions <= MOST_REGIONS && extents <= MOST_ALL_EXTENTS;
  if (!isBounded || chunks > MOST_CHUNKS) throw fail("its description is longer than that of any disk");
  return head;
}

/** @param body of bodyLength. @throws what `fail` makes, for a description that cannot be that of a disk */
export function readDescription(
  head: CloneDescription,
  body: Uint8Array,
  fail: (problem: string) => Error,
): Description {
  const text = Buffer.from(body.buffer, body.byteOffset, head.textLength);
  const line = text.indexOf(0x0a);
  if (line < 0) throw fail("its description has no second line");
  const served = readServed(text.subarray(0, line), fail);
  const manifest = checkManifest(text.subarray(line + 1), (problem) => fail(`its manifest: ${problem}`));
  const { disk, regions } = manifest;
  if (disk.size !== head.size || disk.sectorSize !== head.sectorSize || regions.length !== head.regions)
    throw fail("its description contradicts itself");
  if (regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0) > MOST_CHUNKS * CHUNK_SIZE)
    throw fail("it has more in use than any disk of ours");
  return { served, manifest, regions: readExtents(head, body, manifest, fail) };
}

function readServed(text: Buffer, fail: (problem: string) => Error): ServedDisk {
  try {
    return ServedDisk.parse(JSON.parse(text.toString("utf8")));
  } catch {
    throw fail("its description does not say which disk it is");
  }
}

/** In order, inside their regions and at sectors: that bounds the runs of a chunk, and with them our memory. */
function readExtents(
  head: CloneDescription,
  body: Uint8Array,
  { regions }: Manifest,
  fail: (problem: string) => Error,
): RegionExtents[] {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  let place = head.textLength;
  const counts = regions.map(() => {
    place += COUNT_SIZE;
    return u32.read(view, place - COUNT_SIZE);
  });
  if (counts.reduce((sum, count) => sum + count, 0) !== head.extents)
    throw fail("its extents are not as many as it says");
  return regions.map(({ label, start, size, usedBytes }, region) => {
    const list = new ExtentList(counts[region]);
    for (let i = 0; i < (counts[region] ?? 0); i++, place += EXTENT_SIZE) {
      const [from, to] = [numberAt(view, place), numberAt(view, place + EXTENT_SIZE / 2)];
      const before = list.length === 0 ? -1 : list.at(list.length - 1).end;
      if (!(from < to && from > before && to <= size && from % 512 === 0))
        throw fail(`the extents of ${label} overlap, leave it or divide a sector`);
      list.add(from, to);
    }
    if (list.bytes !== usedBytes) throw fail(`the extents of ${label} are not the bytes that it has`);
    return { start, extents: list };
  });
}

/** More than 2^53 lies outside of every region. */
const numberAt = (view: DataView, place: number): number => Number(view.getBigUint64(place, true));

/** As it is compared. */
export const rootHashOf = ({ rootHash }: CloneDescription): string => Buffer.from(rootHash).toString("hex");
