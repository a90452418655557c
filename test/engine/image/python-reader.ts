import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { expect } from "vitest";
import { readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** The reader in Python, written from the format's documents alone, and ways to damage what it reads. */
const READER = fileURLToPath(new URL("../../doubles/reader.py", import.meta.url));
const CHUNK = 3;
export const SEALED = 7;

/** @returns the reader's only line on standard error; "" when it restored the image */
export async function readWithPython(image: string, target: string, ...options: readonly string[]): Promise<string> {
  const args = ["-B", READER, image, target, ...options];
  const { status, stderr } = await runTool("/usr/bin/python3", args, { accept: [0, 1] });
  expect(stderr.split("\n").length - 1, stderr).toBe(status);
  return stderr.trim();
}

/** @returns what the reader says, which must leave no target; "" when it restored the image after all */
export async function refusalOf(space: Workspace, image: string, ...options: readonly string[]): Promise<string> {
  const target = space.path("refused.img");
  rmSync(target, { force: true }); // of a test that failed
  const words = await readWithPython(image, target, ...options);
  expect([existsSync(target), existsSync(`${target}.partial`)], words).toEqual([false, false]);
  return words;
}

export interface Found {
  readonly at: number;
  readonly header: Buffer;
}

/** The records of a file, from byte `at` to its end or footer. */
export async function* readRecords(image: string, at: number): AsyncGenerator<Found> {
  for (;;) {
    const header = await readAt(image, at, 64);
    if (header.toString("latin1", 0, 4) !== "LBRC") return;
    yield { at, header };
    at += 64 + Math.ceil(header.readUInt32LE(20) / 16) * 16;
  }
}

export const holdsData = ({ header }: Found): boolean => header[4] === CHUNK && header.readUInt32LE(20) > 0;

export async function flip(image: string, at: number): Promise<void> {
  const [byte = 0] = await readAt(image, at, 1);
  await writeAt(image, at, Uint8Array.of(byte ^ 0x10));
}

/** Flips a byte of a payload and makes the record's CRC-32s anew, as a faulty or a malicious writer would. */
export async function forge(image: string, { at, header }: Found): Promise<void> {
  await flip(image, at + 64 + 5);
  const payload = await readAt(image, at + 64, Math.ceil(header.readUInt32LE(20) / 16) * 16);
  header.writeUInt32LE(crc32(payload), 24);
  header.writeUInt32LE(0, 28);
  header.writeUInt32LE(crc32(header), 28);
  await writeAt(image, at, header);
}
