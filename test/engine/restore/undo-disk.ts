import { open } from "node:fs/promises";
import { openImage } from "#imaging/image/image-reader.ts";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blkidTypes } from "#test/engine/image/compare-disks.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const PIECE = 4096;

/** Restores an image onto a disk, and says where what was there before is saved. */
export async function restoreOver(image: string, target: string, ...more: string[]): Promise<string> {
  const args = ["restore", image, "--to", target, "--yes-erase", target, ...more];
  const { undo } = await lifeboatJson<RestoreReport>(...args);
  if (undo?.file === undefined) throw new Error("the report names no undo file");
  return undo.file;
}

export const undo = (file: string, target: string): Promise<unknown> =>
  lifeboatJson("undo", file, "--yes-erase", target);

/** What the system's own tools see of a disk: its table to the last field, and what every partition holds. */
export async function seenByTools(disk: string): Promise<unknown> {
  await using loop = await attachLoop(disk, { readOnly: true });
  const { stdout } = await runTool("sfdisk", ["--json", loop.path], { accept: [0, 1] });
  if (stdout === "") return { whole: await probed(disk) };
  const parts = await readPartitions(disk);
  const contents = await Promise.all(parts.map(({ offset, size }) => probed(disk, offset, size)));
  return { table: stdout.replaceAll(loop.path, "DISK"), contents };
}

/** All fields, not the types alone. */
async function probed(disk: string, offset = 0, size?: number): Promise<string> {
  const place = ["--offset", String(offset), ...(size ? ["--size", String(size)] : [])];
  const { stdout } = await runTool("blkid", ["--probe", "-o", "export", ...place, disk], { accept: [0, 2, 8] });
  return `${await blkidTypes(disk, offset, size)} ${stdout.replaceAll(disk, "DISK")}`;
}

/** Whether two disks differ in what an undo file has saved, and in what it has not. */
export async function compareBySaved(file: string, a: string, b: string): Promise<{ inside: number; outside: number }> {
  const { regions } = await openImage(file);
  await using first = await open(a);
  await using second = await open(b);
  const { size } = await first.stat();
  const [left, right] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  const found = { inside: 0, outside: 0 };
  for (let at = 0; at < size; at += PIECE) {
    const length = Math.min(PIECE, size - at);
    await first.read(left, 0, length, at);
    await second.read(right, 0, length, at);
    if (left.compare(right, 0, length, 0, length) === 0) continue;
    if (regions[0]?.extents.covers(at, at + length)) found.inside++;
    else found.outside++;
  }
  return found;
}
