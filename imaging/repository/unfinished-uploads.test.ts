import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLease } from "#imaging/repository/lease.ts";
import { createRepository, type Repository } from "#imaging/repository/repository.ts";
import { removeUnfinishedUploads, unfinishedUploads } from "#imaging/repository/unfinished-uploads.ts";

let root: string;
let repository: Repository;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lifeboat-uploads-"));
  repository = await createRepository(root, [], { program: "lifeboat", version: "0", platform: "linux x64" });
});
afterEach(() => rmSync(root, { recursive: true }));

const UPLOAD = `upload-${"0a".repeat(12)}`;
const left = () => readdir(repository.folders.uploads);

test("where there are none, none are left", async () => {
  expect(await unfinishedUploads(repository)).toEqual([]);
});

test("a clean-up removes uploads and nothing else, and not while somebody else writes", async () => {
  await mkdir(repository.folders.uploads);
  for (const name of [UPLOAD, "upload-of-mine", `${UPLOAD}.txt`])
    await writeFile(join(repository.folders.uploads, name), "");
  await using own = await takeLease(repository, "clean-up");
  {
    await using _capture = await takeLease(repository, "capture", "x");
    expect(await unfinishedUploads(repository, own.id)).toEqual([]);
    await removeUnfinishedUploads(repository, own.id);
    expect(await left()).toHaveLength(3);
  }
  await using _reader = await takeLease(repository, "read");
  expect(await unfinishedUploads(repository, own.id)).toEqual([join(repository.folders.uploads, UPLOAD)]);
  await removeUnfinishedUploads(repository, own.id);
  expect((await left()).toSorted()).toEqual([`${UPLOAD}.txt`, "upload-of-mine"]);
});
