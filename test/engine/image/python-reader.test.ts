import { copyFileSync } from "node:fs";
import { rename, stat, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import {
  type Found,
  flip,
  forge,
  holdsData,
  readRecords,
  readWithPython,
  refusalOf,
  SEALED,
} from "#test/engine/image/python-reader.ts";
import { GPT_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { sample } from "#test/sample.ts";

/**
 * The format's documents are enough: a reader in Python, written from them alone and sharing no code with the
 * product, restores what the product restores, and refuses what they say must be refused.
 */
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

const refusal = (image: string, ...options: readonly string[]) => refusalOf(space, image, ...options);

test.each(sample(["encrypted", "plain", "split"] as const, 1))(
  "it restores what we restore, of the image that is %s",
  async (name) => {
    const [mine, theirs] = [space.path(`${name}.mine`), space.path(`${name}.theirs`)];
    const options = name === "plain" ? [] : password;
    await blankDisk(mine, GPT_DISK.size);
    const args = ["--to", mine, "--yes-erase", mine, "--no-verify", ...options];
    const [words, restored] = await Promise.all([
      readWithPython(images[name], theirs, ...options),
      lifeboat("restore", images[name], ...args),
    ]);
    expect([words, restored.status], restored.stderr).toEqual(["", 0]);
    expect(await sha256File(theirs)).toBe(await sha256File(mine));
  },
);

function copyOf(image: string): string {
  const copy = space.path("copy.lbi");
  copyFileSync(image, copy);
  return copy;
}

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
