import { copyFileSync, existsSync } from "node:fs";
import { rename, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, readAt, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/**
 * The format's documents are enough: a reader in Python, written from them alone and sharing no code with the
 * product, restores what the product restores, and refuses what they say must be refused.
 */
const READER = fileURLToPath(new URL("../../doubles/reader.py", import.meta.url));
const CHUNK = 3;
const SEALED = 7;

let space: Workspace;
let password: readonly string[];
let images: Readonly<Record<"plain" | "encrypted" | "split", string>>;

beforeAll(async () => {
  space = await openWorkspace();
  const disk = await makeSampleDisk(space.path("disk.img"), GPT_DISK);
  await writeFile(space.path("password"), "\ufeffein Paßwort, 密码 und e\u0301\r\n");
  password = ["--password-file", space.path("password")];
  const [plain, encrypted, split] = await Promise.all([
    capture(disk, "plain"),
    capture(disk, "encrypted", ...password),
    capture(disk, "split", ...password, "--split", "16M", "--level", "none"),
  ]);
  images = { plain, encrypted, split };
}, 120_000);
afterAll(() => space[Symbol.asyncDispose]());

async function capture(disk: string, name: string, ...options: string[]): Promise<string> {
  const image = space.path(`${name}.lbi`);
  const report = await lifeboatJson<CaptureReport>("capture", disk, "--to", image, "--no-verify", ...options);
  if (name === "split") expect(report.volumes).toBe(2);
  return image;
}

/** @returns the reader's only line on standard error; "" when it restored the image */
async function read(image: string, target: string, ...options: readonly string[]): Promise<string> {
  const args = ["-B", READER, image, target, ...options];
  const { status, stderr } = await runTool("/usr/bin/python3", args, { accept: [0, 1] });
  expect(stderr.split("\n").length - 1, stderr).toBe(status);
  return stderr.trim();
}

async function refusal(image: string, ...options: readonly string[]): Promise<string> {
  const target = space.path("refused.img");
  const words = await read(image, target, ...options);
  expect([existsSync(target), existsSync(`${target}.partial`)], words).toEqual([false, false]);
  return words;
}

test.each(["plain", "encrypted", "split"] as const)(
  "it restores what we restore, of the image that is %s",
  async (name) => {
    const [mine, theirs] = [space.path(`${name}.mine`), space.path(`${name}.theirs`)];
    const options = name === "plain" ? [] : password;
    await blankDisk(mine, GPT_DISK.size);
    const args = ["--to", mine, "--yes-erase", mine, "--no-verify", ...options];
    const [words, restored] = await Promise.all([
      read(images[name], theirs, ...options),
      lifeboat("restore", images[name], ...args),
    ]);
    expect([words, restored.status], restored.stderr).toEqual(["", 0]);
    expect(await sha256File(theirs)).toBe(await sha256File(mine));
  },
);

interface Found {
  readonly at: number;
  readonly header: Buffer;
}

/** The records of a file, from byte `at` to its footer. */
async function* readRecords(image: string, at: number): AsyncGenerator<Found> {
  for (;;) {
    const header = await readAt(image, at, 64);
    if (header.toString("latin1", 0, 4) !== "LBRC") return;
    yield { at, header };
    at += 64 + Math.ceil(header.readUInt32LE(20) / 16) * 16;
  }
}

function copyOf(image: string): string {
  const copy = space.path("copy.lbi");
  copyFileSync(image, copy);
  return copy;
}

async function flip(image: string, at: number): Promise<void> {
  const [byte = 0] = await readAt(image, at, 1);
  await writeAt(image, at, Uint8Array.of(byte ^ 0x10));
}

/** Flips a byte of a payload and makes the record's CRC-32s anew, as a faulty or a malicious writer would. */
async function forge(image: string, { at, header }: Found): Promise<void> {
  await flip(image, at + 64 + 5);
  const payload = await readAt(image, at + 64, Math.ceil(header.readUInt32LE(20) / 16) * 16);
  header.writeUInt32LE(crc32(payload), 24);
  header.writeUInt32LE(0, 28);
  header.writeUInt32LE(crc32(header), 28);
  await writeAt(image, at, header);
}

const holdsData = ({ header }: Found): boolean => header[4] === CHUNK && header.readUInt32LE(20) > 0;

test("a flipped byte in a chunk, in the catalogue or in the footer is refused", async () => {
  const records = await Array.fromAsync(readRecords(images.plain, 4096));
  const [chunk, catalogue] = [records.find(holdsData)?.at ?? 0, records.at(-1)?.at ?? 0];
  const { size } = await stat(images.plain);
  for (const [at, words] of [
    [chunk + 64, `chunk at byte ${chunk}: its payload is damaged`],
    [chunk + 9, `chunk at byte ${chunk}: its header is damaged`],
    [catalogue + 64, `catalogue at byte ${catalogue}: its payload is damaged`],
    [size - 128 + 56, "its footer is damaged"],
  ] as const) {
    const copy = copyOf(images.plain);
    await flip(copy, at);
    expect(await refusal(copy)).toBe(`${copy}: ${words}`);
  }
});

test("a byte changed with its CRC-32s is told by SHA-256, or by the tag", async () => {
  const plain = copyOf(images.plain);
  const chunk = (await Array.fromAsync(readRecords(plain, 4096))).find(
    (found) => holdsData(found) && found.header[5] === 0,
  );
  await forge(plain, chunk as Found);
  expect(await refusal(plain)).toContain("its content does not match its SHA-256");

  const encrypted = copyOf(images.encrypted);
  const sealed = (await Array.fromAsync(readRecords(encrypted, 4096 * 3))).at(0) as Found;
  expect(sealed.header[4]).toBe(SEALED);
  await forge(encrypted, sealed);
  expect(await refusal(encrypted, ...password)).toContain("its tag does not match");
});

test("a wrong password, none, one too many, and a missing volume are refused", async () => {
  await writeFile(space.path("wrong"), "ein Passwort");
  const wrong = await refusal(images.encrypted, "--password-file", space.path("wrong"));
  expect(wrong).toBe(`${images.encrypted}: is not opened by this password`);
  expect(await refusal(images.encrypted)).toContain("is encrypted");
  expect(await refusal(images.plain, ...password)).toContain("is not encrypted");
  const moved = space.path("moved");
  await rename(`${images.split}.002`, moved);
  expect(await refusal(images.split, ...password)).toContain(`${images.split}.002 is missing`);
  await rename(moved, `${images.split}.002`);
});
