import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { CheckReport } from "#imaging/repository/check.ts";
import type { CleanUpReport } from "#imaging/repository/clean-up.ts";
import { bucketMounts, type CephSpace, openCephSpace, until } from "#test/engine/bucket/ceph-space.ts";
import { stateFolder } from "#test/engine/image/command.ts";
import { blankDisk, sha256File } from "#test/engine/image/workspace.ts";
import { uniqueDisk } from "#test/engine/repository/repo-space.ts";
import { full } from "#test/sample.ts";

/** Repositories in a bucket of a real server, by the command as a user runs it. */
const SIZE = 24 << 20;
let space: CephSpace;
let disk: string;
let repository: string;
let point: string;

beforeAll(async () => {
  space = await openCephSpace();
  disk = await uniqueDisk(space.files.path("disk.img"), SIZE);
  repository = `s3://${space.bucket}/pcs/office`;
  await space.json("repo", "init", repository);
  point = addressOf((await space.json<CaptureReport>("capture", disk, "--to", repository, "--raw")).image);
}, 600_000);
afterAll(() => space[Symbol.asyncDispose]());

const addressOf = (path: string): string => `${repository}/points/${path.split("/").at(-1)}`;
const prefix = "pcs/office/";

async function restored(from: string, name: string): Promise<string> {
  const target = await blankDisk(space.files.path(name), SIZE);
  await space.json("restore", from, "--to", target, "--yes-erase", `file:${target}`);
  return target;
}

test("what is captured into a bucket is checked, listed, verified and restored from there", async () => {
  expect(await space.json("repo", "check", repository, "--read-data")).toMatchObject({ problems: [], whole: 1 });
  const list = await space.json<{ path: string }[]>("image", "list", repository);
  expect(list.map(({ path }) => addressOf(path))).toEqual([point]);
  await space.json("image", "verify", point);
  expect(await sha256File(await restored(point, "target.img"))).toBe(await sha256File(disk));
});

test("nothing secret is kept, and no folder of the bucket stays", async () => {
  for (const entry of await readdir(stateFolder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      expect(await readFile(`${entry.parentPath}/${entry.name}`, "utf8")).not.toContain(
        space.ceph.credentials.secretAccessKey,
      );
  await until(async () => (await bucketMounts()).length === 0);
});

full("points are pinned, noted, deleted and brought back", async () => {
  await space.json("image", "pin", point);
  expect(await space.json("image", "note", point, "before the move")).toMatchObject({ mark: { pinned: true } });
  const name = point.split("/").at(-1) as string;
  await space.json("image", "delete", point);
  expect(await space.keys(`${prefix}deleted/`)).toEqual([`${prefix}deleted/${name}`]);
  expect(await space.json("image", "list", repository)).toEqual([]);
  await space.json("image", "undelete", repository, name.replace(/\.lbi$/, ""));
  const [found] = await space.json<{ mark: object }[]>("image", "list", repository);
  expect(found?.mark).toEqual({ pinned: true, note: "before the move", labels: [] });
});

test("a second point stores nothing again; a clean-up frees what only a deleted one needed, and uploads that were left", async () => {
  const changed = await uniqueDisk(space.files.path("other.img"), SIZE, 11);
  const other = await space.json<CaptureReport>("capture", changed, "--to", repository, "--raw");
  const again = await space.json<CaptureReport>("capture", disk, "--to", repository, "--raw");
  expect(again.imageBytes).toBeLessThan(1 << 20);
  await space.store.beginUpload(`${prefix}packs/left/chunks.lbp`);
  const { notes } = await space.json<CheckReport>("repo", "check", repository);
  expect(notes).toEqual([expect.stringContaining("1 uploads were not ended")]);
  await space.json("image", "delete", addressOf(other.image));
  const { freed } = await space.json<CleanUpReport>("repo", "prune", repository, "--grace", "0s", "--yes");
  expect(freed).toBeGreaterThan(SIZE - (1 << 20));
  expect(await space.store.uploads("")).toEqual([]);
  expect(await space.json("repo", "check", repository, "--read-data")).toMatchObject({
    problems: [],
    notes: [],
    whole: 2,
  });
});

full("a repository is copied into a bucket, and its index made anew there", async () => {
  const local = space.files.path("local");
  await space.json("repo", "init", local);
  await space.json("capture", disk, "--to", local, "--raw");
  const copy = `s3://${space.bucket}/copy`;
  await space.json("repo", "init", copy);
  await space.json("repo", "copy", local, copy);
  for (const key of await space.keys("copy/index/")) await space.store.remove(key);
  expect((await space.error("repo", "check", copy)).code).toBe("REPOSITORY_DAMAGED");
  await space.json("repo", "repair", copy);
  expect(await space.json("repo", "check", copy, "--read-data")).toMatchObject({ problems: [], whole: 1 });
});

full("two captures and a clean-up at once harm nothing", async () => {
  const disks = await Promise.all([21, 22].map((seed) => uniqueDisk(space.files.path(`disk-${seed}`), SIZE, seed)));
  const [first, second] = await Promise.all([
    ...disks.map((path, i) =>
      space.json<CaptureReport>("capture", path, "--to", repository, "--raw", "--name", `pc${i}`),
    ),
    space.json("repo", "prune", repository, "--grace", "0s", "--yes"),
  ]);
  for (const [i, report] of [first, second].entries()) {
    const target = await restored(addressOf((report as CaptureReport).image), `restored-${i}.img`);
    expect(await sha256File(target)).toBe(await sha256File(disks[i] as string));
  }
  expect(await space.json("repo", "check", repository, "--read-data")).toMatchObject({ problems: [] });
});
