import { need, u64 } from "#test/doubles/independent-bytes.ts";
import { type FoundRecord, TYPE, type Volumes } from "#test/doubles/independent-records.ts";

/** Manifest, extents and chunks by docs/format/image.md alone, without any code of the engine. */
const WINDOW = 1_048_576;

export interface Extent {
  readonly start: number;
  readonly length: number;
}
export interface Window {
  readonly region: number;
  readonly number: number;
  /** Pieces of the disk. */
  readonly runs: Extent[];
}
export interface Manifest {
  readonly format: number;
  readonly imageId: string;
  readonly disk: { readonly size: number };
  readonly regions: readonly { readonly start: number; readonly size: number }[];
}

export function parseManifest(records: readonly FoundRecord[], { imageId }: Volumes): Manifest {
  const found = records.filter(({ type }) => type === TYPE.manifest);
  const manifests = found.map(({ plain }) => JSON.parse(plain.toString("utf8")) as Manifest);
  const own = manifests.filter((one) => one.imageId.replaceAll("-", "") === imageId.toString("hex"));
  const manifest = own[0];
  if (!manifest || own.length !== 1) throw new Error(`${own.length} manifests of this image`);
  need(manifest.format === 2, "format of the manifest");
  inOrder(
    manifest.regions.map(({ start, size }) => ({ start, length: size })),
    manifest.disk.size,
    0,
  );
  return manifest;
}

/** The entries of pages of one kind, whose `number`s must go on without a gap. */
function entriesOf(pages: readonly FoundRecord[]): Extent[] {
  const entries: Extent[] = [];
  for (const { number, plain } of pages) {
    need(number === entries.length && plain.length % 16 === 0, "number of a page's first entry");
    for (let at = 0; at < plain.length; at += 16) entries.push({ start: u64(plain, at), length: u64(plain, at + 8) });
  }
  return entries;
}

/** Regions may touch (`apart` 0), extents must not (1). */
function inOrder(extents: readonly Extent[], size: number, apart: number): readonly Extent[] {
  let end = -apart;
  for (const { start, length } of extents) {
    need(length > 0 && start >= end + apart && start + length <= size, `extent at ${start}`);
    need(apart === 0 || start % 512 === 0, `extent at ${start} begins in a sector`);
    end = start + length;
  }
  return extents;
}

export function extentsOf(regions: Manifest["regions"], records: readonly FoundRecord[]): (readonly Extent[])[] {
  const pages = records.filter(({ type }) => type === TYPE.extents);
  need(
    pages.every(({ region }) => region < regions.length),
    "extents of no region",
  );
  return regions.map(({ size }, i) => inOrder(entriesOf(pages.filter(({ region }) => region === i)), size, 1));
}

export const badExtentsOf = (records: readonly FoundRecord[], size: number): readonly Extent[] =>
  inOrder(entriesOf(records.filter(({ type }) => type === TYPE.badExtents)), size, 1);

/** Chunks: extents cut at the windows of their region. */
export function windowsOf(regions: Manifest["regions"], extents: readonly (readonly Extent[])[]): Window[] {
  const windows: Window[] = [];
  for (const [region, list] of extents.entries()) {
    const origin = regions[region]?.start ?? 0;
    for (const { start, length } of list)
      for (let from = start; from < start + length; ) {
        const number = Math.floor(from / WINDOW);
        const to = Math.min(start + length, (number + 1) * WINDOW);
        const last = windows.at(-1);
        const run = { start: origin + from, length: to - from };
        if (last?.region === region && last.number === number) last.runs.push(run);
        else windows.push({ region, number, runs: [run] });
        from = to;
      }
  }
  return windows;
}

/** Puts the plain bytes of a chunk to their places on the disk. */
export function place(disk: Buffer, { region, number, runs }: Window, plain: Buffer): void {
  let from = 0;
  for (const { start, length } of runs) {
    plain.copy(disk, start, from, from + length);
    from += length;
  }
  need(from === plain.length, `length of chunk ${number} of region ${region}`);
}
