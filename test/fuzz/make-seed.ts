import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyImage, makeFiles, run } from "#test/engine/filesystem/volume-image.ts";

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** An image of `size` bytes on which a tool makes its structures; the image's path is its last argument. */
export function made(path: string, size: number, tool: string, ...options: readonly string[]): void {
  emptyImage(path, size);
  run(tool, ...options, path);
}

/** Runs `use` with a folder of a few files, for tools that fill a new file system. */
export function withFiles(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-fuzz-"));
  try {
    makeFiles(folder, [10, 3000, 70_000, 200_000, 0, 12_345]);
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Zeros with some bytes put into them, for formats whose tools need a kernel or are not packaged. */
export function crafted(size: number, ...parts: readonly (readonly [number, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(size);
  for (const [at, bytes] of parts) image.set(bytes, at);
  return image;
}

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
export const hex = (digits: string): Uint8Array => Buffer.from(digits, "hex");
