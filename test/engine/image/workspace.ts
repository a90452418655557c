import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const MIB = 1 << 20;

export interface Workspace extends AsyncDisposable {
  readonly folder: string;
  path(name: string): string;
  /** Makes room before the end. */
  drop(path: string): Promise<void>;
}

/** A folder that is gone with its scope. */
export async function openWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-engine-"));
  return {
    folder,
    path: (name) => join(folder, name),
    drop: (path) => rm(path, { recursive: true, force: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A new sparse file: an empty disk. */
export async function blankDisk(path: string, size: number): Promise<string> {
  await writeFile(path, "");
  await truncate(path, size);
  return path;
}

/** The same bytes for the same seed, at the speed of the disk. */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed | 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state, at);
  }
  return bytes;
}

/** A disk full of somebody's old data. */
export async function noisyDisk(path: string, size: number, seed = 7): Promise<string> {
  const file = await open(path, "w");
  try {
    const block = noise(4 * MIB, seed);
    for (let at = 0; at < size; at += block.length) await file.write(block, 0, Math.min(block.length, size - at), at);
  } finally {
    await file.close();
  }
  return path;
}

export async function writeAt(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}

export async function readAt(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, offset);
    return bytes;
  } finally {
    await file.close();
  }
}

export async function sha256File(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
