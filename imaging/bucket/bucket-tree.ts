import { hash } from "node:crypto";
import { newTrack } from "#imaging/bucket/block-reader.ts";
import {
  type BucketNode,
  type FileNode,
  type FolderNode,
  UPLOADS_NAME,
  type UploadNode,
  type UploadsNode,
  type UsersNode,
} from "#imaging/bucket/bucket-node.ts";
import { USERS_NAME } from "#imaging/bucket/bucket-wire.ts";
import { PART_SIZE, type StoredObject, type UnfinishedUpload } from "#imaging/bucket/object-store.ts";
import { PartFile, type PartFileDeps } from "#imaging/bucket/part-file.ts";
import { StoreError } from "#imaging/bucket/store-error.ts";

export const ROOT_ID = 1;
const USERS_ID = 2;

/** What was asked so short a time ago need not be asked again for the same call. */
const FRESH_MS = 1000;
/** What a list says of a file counts so long for the next look at that file, and only until we change something. */
const LISTED_MS = 10_000;
/** A file that was closed without fsync is stored after a while. */
const LATER_MS = 10_000;

const notThere = (key: string) => new StoreError("ENOENT", "", key);

/**
 * A bucket's objects as a tree of files. Folders are prefixes; an empty one is an object whose key ends with a slash. A
 * name is looked up at the server each time, and lists are its own: who makes a lease and looks then sees what is there
 * after it.
 */
export class BucketTree {
  readonly #deps: PartFileDeps;
  readonly #nodes = new Map<number, BucketNode>();
  readonly #users: UsersNode = { kind: "users", id: USERS_ID, opens: 0 };
  readonly #onUnused: () => void;
  readonly #byKey = new Map<string, FolderNode | FileNode | UploadsNode>();
  readonly #listed = new Map<string, { readonly at: number; readonly left: Map<string, StoredObject> }>();
  #lastId = USERS_ID;
  #listsAreSeen = false;
  /** Of ours, so far. */
  #changes = 0;

  /**
   * @param onUnused told when nobody has the file of users open any more
   * @param rootKey prefix of what is shown
   */
  constructor(deps: PartFileDeps, onUnused: () => void = () => {}, rootKey = "") {
    this.#deps = deps;
    this.#onUnused = onUnused;
    const root: FolderNode = { kind: "folder", id: ROOT_ID, key: rootKey };
    this.#nodes.set(ROOT_ID, root);
    this.#nodes.set(USERS_ID, this.#users);
    this.#byKey.set(rootKey, root);
  }

  byId(id: number): BucketNode | undefined {
    return this.#nodes.get(id);
  }

  async lookup(parent: BucketNode, name: string): Promise<BucketNode> {
    if (parent.kind === "uploads") return await this.#upload(parent, name);
    const folder = asFolder(parent);
    if (name === UPLOADS_NAME) return this.#uploadsOf(folder);
    if (name === USERS_NAME && folder.id === ROOT_ID) return this.#users;
    const key = `${folder.key}${name}`;
    const known = this.#byKey.get(`${key}/`) ?? this.#byKey.get(key);
    if (known?.kind === "folder" || (known?.kind === "file" && known.file.isChanged)) return known;
    const asked = this.#askedNow(known);
    const stored = this.#takeListed(folder.key, name) ?? (await this.#deps.store.head(key));
    if (stored) return this.#fileNode(key, stored, asked);
    if (await this.#deps.store.hasAny(`${key}/`)) return this.#folderNode(`${key}/`);
    if (known?.kind === "file") this.#drop(key);
    throw notThere(key);
  }

  /** Bytes, and milliseconds since 1970 by the server's clock. @throws StoreError, ENOENT */
  async attributes(node: BucketNode): Promise<{ size: number; modified: number }> {
    if (node.kind === "upload") return { size: 0, modified: node.upload.begun };
    if (node.kind !== "file") return { size: 0, modified: 0 };
    const { file } = node;
    const isFresh = node.modified > 0 && performance.now() - node.askedAt < FRESH_MS;
    if (!file.isChanged && !isFresh) {
      const asked = this.#askedNow(node);
      const stored = await this.#deps.store.head(file.key);
      if (!stored) throw notThere(file.key);
      this.#renew(node, stored, asked);
    }
    return { size: file.size, modified: node.modified || Date.now() };
  }

  /** What a folder has, as it is now. */
  async list(node: BucketNode): Promise<{ name: string; kind: "file" | "folder"; id: number }[]> {
    if (node.kind === "uploads")
      return (await this.#deps.store.uploads(node.key)).map((upload) => {
        const { id } = this.#uploadNode(upload);
        return { name: nameOfUpload(upload), kind: "file", id };
      });
    const folder = asFolder(node);
    const before = this.#changes;
    const listing = await this.#deps.store.list(folder.key);
    if (before === this.#changes)
      this.#listed.set(folder.key, { at: performance.now(), left: new Map(listing.objects) });
    return [
      ...[...listing.folders].map((name) => ({ name, kind: "folder" as const, id: 0 })),
      ...[...listing.objects.keys()].map((name) => ({ name, kind: "file" as const, id: 0 })),
    ].filter(({ name }) => isFileName(name));
  }

  /** @throws StoreError, EEXIST when there is one and `exclusive` */
  async create(parent: BucketNode, name: string, exclusive: boolean): Promise<FileNode> {
    const folder = asFolder(parent);
    const key = `${folder.key}${name}`;
    const there = exclusive ? undefined : await this.#deps.store.head(key);
    if (there) return asFile(this.#fileNode(key, there, this.#askedNow(this.#byKey.get(key))));
    const etag = await this.#deps.store.put(key, new Uint8Array(0), { isNew: true });
    this.#hasChanged();
    await this.#expectListed(folder.key, name);
    this.#drop(key);
    return this.#newFile(key, { size: 0, modified: 0, etag });
  }

  async makeFolder(parent: BucketNode, name: string): Promise<FolderNode> {
    const key = `${asFolder(parent).key}${name}/`;
    await this.#deps.store.put(key, new Uint8Array(0));
    this.#hasChanged();
    return this.#folderNode(key);
  }

  async removeFolder(parent: BucketNode, name: string): Promise<void> {
    const key = `${asFolder(parent).key}${name}/`;
    const { objects, folders } = await this.#deps.store.list(key);
    if (objects.size > 0 || folders.size > 0) throw new StoreError("ENOTEMPTY", "", key);
    await this.#deps.store.remove(key);
    this.#hasChanged();
    this.#drop(key);
  }

  async remove(parent: BucketNode, name: string): Promise<void> {
    if (parent.kind === "uploads") {
      const { upload } = await this.#upload(parent, name);
      return await this.#deps.store.abortUpload(upload.key, upload.id);
    }
    const key = `${asFolder(parent).key}${name}`;
    const node = this.#byKey.get(key);
    if (node?.kind === "file") await node.file.discard();
    await this.#deps.store.remove(key);
    this.#hasChanged();
    this.#drop(key);
  }

  /** A copy within the bucket, then the old name goes: who is killed in between has left both, and each is whole. */
  async rename(from: BucketNode, name: string, to: BucketNode, newName: string): Promise<void> {
    const node = await this.lookup(from, name);
    if (node.kind !== "file") throw new StoreError("EXDEV", "", name);
    const [key, newKey] = [node.file.key, `${asFolder(to).key}${newName}`];
    await this.flush(node);
    await this.#deps.store.copy(key, newKey, node.file.size);
    this.#hasChanged();
    await this.#deps.store.remove(key);
    this.#drop(newKey);
    this.#byKey.delete(key);
    node.file.key = newKey;
    node.modified = 0;
    this.#byKey.set(newKey, node);
  }

  get users(): number {
    return this.#users.opens;
  }

  open(node: FileNode | UsersNode): void {
    node.opens++;
    if (node.kind === "file") clearTimeout(node.later);
  }

  /** A small file is stored when it is closed, as over NFS; a large one by fsync, or later. */
  async close(node: FileNode | UsersNode): Promise<void> {
    if (node.kind === "file" && node.file.isChanged && node.file.size <= PART_SIZE) await this.flush(node);
  }

  release(node: FileNode | UsersNode): void {
    node.opens--;
    if (node.kind === "users") {
      if (node.opens === 0) this.#onUnused();
      return;
    }
    if (node.opens === 0 && this.#byKey.get(node.file.key) !== node) this.#nodes.delete(node.id);
    if (node.opens > 0 || !node.file.isChanged) return;
    clearTimeout(node.later);
    node.later = setTimeout(() => void this.flush(node).catch(() => {}), LATER_MS).unref();
  }

  async write(node: FileNode, data: Uint8Array, offset: number): Promise<void> {
    await node.file.write(data, offset);
  }

  async setSize(node: FileNode, size: number): Promise<void> {
    await node.file.truncate(size);
  }

  async flush(node: FileNode | UsersNode): Promise<void> {
    if (node.kind === "users") return await this.#flushAll();
    if (!node.file.isChanged) return;
    await node.file.flush();
    node.modified = 0;
    this.#hasChanged();
  }

  /** What was not flushed is nobody's: who wrote it was killed. */
  async drop(): Promise<void> {
    await Promise.allSettled(this.#files().map(({ file }) => file.discard()));
  }

  async #flushAll(): Promise<void> {
    const results = await Promise.allSettled(this.#files().map((node) => this.flush(node)));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  #files(): FileNode[] {
    return [...this.#nodes.values()].filter((node) => node.kind === "file");
  }

  /** All that lists said before is from before our change. */
  #hasChanged(): void {
    this.#changes++;
    this.#listed.clear();
  }

  #takeListed(prefix: string, name: string): StoredObject | undefined {
    const listed = this.#listed.get(prefix);
    if (!listed || performance.now() - listed.at > LISTED_MS) return undefined;
    const found = listed.left.get(name);
    listed.left.delete(name); // for one look: the next one asks
    return found;
  }

  /** Leases are nothing where lists are late: the first file that is made must be in the next list. */
  async #expectListed(prefix: string, name: string): Promise<void> {
    if (this.#listsAreSeen) return;
    const { objects } = await this.#deps.store.list(prefix);
    if (!objects.has(name))
      throw new StoreError("EPROTO", "", `${this.#deps.store.name} does not list at once what was written`);
    this.#listsAreSeen = true;
  }

  /** To be taken before the server is asked: an answer from before we stored a file says nothing of it. */
  #askedNow(node: BucketNode | undefined): number {
    return node?.kind === "file" ? node.file.stores : 0;
  }

  #renew(node: FileNode, stored: StoredObject, asked: number): void {
    if (node.file.isChanged || node.file.stores !== asked) return;
    node.file.renew(stored);
    node.modified = stored.modified;
    node.askedAt = performance.now();
  }

  #fileNode(key: string, stored: StoredObject, asked: number): BucketNode {
    const known = this.#byKey.get(key);
    if (known?.kind !== "file") return this.#newFile(key, stored);
    this.#renew(known, stored, asked);
    return known;
  }

  #newFile(key: string, stored: StoredObject): FileNode {
    const file = new PartFile(key, stored, this.#deps);
    const base = { opens: 0, modified: stored.modified, askedAt: performance.now(), track: newTrack() };
    return this.#add(key, { kind: "file", id: ++this.#lastId, file, ...base });
  }

  #folderNode(key: string): FolderNode {
    const known = this.#byKey.get(key);
    return known?.kind === "folder" ? known : this.#add(key, { kind: "folder", id: ++this.#lastId, key });
  }

  #uploadsOf({ key }: FolderNode): UploadsNode {
    const name = `${key}${UPLOADS_NAME}`;
    const known = this.#byKey.get(name);
    return known?.kind === "uploads" ? known : this.#add(name, { kind: "uploads", id: ++this.#lastId, key });
  }

  async #upload(parent: UploadsNode, name: string): Promise<UploadNode> {
    const found = (await this.#deps.store.uploads(parent.key)).find((upload) => nameOfUpload(upload) === name);
    if (!found) throw notThere(name);
    return this.#uploadNode(found);
  }

  #uploadNode(upload: UnfinishedUpload): UploadNode {
    for (const node of this.#nodes.values()) if (node.kind === "upload" && node.upload.id === upload.id) return node;
    const node: UploadNode = { kind: "upload", id: ++this.#lastId, upload };
    this.#nodes.set(node.id, node);
    return node;
  }

  #add<N extends FolderNode | FileNode | UploadsNode>(key: string, node: N): N {
    this.#nodes.set(node.id, node);
    this.#byKey.set(key, node);
    return node;
  }

  /** Whoever has it open keeps its node; a new file of the name is another one. */
  #drop(key: string): void {
    const node = this.#byKey.get(key);
    this.#byKey.delete(key);
    if (node && (node.kind !== "file" || node.opens === 0)) this.#nodes.delete(node.id);
  }
}

function asFolder(node: BucketNode): FolderNode {
  if (node.kind === "uploads") throw new StoreError("EROFS", "", UPLOADS_NAME);
  if (node.kind !== "folder") throw new StoreError("ENOTDIR", "", "a file");
  return node;
}

function asFile(node: BucketNode): FileNode {
  if (node.kind !== "file") throw new StoreError("EISDIR", "", "a folder");
  return node;
}

/** Keys may be anything; what no file can be called is left out. */
const isFileName = (name: string): boolean => name !== "" && name !== "." && name !== ".." && !name.includes("\0");

/** Ids of uploads hold slashes with some servers. `UPLOAD_NAME` of unfinished-uploads.ts. */
const nameOfUpload = ({ key, id }: UnfinishedUpload): string =>
  `upload-${hash("sha256", `${key}\n${id}`).slice(0, 24)}`;
