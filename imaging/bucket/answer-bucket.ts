import type { BucketNode, FileNode, UsersNode } from "#imaging/bucket/bucket-node.ts";
import { type BucketTree, ROOT_ID } from "#imaging/bucket/bucket-tree.ts";
import { ROOM_OF_BUCKETS } from "#imaging/bucket/room.ts";
import { STORE_ERRNO, StoreError } from "#imaging/bucket/store-error.ts";
import { MOST_READ } from "#imaging/explore/fuse/answer.ts";
import { MOST_WRITE } from "#imaging/explore/fuse/answer-write.ts";
import type { Answers } from "#imaging/explore/fuse/fuse-server.ts";
import {
  type Answer,
  attr,
  attrOut,
  createIn,
  dirent,
  ENTRY_TYPE,
  ERRNO,
  entryOut,
  INIT_FLAGS,
  initIn,
  initOut,
  MAJOR,
  MINOR,
  mkdirIn,
  OPCODE,
  OPEN_EXCLUSIVE,
  openOut,
  RENAME_NO_REPLACE,
  type Request,
  readIn,
  releaseIn,
  rename2In,
  renameIn,
  SET,
  setattrIn,
  statfsOut,
  writeIn,
  writeOut,
} from "#imaging/explore/fuse/protocol.ts";

const PAGE = 4096;
const READ_AHEAD = 1 << 20;
/** A capture asks for the room each second. */
const PROBED_MS = 3000;
/** `S_IFDIR | 0700`, `S_IFREG | 0600` */
const MODE = { folder: 0o040700, file: 0o100600 } as const;

/** Answers the kernel's requests about the files of a bucket. Nothing is remembered by the kernel: others change it too. */
export class BucketAnswerer implements Answers {
  readonly #tree: BucketTree;
  /** Told of what failed for another reason than that something is there or is not. */
  readonly #onFault: (error: unknown) => void;
  /** Asks the server whether it is there. @throws StoreError */
  readonly #probe: () => Promise<unknown>;
  /** Of open folders, by handle: a listing that goes on in a second request is the one that it began as. */
  readonly #listings = new Map<number, Awaited<ReturnType<BucketTree["list"]>>>();
  #lastHandle = 0;
  #probedAt = Number.NEGATIVE_INFINITY;

  constructor(tree: BucketTree, onFault: (error: unknown) => void, probe: () => Promise<unknown>) {
    this.#tree = tree;
    this.#onFault = onFault;
    this.#probe = probe;
  }

  async answer(request: Request, body: Uint8Array): Promise<Answer> {
    try {
      return await this.#answer(request, body);
    } catch (error) {
      if (!(error instanceof StoreError)) this.#onFault(error);
      else if (!["ENOENT", "EEXIST", "ENOTEMPTY", "EXDEV"].includes(error.code)) this.#onFault(error);
      return error instanceof StoreError ? STORE_ERRNO[error.code] : ERRNO.EIO;
    }
  }

  async #answer({ opcode, nodeid }: Request, body: Uint8Array): Promise<Answer> {
    if (opcode === OPCODE.init) return init(body);
    if (opcode === OPCODE.destroy) return 0;
    if (opcode === OPCODE.statfs) return await this.#statfs();
    const node = this.#tree.byId(nodeid);
    if (!node) return STORE_ERRNO.ESTALE;
    switch (opcode) {
      case OPCODE.lookup:
        return await this.#entry(await this.#tree.lookup(node, nameAt(body, 0)));
      case OPCODE.getattr:
        return await this.#attributes(node);
      case OPCODE.setattr:
        return await this.#change(node, body);
      case OPCODE.open:
        return this.#open(node);
      case OPCODE.opendir:
        return await this.#openFolder(node);
      case OPCODE.readdir:
        return this.#list(body);
      case OPCODE.releasedir:
        this.#listings.delete(releaseIn.parse(body).fh);
        return 0;
      case OPCODE.fsyncdir:
        return 0;
      case OPCODE.mkdir:
        return await this.#entry(await this.#tree.makeFolder(node, nameAt(body, mkdirIn.size)));
      case OPCODE.rmdir:
        await this.#tree.removeFolder(node, nameAt(body, 0));
        return 0;
      case OPCODE.unlink:
        await this.#tree.remove(node, nameAt(body, 0));
        return 0;
      case OPCODE.create:
        return await this.#create(node, body);
      case OPCODE.rename:
        return await this.#rename(node, body, { at: renameIn.size, flags: 0 });
      case OPCODE.rename2:
        return await this.#rename(node, body, { at: rename2In.size, flags: rename2In.parse(body).flags });
      default:
        return node.kind === "file" || node.kind === "users"
          ? await this.#fileAnswer(opcode, node, body)
          : ERRNO.ENOSYS;
    }
  }

  /** ENOSYS is said of no request that any file answers: the kernel would not ask again. */
  async #fileAnswer(opcode: number, node: FileNode | UsersNode, body: Uint8Array): Promise<Answer> {
    switch (opcode) {
      case OPCODE.read:
        return node.kind === "file" ? await read(node, body) : new Uint8Array(0);
      case OPCODE.write: {
        if (node.kind !== "file") return ERRNO.EPERM;
        const { offset, size } = writeIn.parse(body);
        const data = body.subarray(writeIn.size, writeIn.size + size);
        if (data.length < size) return ERRNO.EINVAL;
        await this.#tree.write(node, data, offset);
        return writeOut.serialise({ size });
      }
      case OPCODE.fsync:
        await this.#tree.flush(node);
        return 0;
      case OPCODE.flush:
        await this.#tree.close(node);
        return 0;
      case OPCODE.release:
        this.#tree.release(node);
        return 0;
      default:
        return ERRNO.ENOSYS;
    }
  }

  /** As that of a file server it is no answer of ours alone: who asks for the room sees whether the server is still there. */
  async #statfs(): Promise<Uint8Array> {
    if (performance.now() - this.#probedAt > PROBED_MS) {
      await this.#probe();
      this.#probedAt = performance.now();
    }
    const { bsize, blocks } = ROOM_OF_BUCKETS;
    return statfsOut.serialise({
      ...{ blocks, bfree: blocks, bavail: blocks, files: 0, ffree: 0, bsize, namelen: 255, frsize: bsize },
    });
  }

  #open(node: BucketNode): Answer {
    if (node.kind === "upload") return ERRNO.ENXIO;
    if (node.kind !== "file" && node.kind !== "users") return ERRNO.EISDIR;
    this.#tree.open(node);
    return openOut.serialise({ fh: 0, openFlags: 0 });
  }

  async #create(parent: BucketNode, body: Uint8Array): Promise<Answer> {
    const { flags } = createIn.parse(body);
    const node = await this.#tree.create(parent, nameAt(body, createIn.size), (flags & OPEN_EXCLUSIVE) !== 0);
    this.#tree.open(node);
    return joined(await this.#entry(node), openOut.serialise({ fh: 0, openFlags: 0 }));
  }

  async #rename(from: BucketNode, body: Uint8Array, { at, flags }: { at: number; flags: number }): Promise<Answer> {
    const to = this.#tree.byId(renameIn.parse(body).newdir);
    if (!to) return STORE_ERRNO.ESTALE;
    if ((flags & ~RENAME_NO_REPLACE) !== 0) return ERRNO.EINVAL;
    const name = nameAt(body, at);
    const newName = nameAt(body, at + Buffer.byteLength(name) + 1);
    if ((flags & RENAME_NO_REPLACE) !== 0 && (await this.#exists(to, newName))) return STORE_ERRNO.EEXIST;
    await this.#tree.rename(from, name, to, newName);
    return 0;
  }

  #exists(parent: BucketNode, name: string): Promise<boolean> {
    return this.#tree.lookup(parent, name).then(
      () => true,
      (error: unknown) => {
        if (error instanceof StoreError && error.code === "ENOENT") return false;
        throw error;
      },
    );
  }

  /** Times and owners are those that they are. */
  async #change(node: BucketNode, body: Uint8Array): Promise<Answer> {
    const { valid, size } = setattrIn.parse(body);
    if ((valid & SET.size) !== 0) {
      if (node.kind !== "file") return ERRNO.EISDIR;
      await this.#tree.setSize(node, size);
    }
    return await this.#attributes(node);
  }

  async #attributes(node: BucketNode): Promise<Uint8Array> {
    return joined(attrOut.serialise({ attrValid: 0, attrValidNs: 0 }), await this.#attr(node));
  }

  async #entry(node: BucketNode): Promise<Uint8Array> {
    const entry = { nodeid: node.id, generation: 0, entryValid: 0, attrValid: 0, entryValidNs: 0, attrValidNs: 0 };
    return joined(entryOut.serialise(entry), await this.#attr(node));
  }

  async #attr(node: BucketNode): Promise<Uint8Array> {
    const { size, modified } = await this.#tree.attributes(node);
    const isFile = node.kind !== "folder" && node.kind !== "uploads";
    const [time, ns] = [Math.floor(modified / 1000), (modified % 1000) * 1_000_000];
    return attr.serialise({
      ...{ ino: node.id, size, blocks: Math.ceil(size / 512), atime: time, mtime: time, ctime: time },
      ...{ atimeNs: ns, mtimeNs: ns, ctimeNs: ns, mode: isFile ? MODE.file : MODE.folder, nlink: isFile ? 1 : 2 },
      ...{ uid: 0, gid: 0, rdev: 0, blksize: READ_AHEAD, flags: 0 },
    });
  }

  async #openFolder(node: BucketNode): Promise<Answer> {
    if (node.kind !== "folder" && node.kind !== "uploads") return ERRNO.ENOTDIR;
    const entries = await this.#tree.list(node);
    const fh = ++this.#lastHandle;
    this.#listings.set(fh, entries);
    return openOut.serialise({ fh, openFlags: 0 });
  }

  #list(body: Uint8Array): Answer {
    const { fh, offset, size } = readIn.parse(body);
    const self = { kind: "folder" as const, id: 0 };
    const entries = [{ name: ".", ...self }, { name: "..", ...self }, ...(this.#listings.get(fh) ?? [])];
    const list: Uint8Array[] = [];
    let length = 0;
    for (let i = offset; i < entries.length; i++) {
      const bytes = entryBytes(entries[i] as (typeof entries)[number], i + 1);
      if (length + bytes.length > size) break;
      list.push(bytes);
      length += bytes.length;
    }
    return joined(...list);
  }
}

function init(body: Uint8Array): Answer {
  const offer = initIn.parse(body);
  const { asyncRead, bigWrites, maxPages, parallelDirops } = INIT_FLAGS;
  if (offer.major !== MAJOR || offer.minor < 28) return ERRNO.EINVAL;
  return initOut.serialise({
    ...{ major: MAJOR, minor: MINOR, maxReadahead: Math.min(offer.maxReadahead, READ_AHEAD) },
    flags: offer.flags & (asyncRead | maxPages | parallelDirops | bigWrites),
    ...{ maxBackground: 32, congestionThreshold: 24, maxWrite: MOST_WRITE, timeGran: 1_000_000 },
    ...{ maxPages: MOST_READ / PAGE, mapAlignment: 0, flags2: 0 },
  });
}

async function read(node: FileNode, body: Uint8Array): Promise<Answer> {
  const { offset, size } = readIn.parse(body);
  const into = new Uint8Array(Math.max(0, Math.min(size, MOST_READ, node.file.size - offset)));
  if (into.length > 0) await node.file.read(into, offset, node.track);
  return into;
}

/** A name ends with a NUL. */
function nameAt(body: Uint8Array, start: number): string {
  const end = body.indexOf(0, start);
  return Buffer.from(body.subarray(start, end < 0 ? body.length : end)).toString();
}

/** Numbers in a listing are taken by nobody, but 0 is an entry that is left out (readdir(3)). */
function entryBytes({ name, kind, id }: { name: string; kind: "file" | "folder"; id: number }, cookie: number) {
  const text = Buffer.from(name);
  const bytes = new Uint8Array(dirent.size + Math.ceil(text.length / 8) * 8);
  bytes.set(dirent.serialise({ ino: id || ROOT_ID, off: cookie, namelen: text.length, type: ENTRY_TYPE[kind] }));
  bytes.set(text, dirent.size);
  return bytes;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
