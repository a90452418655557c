import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readGroups } from "#imaging/filesystem/ext/groups.ts";
import { type ExtLayout, groupHead, readLayout } from "#imaging/filesystem/ext/layout.ts";
import { readWithin, unlessForeign, WINDOW } from "#imaging/filesystem/volume.ts";
import {
  INLINE_FLAG,
  type Inode,
  type InodeTable,
  inodeExtents,
  parseInode,
  readInodeTables,
} from "#imaging/salvage/affected/ext-inodes.ts";
import type { Findings } from "#imaging/salvage/affected/findings.ts";

const ROOT = 2;
const JOURNAL = 8;
const FIRST_USER_INODE = 11;
/** Folders that wait to be read while names are looked for, each with its path: 50 MiB. */
const MAX_QUEUE = 250_000;
/** Folders that are known, so that none is read twice: 40 MiB. */
const MAX_SEEN = 1_000_000;
const E2FSCK = "run e2fsck -f after the restore";

/** Finds the inodes on bad blocks in the inode tables, then their names by walking the folders from the root. */
export async function affectedInExt(volume: ReadableDevice, findings: Findings): Promise<void> {
  const layout = await unlessForeign(() => readLayout(volume));
  if (!layout) return findings.note("its superblock could not be read: which files are affected cannot be told");
  const tables = await readInodeTables(volume, layout);
  const walk = new ExtWalk(volume, layout, tables, findings);
  await walk.lookAtStructures();
  await walk.scan();
  await walk.nameFiles();
}

interface Hit {
  bytes: number;
  isFolder: boolean;
}

class ExtWalk {
  readonly #volume: ReadableDevice;
  readonly #layout: ExtLayout;
  readonly #tables: readonly InodeTable[];
  readonly #findings: Findings;
  readonly #inodeSize: number;
  readonly #count: (blocks: number) => void;
  readonly #countFolders: (blocks: number) => void;
  readonly #hits = new Map<number, Hit>();
  /** Inodes that lie on bad sectors themselves: what they were, only folders can tell. */
  readonly #lost = new Set<number>();

  constructor(volume: ReadableDevice, layout: ExtLayout, tables: readonly InodeTable[], findings: Findings) {
    this.#volume = volume;
    this.#layout = layout;
    this.#tables = tables;
    this.#findings = findings;
    this.#count = findings.meter(layout.blocks);
    this.#countFolders = findings.meter(layout.blocks);
    this.#inodeSize = layout.sb.revision === 0 ? 128 : layout.sb.inodeSize;
  }

  async lookAtStructures(): Promise<void> {
    const { blockSize, inodeTableBlocks } = this.#layout;
    const look = (name: string, block: number, count: number) =>
      this.#findings.structure(name, { start: block * blockSize, end: (block + count) * blockSize });
    let hit = 0;
    for await (const group of readGroups(this.#volume, this.#layout)) {
      const { first, end } = groupHead(this.#layout, group.number);
      hit += look("its superblocks and group descriptors", first, end - first);
      hit += look("its block bitmaps", group.blockBitmap, 1);
      hit += look("its inode bitmaps", group.inodeBitmap, 1);
      hit += look("its inode tables", group.inodeTable, inodeTableBlocks);
    }
    if (hit > 0) this.#findings.note(E2FSCK);
  }

  async scan(): Promise<void> {
    for (const [group, { block, used }] of this.#tables.entries()) {
      const start = block * this.#layout.blockSize;
      const end = start + used * this.#inodeSize;
      const first = group * this.#layout.sb.inodesPerGroup + 1;
      for (let at = start; at < end; at += WINDOW) {
        this.#findings.checkTime();
        const bytes = await readWithin(this.#volume, "ext4", at, Math.min(WINDOW, end - at), "an inode table");
        for (let from = 0; from + this.#inodeSize <= bytes.length; from += this.#inodeSize) {
          const number = first + (at + from - start) / this.#inodeSize;
          const inode = parseInode(bytes.subarray(from, from + this.#inodeSize), number);
          if (inode) await this.#look(inode);
          else if (this.#findings.bad.overlap(at + from, at + from + 128) > 0) this.#lost.add(number);
        }
      }
    }
  }

  async #look(inode: Inode): Promise<void> {
    let bytes = 0;
    let isMapHit = false;
    for await (const extent of inodeExtents(this.#volume, this.#layout, inode)) {
      this.#count((extent.end - extent.start) / this.#layout.blockSize);
      const bad = this.#findings.claim(extent);
      if (!extent.isMap) bytes += bad;
      else if (bad > 0) {
        isMapHit = true;
        this.#findings.note(`blocks that say where files lie could not be read, so more of these is lost: ${E2FSCK}`);
      }
    }
    if (bytes > 0 || isMapHit) this.#hits.set(inode.number, { bytes, isFolder: inode.isFolder });
  }

  /** Reads folders until all are named; a hard link further on may be missed. */
  async nameFiles(): Promise<void> {
    this.#takeOwnInodes();
    const wanted = new Set([...this.#hits.keys(), ...this.#lost]);
    if (this.#hits.has(ROOT)) wanted.delete(ROOT);
    const queue = [{ number: ROOT, path: "/" }];
    const seen = new Set([ROOT]);
    for (let next = queue.pop(); next && wanted.size > 0; next = queue.pop()) {
      for await (const entry of this.#list(next.number)) {
        const path = `${next.path}${entry.name}`;
        if (wanted.delete(entry.number)) this.#name(entry.number, path, entry.isFolder);
        if (entry.isFolder === false || seen.has(entry.number)) continue;
        if (queue.length < MAX_QUEUE && seen.size < MAX_SEEN) {
          seen.add(entry.number);
          queue.push({ number: entry.number, path: `${path}/` });
        } else this.#findings.note("it has more folders than were searched for names");
      }
    }
    for (const number of wanted) {
      const hit = this.#hits.get(number);
      if (hit) this.#findings.add(`inode ${number} (no name was found)`, hit.bytes);
    }
  }

  /** Inodes below 11 are the file system's own, but for the root. */
  #takeOwnInodes(): void {
    for (const [number, { bytes }] of this.#hits) {
      if (number === ROOT) this.#findings.add("/", bytes);
      if (number === ROOT || number >= FIRST_USER_INODE) continue;
      const name = number === JOURNAL ? "its journal" : `its own inode ${number}`;
      if (bytes > 0) this.#findings.note(`${bytes} bytes of ${name} could not be read: ${E2FSCK}`);
      this.#hits.delete(number);
    }
  }

  #name(number: number, path: string, isFolder: boolean | undefined): void {
    const hit = this.#hits.get(number);
    if (hit) {
      this.#findings.add(hit.isFolder ? `${path}/` : path, hit.bytes);
      if (hit.isFolder) this.#findings.note(`a part of the folder ${path}/ could not be read: files in it may be lost`);
    } else {
      this.#findings.add(isFolder ? `${path}/` : path, 0);
      this.#findings.note(`files listed with 0 bytes have lost their inode: all of their content; ${E2FSCK}`);
    }
  }

  /** A block of them at a time: a folder can have millions. */
  async *#list(number: number): AsyncGenerator<FolderEntry, void, undefined> {
    const inode = await this.#inode(number);
    if (!inode?.isFolder) return;
    if (inode.flags & INLINE_FLAG) return yield* listEntries(new Uint8Array(inode.map.buffer, 4), this.#layout);
    for await (const { start, end, isMap } of inodeExtents(this.#volume, this.#layout, inode)) {
      this.#countFolders((end - start) / this.#layout.blockSize);
      if (isMap) continue;
      for (let at = start; at < end; at += this.#layout.blockSize) {
        const block = await readWithin(this.#volume, "ext4", at, this.#layout.blockSize, "a folder");
        yield* listEntries(block, this.#layout);
      }
    }
  }

  async #inode(number: number): Promise<Inode | undefined> {
    const { inodesPerGroup } = this.#layout.sb;
    const table = this.#tables[Math.floor((number - 1) / inodesPerGroup)];
    if (!table) return undefined;
    const at = table.block * this.#layout.blockSize + ((number - 1) % inodesPerGroup) * this.#inodeSize;
    return parseInode(await readWithin(this.#volume, "ext4", at, this.#inodeSize, "an inode"), number);
  }
}

interface FolderEntry {
  readonly number: number;
  readonly name: string;
  /** undefined: the file system does not say it here. */
  readonly isFolder: boolean | undefined;
}

const FILETYPE = 0x2;
const NO_TEXT = /\ufffd/;

/** Linux kernel, Documentation/filesystems/ext4/directory.rst. Index blocks look like one empty entry. */
function listEntries(block: Uint8Array, { sb, blockSize }: ExtLayout): FolderEntry[] {
  const entries: FolderEntry[] = [];
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  for (let at = 0; at + 8 <= block.length; ) {
    const number = view.getUint32(at, true);
    const stated = view.getUint16(at + 4, true);
    // Blocks of 64 KiB do not fit into the field.
    const length = blockSize === 65536 && (stated === 0 || stated === 65535) ? 65536 : stated;
    if (length < 8 || at + length > block.length) break;
    const hasType = (sb.featureIncompat & FILETYPE) !== 0;
    const nameLength = hasType ? view.getUint8(at + 6) : view.getUint16(at + 6, true);
    const type = hasType ? view.getUint8(at + 7) : 0;
    const name = new TextDecoder().decode(block.subarray(at + 8, at + 8 + Math.min(nameLength, length - 8)));
    if (number !== 0 && number <= sb.inodesCount && name !== "." && name !== "..")
      entries.push({ number, name: readable(name, number), isFolder: type === 0 ? undefined : type === 2 });
    at += length;
  }
  return entries;
}

/** Encrypted names are bytes that no terminal should get. */
const readable = (name: string, number: number): string =>
  NO_TEXT.test(name) ? `(inode ${number}, its name is no text)` : name;
