import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { type ServedRoot, versionOf } from "../net/served-root.ts";
import { PIECE_SIZE, type Piece, pieceLength } from "./piece.ts";

/** Hashes of so many pieces are kept: 100 GiB of files in 10 MB of memory. */
const MOST = 100_000;

/** What pieces of the served files must be: each is read once, however many computers load it from one another. */
export class PieceHashes {
  readonly #root: ServedRoot;
  readonly #known = new Map<string, string>();

  constructor(root: ServedRoot) {
    this.#root = root;
  }

  /** SHA-256 in hexadecimal; undefined when there is no such file any more, or none of this version, or not so much of it. */
  async of(key: string, { file, version, number }: Piece): Promise<string | undefined> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = await this.#root.find(file);
    if (typeof found === "string") return undefined;
    await using handle = found.handle;
    const length = pieceLength(found.size, number);
    if (versionOf(found) !== version || length === 0) return undefined;
    const hash = await hashOf(handle, number * PIECE_SIZE, length);
    if (hash !== undefined) this.#keep(key, hash);
    return hash;
  }

  #keep(key: string, hash: string): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, hash);
  }
}

/** Undefined: the file has become shorter meanwhile. */
async function hashOf(handle: FileHandle, offset: number, length: number): Promise<string | undefined> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return createHash("sha256").update(bytes).digest("hex");
}
