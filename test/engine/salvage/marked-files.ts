import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Extent } from "#imaging/extent.ts";

const SECTOR = 512;
/** Unmarked, and gone when the volume is looked at: what is written between them lies in pieces. */
const FILLER = 4096;

/** Each sector of a marked file says whose it is, so that the volume's own bytes tell where a file lies. */
function marked(id: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length, ".");
  for (let at = 0; at < length; at += SECTOR)
    bytes.write(`LBF${String(id).padStart(6, "0")} ${String(from + at).padStart(12, "0")};`, at, "latin1");
  return bytes;
}

/** Paths of the files by their ids. */
export type MarkedFiles = readonly { readonly path: string; readonly size: number }[];

export const NAMES = [
  "plain.txt",
  "A long name with spaces and (brackets).document",
  "folder/second level/Ärger & Söhne – 日本語.bin",
  "folder/x",
  "folder/second level/third/y.y",
];

/** Sizes around sectors and clusters, and some that need more than one list of extents. */
export const SIZES = [1536, 4096, 5000, 40_000, 100_001, 700_000, 3_000_000];

export const manyFiles: MarkedFiles = SIZES.flatMap((size, i) =>
  NAMES.map((name, j) => ({ path: name.replace(/[^/]+$/, (leaf) => `${i}${j} ${leaf}`), size })),
);

/** Writes the files in turns and between fillers, each turn to the disk. */
export function writeInPieces(root: string, files: MarkedFiles, turns = 6): void {
  for (let i = 0; i < 400; i++) writeFileSync(join(root, `filler${i}`), Buffer.alloc(FILLER));
  for (let i = 0; i < 400; i += 2) rmSync(join(root, `filler${i}`));
  for (const { path } of files) mkdirSync(dirname(join(root, path)), { recursive: true });
  for (let turn = 0; turn < turns; turn++)
    for (const [id, { path, size }] of files.entries()) {
      const step = Math.ceil(size / turns / SECTOR) * SECTOR;
      const from = Math.min(size, turn * step);
      const to = Math.min(size, from + step);
      if (to > from) appendFileSync(join(root, path), marked(id, from, to - from), { flag: "as" });
    }
  for (let i = 1; i < 400; i += 2) rmSync(join(root, `filler${i}`));
}

export function writeWhole(root: string, files: MarkedFiles): void {
  for (const [id, { path, size }] of files.entries()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), marked(id, 0, size));
  }
}

/** Writes one sector of a file at `offset`, and leaves the rest of it as it is. */
export function writeSparse(path: string, id: number, offset: number): void {
  const fd = openSync(path, existsSync(path) ? "r+" : "w");
  writeSync(fd, marked(id, offset, SECTOR), 0, SECTOR, offset);
  closeSync(fd);
}

export interface MarkedSector {
  readonly at: number;
  readonly id: number;
  /** Byte of the file. */
  readonly offset: number;
}

/** Reads the raw volume through. This is the oracle: it knows nothing of file systems. */
export function findMarks(image: string): MarkedSector[] {
  const fd = openSync(image, "r");
  const found: MarkedSector[] = [];
  const buffer = Buffer.alloc(1 << 20);
  for (let start = 0; start < statSync(image).size; start += buffer.length) {
    const got = readSync(fd, buffer, 0, buffer.length, start);
    for (let at = 0; at + SECTOR <= got; at += SECTOR) {
      if (buffer.readUInt32LE(at) !== MARK) continue;
      const [, id, offset] = /^LBF(\d{6}) (\d{12});/.exec(buffer.toString("latin1", at, at + 32)) ?? [];
      if (id && offset) found.push({ at: start + at, id: Number(id), offset: Number(offset) });
    }
  }
  closeSync(fd);
  return found;
}
const MARK = Buffer.from("LBF0").readUInt32LE(0);

/** What is lost of each file by the marks: path and bytes. */
export function lostByMarks(
  marks: readonly MarkedSector[],
  bad: readonly Extent[],
  files: MarkedFiles,
): Record<string, number> {
  const lost: Record<string, number> = {};
  for (const { at, id, offset } of marks) {
    const file = files[id] as MarkedFiles[number];
    const end = at + Math.min(SECTOR, file.size - offset);
    for (const { start, end: stop } of bad) {
      const bytes = Math.min(end, stop) - Math.max(at, start);
      if (bytes > 0) lost[`/${file.path}`] = (lost[`/${file.path}`] ?? 0) + bytes;
    }
  }
  return Object.fromEntries(Object.entries(lost).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Bad extents on marked sectors and anywhere else, whole sectors, the same for the same seed. */
export function badExtents(marks: readonly MarkedSector[], volumeSize: number, seed: number): Extent[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const extents: Extent[] = [];
  for (let i = 0; i < 40; i++) {
    const mark = marks[random(marks.length)] as MarkedSector;
    const start = i % 4 === 3 ? Math.floor(random(volumeSize) / SECTOR) * SECTOR : mark.at;
    const length = [1, 1, 3, 8, 40][random(5)] as number;
    extents.push({ start, end: Math.min(volumeSize, start + length * SECTOR) });
  }
  extents.sort((a, b) => a.start - b.start);
  const apart: Extent[] = [];
  for (const extent of extents) if (extent.start > (apart.at(-1)?.end ?? -1)) apart.push(extent);
  return apart;
}
