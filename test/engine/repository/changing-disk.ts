import { copyFile, writeFile } from "node:fs/promises";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, writeAt } from "#test/engine/image/workspace.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

/** ext4 with files, and a partition of noise that no driver knows. */
export const DISK: SampleDisk = {
  size: 32 * MIB,
  table: "label: gpt\nsize=16MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root\nsize=8MiB\n",
  volumes: { 1: "ext4", 2: "noise" },
};
/** Where the noise begins. */
export const NOISE_AT = 17 * MIB;

export const makeDisk = (path: string): Promise<string> => makeSampleDisk(path, DISK);

/** Puts a file into a partition's ext4 by its own tool, as the running system would. */
export async function addFile(disk: string, name: string, content: Uint8Array, partition = 1): Promise<void> {
  const found = (await readPartitions(disk)).find(({ number }) => number === partition);
  if (!found) throw new Error(`${disk} has no partition ${partition}`);
  const file = `${disk}.${name}`;
  await writeFile(file, content);
  await onVolume(disk, found, async (volume) => {
    await runTool("debugfs", ["-w", "-R", `write ${file} ${name}`, volume]);
  });
  await runTool("rm", ["-f", file]);
}

export async function removeFile(disk: string, name: string, partition = 1): Promise<void> {
  const found = (await readPartitions(disk)).find(({ number }) => number === partition);
  if (!found) throw new Error(`${disk} has no partition ${partition}`);
  await onVolume(disk, found, async (volume) => {
    await runTool("debugfs", ["-w", "-R", `rm ${name}`, volume]);
  });
}

/** Takes a partition out as a file, lets a tool change it, and puts it back. */
export async function onVolume(
  disk: string,
  { offset, size }: { offset: number; size: number },
  change: (volume: string) => Promise<void>,
): Promise<void> {
  const volume = `${disk}.volume`;
  const out = [`if=${disk}`, `of=${volume}`, `skip=${offset}`, `count=${size}`, "iflag=skip_bytes,count_bytes"];
  await runTool("dd", [...out, "bs=1M", "status=none"]);
  await change(volume);
  // What became zero must become so on the disk too: no holes.
  await runTool("dd", [
    `if=${volume}`,
    `of=${disk}`,
    `seek=${offset}`,
    "oflag=seek_bytes",
    "bs=1M",
    "status=none",
    "conv=notrunc",
  ]);
  await runTool("rm", ["-f", volume]);
}

/** Overwrites a part of the noise. */
export const changeNoise = (disk: string, at: number, length: number, seed: number): Promise<void> =>
  writeAt(disk, NOISE_AT + at, noise(length, seed));

/** The disk as it is now, to be held against a point later. */
export async function keepCopy(disk: string, name: string): Promise<string> {
  const copy = `${disk}.${name}`;
  await copyFile(disk, copy);
  return copy;
}
