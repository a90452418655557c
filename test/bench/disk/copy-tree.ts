import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Changes every byte by the same mask: what repeats still repeats, and the counts of byte values stay. */
export function maskBytes(bytes: Uint8Array, mask: number): Uint8Array {
  if (mask !== 0) for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] as number) ^ mask;
  return bytes;
}

/**
 * Copies directories, files and (where asked) symbolic links below `from`, each file's bytes under `mask`. The copies
 * so compress like the original, but have nothing in common with it: real disks hold 1-2 % of repeated data, and plain
 * copies would let a peer that deduplicates store one tree instead of seven.
 */
export function copyTree(from: string, to: string, mask: number, { symlinks }: { readonly symlinks: boolean }): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target, mask, { symlinks });
    else if (entry.isFile()) writeFileSync(target, maskBytes(readFileSync(source), mask));
    else if (entry.isSymbolicLink() && symlinks) symlinkSync(readlinkSync(source), target);
  }
}
