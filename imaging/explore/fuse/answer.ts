import { MOST_WRITE, setattrRefusal, sync, write } from "#imaging/explore/fuse/answer-write.ts";
import { type FileTree, isWritable, type Node, NodeTable, type ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import {
  type Answer,
  type Attr,
  attr,
  attrOut,
  dirent,
  ENTRY_TYPE,
  ERRNO,
  entryOut,
  INIT_FLAGS,
  initIn,
  initOut,
  lseekIn,
  lseekOut,
  MAJOR,
  MINOR,
  MODE,
  OPCODE,
  OPEN_KEEP_CACHE,
  OPEN_MODE,
  openIn,
  openOut,
  type Request,
  readIn,
  statfsOut,
  WHENCE,
} from "#imaging/explore/fuse/protocol.ts";

/** Bytes of one read at most: 256 pages of 4 KiB. */
export const MOST_READ = 1 << 20;
const PAGE = 4096;
const READ_AHEAD = 1 << 20;
/**
 * Nothing here ever changes but what is in files that can be written, and that by the kernel's hand. Remembered names also let the mounts on the folders be found and taken away when the
 * server is gone and no question about them is answered any more.
 */
const FOR_EVER = 10 * 365 * 24 * 3600;

/** Answers the kernel's requests about a tree of files. Knows nothing of the device that they come through. */
export class Answerer {
  readonly #nodes: NodeTable;
  readonly #tree: FileTree;
  readonly #isWritable: boolean;

  constructor(tree: FileTree) {
    this.#tree = tree;
    this.#isWritable = isWritable(tree);
    this.#nodes = new NodeTable(tree);
  }

  /**
   * @param body what follows the request's header
   * @param room where the bytes of a read go; MOST_READ bytes, used again for the next request
   */
  async answer({ opcode, nodeid }: Request, body: Uint8Array, room: Uint8Array): Promise<Answer> {
    if (opcode === OPCODE.init) return init(body, this.#isWritable);
    const node = this.#nodes.byId(nodeid);
    if (!node) return ERRNO.ENOENT;
    switch (opcode) {
      case OPCODE.lookup:
        return this.#lookup(node, body);
      case OPCODE.getattr:
        return this.#attrAnswer(node);
      case OPCODE.open:
        return this.#open(node, body);
      case OPCODE.opendir:
        return node.kind === "folder" ? openOut.serialise({ fh: 0, openFlags: 0 }) : ERRNO.ENOTDIR;
      case OPCODE.read:
        return await read(node, body, room);
      case OPCODE.readdir:
        return this.#list(node, body);
      case OPCODE.lseek:
        return seek(node, body);
      case OPCODE.statfs:
        return this.#statfs();
      case OPCODE.release:
      case OPCODE.releasedir:
      case OPCODE.flush:
      case OPCODE.destroy:
        return 0;
      default:
        return this.#isWritable ? await this.#change(opcode, node, body) : ERRNO.ENOSYS;
    }
  }

  /** ENOSYS is never asked again of any file, so a tree with one that can be written must not say it of others. */
  async #change(opcode: number, node: Node, body: Uint8Array): Promise<Answer> {
    switch (opcode) {
      case OPCODE.setattr: {
        const refusal = setattrRefusal(node, body);
        return refusal === 0 ? this.#attrAnswer(node) : refusal;
      }
      case OPCODE.write:
        return await write(node, body);
      case OPCODE.fsync:
        return await sync(node);
      default:
        return ERRNO.ENOSYS;
    }
  }

  /** A file that can be written is read anew after each open: it also changes beneath, by who serves it. */
  #open(node: Node, body: Uint8Array): Answer {
    if (node.kind !== "file") return ERRNO.EISDIR;
    if (node.file.write) return openOut.serialise({ fh: 0, openFlags: 0 });
    if (this.#isWritable && (openIn.parse(body).flags & OPEN_MODE.mask) !== OPEN_MODE.readOnly) return ERRNO.EROFS;
    return openOut.serialise({ fh: 0, openFlags: OPEN_KEEP_CACHE });
  }

  #attrAnswer(node: Node): Uint8Array {
    return joined(attrOut.serialise({ attrValid: FOR_EVER, attrValidNs: 0 }), this.#attr(node));
  }

  #lookup(parent: Node, body: Uint8Array): Answer {
    const end = body.indexOf(0);
    const name = Buffer.from(body.subarray(0, end < 0 ? body.length : end)).toString();
    const found = parent.name === "/" ? this.#nodes.byName(name) : undefined;
    if (!found) return ERRNO.ENOENT;
    const entry = { nodeid: found.id, generation: 0, entryValid: FOR_EVER, attrValid: FOR_EVER };
    return joined(entryOut.serialise({ ...entry, entryValidNs: 0, attrValidNs: 0 }), this.#attr(found));
  }

  #attr(node: Node): Uint8Array {
    const { time } = this.#tree;
    const [size, used] = node.kind === "file" ? [node.file.size, node.file.usedBytes] : [PAGE, PAGE];
    const value: Attr = {
      ...{ ino: node.id, size, blocks: Math.ceil(used / 512), atime: time, mtime: time, ctime: time },
      ...{ atimeNs: 0, mtimeNs: 0, ctimeNs: 0, mode: modeOf(node), nlink: node.kind === "file" ? 1 : 2 },
      ...{ uid: 0, gid: 0, rdev: 0, blksize: PAGE, flags: 0 },
    };
    return attr.serialise(value);
  }

  #list(node: Node, body: Uint8Array): Answer {
    if (node.kind !== "folder") return ERRNO.ENOTDIR;
    const { offset, size } = readIn.parse(body);
    const list: Uint8Array[] = [];
    let length = 0;
    for (const [i, entry] of this.#nodes.entriesOf(node.id).entries()) {
      if (i < offset) continue;
      const bytes = entryBytes(entry, i + 1);
      if (length + bytes.length > size) break;
      list.push(bytes);
      length += bytes.length;
    }
    return joined(...list);
  }

  #statfs(): Uint8Array {
    const blocks = Math.ceil(this.#tree.files.reduce((sum, { usedBytes }) => sum + usedBytes, 0) / PAGE);
    const none = { bfree: 0, bavail: 0, ffree: 0 };
    return statfsOut.serialise({
      blocks,
      ...none,
      files: this.#tree.files.length,
      bsize: PAGE,
      namelen: 255,
      frsize: PAGE,
    });
  }
}

const modeOf = (node: Node): number => (node.kind === "file" && node.file.write ? MODE.writableFile : MODE[node.kind]);

/** The kernel's own writes come at once and one by one: FUSE_WRITEBACK_CACHE is not taken. */
function init(body: Uint8Array, writes: boolean): Answer {
  const offer = initIn.parse(body);
  const { asyncRead, bigWrites, maxPages, parallelDirops } = INIT_FLAGS;
  // An older kernel than of 2018 is none that this can run on: MAX_PAGES came with 7.28.
  if (offer.major !== MAJOR || offer.minor < 28) return ERRNO.EINVAL;
  return initOut.serialise({
    ...{ major: MAJOR, minor: MINOR, maxReadahead: Math.min(offer.maxReadahead, READ_AHEAD) },
    flags: offer.flags & (asyncRead | maxPages | parallelDirops | (writes ? bigWrites : 0)),
    ...{ maxBackground: 16, congestionThreshold: 12, maxWrite: writes ? MOST_WRITE : PAGE, timeGran: 1_000_000_000 },
    ...{ maxPages: MOST_READ / PAGE, mapAlignment: 0, flags2: 0 },
  });
}

async function read(node: Node, body: Uint8Array, room: Uint8Array): Promise<Answer> {
  if (node.kind !== "file") return ERRNO.EISDIR;
  const { offset, size } = readIn.parse(body);
  const length = Math.max(0, Math.min(size, MOST_READ, node.file.size - offset));
  const into = room.subarray(0, length);
  if (length > 0) await node.file.read(into, offset);
  return into;
}

/** @returns ENXIO behind the end, and for data where only a hole follows: lseek(2) */
function seek(node: Node, body: Uint8Array): Answer {
  if (node.kind !== "file") return ERRNO.EISDIR;
  const { offset, whence } = lseekIn.parse(body);
  if (whence !== WHENCE.data && whence !== WHENCE.hole) return ERRNO.EINVAL;
  if (offset >= node.file.size) return ERRNO.ENXIO;
  const found = whence === WHENCE.data ? nextDataPage(node.file, offset) : nextHolePage(node.file, offset);
  return found === undefined ? ERRNO.ENXIO : lseekOut.serialise({ offset: found });
}

const down = (offset: number): number => Math.floor(offset / PAGE) * PAGE;
const up = (offset: number): number => Math.ceil(offset / PAGE) * PAGE;

/**
 * Data and holes change at pages only, as in other file systems: who reads past the page cache (qemu-img) takes
 * nothing finer.
 */
function nextDataPage(file: ServedFile, offset: number): number | undefined {
  const data = file.nextData(offset);
  return data === undefined ? undefined : Math.max(offset, down(data));
}

function nextHolePage(file: ServedFile, offset: number): number {
  for (let at = offset; at < file.size; ) {
    const hole = file.nextHole(at);
    const data = hole < file.size ? file.nextData(hole) : undefined;
    const [from, to] = [hole === offset ? offset : up(hole), data === undefined ? file.size : down(data)];
    if (from < to) return from;
    at = data ?? file.size;
  }
  return file.size;
}

function entryBytes({ id, kind, name }: Node, cookie: number): Uint8Array {
  const text = Buffer.from(name);
  const bytes = new Uint8Array(dirent.size + Math.ceil(text.length / 8) * 8);
  bytes.set(dirent.serialise({ ino: id, off: cookie, namelen: text.length, type: ENTRY_TYPE[kind] }));
  bytes.set(text, dirent.size);
  return bytes;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
