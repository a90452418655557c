import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";

/** A folder that is gone with its `using` scope. */
export function scratch(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "lifeboat-fs-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function run(tool: string, ...args: string[]): string {
  return execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
}

/** An exit status and output of a checker, whose status is its finding. */
export function check(tool: string, ...args: string[]): { status: number; output: string } {
  try {
    return { status: 0, output: run(tool, ...args) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    if (typeof status !== "number") throw error;
    return { status, output: `${stdout}${stderr}` };
  }
}

export function emptyImage(path: string, bytes: number): string {
  closeSync(openSync(path, "w"));
  truncateSync(path, bytes);
  return path;
}

export function fileVolume(path: string, sectorSize = 512): ReadableDevice & Disposable {
  const fd = openSync(path, "r");
  return {
    path,
    size: statSync(path).size,
    sectorSize,
    async read(into, offset) {
      const got = readSync(fd, into, 0, into.length, offset);
      if (got < into.length) throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got });
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/** Files of many sizes with content that differs from block to block, some in folders. */
export function makeFiles(folder: string, sizes: readonly number[]): void {
  mkdirSync(join(folder, "sub", "deeper"), { recursive: true });
  for (const [i, size] of sizes.entries()) {
    const content = Buffer.alloc(size);
    for (let at = 0; at < size; at += 512) content.write(`file ${i} at ${at};`.repeat(8), at, Math.min(512, size - at));
    writeFileSync(join(folder, ["", "sub", "sub/deeper"][i % 3] ?? "", `f${i}.bin`), content);
  }
}

export function hashTree(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [relative(root, path), createHash("sha256").update(readFileSync(path)).digest("hex")] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

type PartcloneKind = "extfs" | "fat" | "ntfs" | "exfat" | "f2fs" | "xfs" | "btrfs";

/**
 * The ranges partclone would copy: `-D` writes them as a ddrescue mapfile with one line for each run,
 * `-s` is the source. Bytes, merged where they touch. It refuses an unclean volume.
 */
export function partcloneExtents(kind: PartcloneKind, image: string): Extent[] {
  using folder = scratch();
  const map = join(folder.path, "map");
  run(`partclone.${kind}`, "-D", "-q", "-s", image, "-o", map, "-L", join(folder.path, "log"));
  const extents: { start: number; end: number }[] = [];
  for (const [, position, size] of readFileSync(map, "utf8").matchAll(/^(0x\w+)\s+(0x\w+)\s+\+$/gm)) {
    const start = Number(position);
    const last = extents.at(-1);
    if (last?.end === start) last.end += Number(size);
    else extents.push({ start, end: start + Number(size) });
  }
  return extents;
}

/** Copies only the extents into a new sparse file of the same size: what a restore of them would leave. */
export function copyMapped(image: string, extents: Iterable<Extent>, to: string): string {
  const source = openSync(image, "r");
  const target = openSync(to, "w");
  try {
    ftruncateSync(target, statSync(image).size);
    const buffer = Buffer.alloc(1 << 20);
    for (const { start, end } of extents)
      for (let at = start; at < end; at += buffer.length) {
        const got = readSync(source, buffer, 0, Math.min(buffer.length, end - at), at);
        if (!buffer.subarray(0, got).every((byte) => byte === 0)) writeSync(target, buffer, 0, got, at);
      }
    return to;
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

/** What blkid says, low-level and without its cache; a tag that it does not print is undefined. */
export function blkid(image: string): { type?: string; uuid?: string; label?: string } {
  const tag = (name: string) => check("blkid", "-p", "-o", "value", "-s", name, image).output.trimEnd() || undefined;
  const [type, uuid, label] = [tag("TYPE"), tag("UUID"), tag("LABEL")];
  return { ...(type && { type }), ...(uuid && { uuid }), ...(label && { label }) };
}

/** The complement of sorted extents in [0, size). */
export function complement(extents: readonly Extent[], size: number): Extent[] {
  const gaps: Extent[] = [];
  let at = 0;
  for (const { start, end } of [...extents].sort((a, b) => a.start - b.start)) {
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < size) gaps.push({ start: at, end: size });
  return gaps;
}
