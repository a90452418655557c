/**
 * A file that is served. Its size does not change while it is, and what it holds only by what is written through the
 * kernel; without `write`, nothing of it does.
 */
export interface ServedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes that are no holes. */
  readonly usedBytes: number;
  /** Fills `into`; the range lies in the file. Whatever it throws is an error of reading to who asked. */
  read(into: Uint8Array, offset: number): Promise<void>;
  /**
   * Makes the file one that can be written. The range lies in the file; `data` is not looked at any more when this is
   * done. A read that is asked for after that finds it. What it throws is no room (ENOSPC) to who asked, where that is
   * what it says, or else EIO.
   */
  write?(data: Uint8Array, offset: number): Promise<void>;
  /** fsync(2): what was written before is durable when this is done. */
  flush?(): Promise<void>;
  /** The first byte of data at or behind `offset`; undefined when only a hole follows. */
  nextData(offset: number): number | undefined;
  /** The first byte of a hole at or behind `offset`; the file's end is one. */
  nextHole(offset: number): number;
}

/** One folder of files, and of empty folders to mount something else on. */
export interface FileTree {
  readonly files: readonly ServedFile[];
  readonly folders: readonly string[];
  /** Seconds since 1970, of everything in it. */
  readonly time: number;
}

/** Whether any file of it can be written: it is mounted so then, and its files are remembered for less long. */
export const isWritable = ({ files }: FileTree): boolean => files.some(({ write }) => write !== undefined);

export const ROOT_NODE = 1;

export type Node =
  | { readonly kind: "folder"; readonly id: number; readonly name: string }
  | { readonly kind: "file"; readonly id: number; readonly name: string; readonly file: ServedFile };

/** The tree's nodes by number and by name. Numbers are never used again, so what the kernel forgets need not be counted. */
export class NodeTable {
  readonly #nodes: Node[];

  constructor({ files, folders }: FileTree) {
    this.#nodes = [
      ...files.map((file, i): Node => ({ kind: "file", id: ROOT_NODE + 1 + i, name: file.name, file })),
      ...folders.map((name, i): Node => ({ kind: "folder", id: ROOT_NODE + 1 + files.length + i, name })),
    ];
  }

  byId(id: number): Node | undefined {
    return id === ROOT_NODE ? { kind: "folder", id, name: "/" } : this.#nodes[id - ROOT_NODE - 1];
  }

  byName(name: string): Node | undefined {
    return this.#nodes.find((node) => node.name === name);
  }

  /** What a listing of a folder shows. */
  entriesOf(id: number): Node[] {
    const self = (name: string): Node => ({ kind: "folder", id, name });
    return [self("."), { kind: "folder", id: ROOT_NODE, name: ".." }, ...(id === ROOT_NODE ? this.#nodes : [])];
  }
}
