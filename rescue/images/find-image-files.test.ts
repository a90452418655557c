import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { headerBytes } from "#imaging/image/header.ts";
import { findImageFiles, SEARCH_LIMITS } from "#rescue/images/find-image-files.ts";
import { sampleManifest } from "#test/doubles/rescue.ts";

const image = Buffer.concat([Buffer.from("LIFEBOAT"), Buffer.alloc(5000)]);
const volume = (number: number) => {
  const { imageId, createdAt, writer } = sampleManifest();
  const page = headerBytes(
    { imageId, createdAt, writer },
    { number, size: 1 << 26, chunkSize: 1 << 20, incompatible: 0 },
  );
  return Buffer.concat([page, Buffer.alloc(1000)]);
};

let top: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "find-"));
});
afterEach(() => rm(top, { recursive: true }));

async function put(path: string, content: Uint8Array = image) {
  await mkdir(dirname(join(top, path)), { recursive: true });
  await writeFile(join(top, path), content);
}
const search = async (limits = SEARCH_LIMITS) =>
  (await findImageFiles(top, limits)).map((path) => path.slice(top.length + 1));

it("finds images by name or by what they begin with, near the top first", async () => {
  await put("z.lbi");
  await put("backup-of-monday");
  await put("a/b/c/deep.img");
  await put("a/b/c/d/too-deep.lbi");
  await put("a/b/unnamed-and-deep");
  expect(await search()).toEqual(["backup-of-monday", "z.lbi", "a/b/c/deep.img"]);
});

it("passes by raw disk images, unfinished captures, short files and links", async () => {
  await put("raw.img", Buffer.alloc(10_000));
  await put("office.lbi.partial");
  await put("2026-11-28-disk.lbu");
  await put("short.img", Buffer.from("LIFEBOAT"));
  await put("elsewhere/real.lbi");
  await symlink(join(top, "elsewhere/real.lbi"), join(top, "link.lbi"));
  await symlink(top, join(top, "loop"));
  expect(await search()).toEqual(["elsewhere/real.lbi"]);
});

it("lists the points of a repository, the newest first, and no packs, keys or deleted points", async () => {
  await put("repo/lifeboat.repository", Buffer.concat([image, image, image]));
  await put("repo/points/z-20260101T000000Z.lbi");
  await put("repo/points/a-20261231T235959Z.lbi");
  await put("repo/points/b-20260601T120000Z.lbi.partial");
  await put("repo/packs/0/chunks.lbp");
  await put("repo/deleted/gone-20260101T000000Z.lbi");
  expect(await search()).toEqual(["repo/points/a-20261231T235959Z.lbi", "repo/points/z-20260101T000000Z.lbi"]);
});

it("lists a .lbi whatever it holds, for its owner looks for it", async () => {
  await put("damaged.lbi", Buffer.alloc(10));
  expect(await search()).toEqual(["damaged.lbi"]);
});

it("counts a split image once, by its first volume, also when that is the one that is missing", async () => {
  await put("a.lbi", volume(0));
  await put("a.lbi.002", volume(1));
  await put("a.lbi.1000", volume(999));
  await put("deep/er/lost.lbi.002", volume(1));
  await put("deep/er/lost.lbi.003", volume(2));
  await put("renamed.2026", volume(0));
  await put("renamed-volume", volume(1));
  await put("report.002", Buffer.alloc(9000));
  expect(await search()).toEqual(["a.lbi", "renamed.2026", "deep/er/lost.lbi"]);
});

it("stops at its limits", async () => {
  for (let i = 0; i < 20; i++) await put(`${String(i).padStart(2, "0")}.lbi`);
  expect(await search({ ...SEARCH_LIMITS, images: 5 })).toHaveLength(5);
  expect(await search({ ...SEARCH_LIMITS, entries: 7 })).toHaveLength(7);
});
