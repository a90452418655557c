import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { serveFolder, type WebServer } from "#test/doubles/web-server.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { fill } from "#test/engine/repository/fill-file.ts";
import { FULL } from "#test/sample.ts";

/** A repository behind a web server is read as one in a folder, and only what is needed comes over. */
let space: Workspace;
let server: WebServer;
let disk: string;
let point: string;
let address: string;

beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  const repository = space.path("repo");
  await lifeboatJson("repo", "init", repository);
  point = (await lifeboatJson<CaptureReport>("capture", disk, "--to", repository)).image;
  server = await serveFolder(space.folder);
  address = `${server.address}repo/points/${point.split("/").at(-1)}`;
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
});

const cached = (name: string): string[] => ["--cache", space.path(name)];

async function restore(name: string, ...options: string[]): Promise<string> {
  const target = await blankDisk(space.path(name), SMALL_DISK.size);
  await lifeboatJson("restore", address, "--to", target, "--yes-erase", `file:${target}`, ...options);
  return target;
}

const packRequests = (): string[] => server.requests.filter((line) => line.includes("/packs/"));

test("a point restores from its address; a second time nothing but the index comes over", async () => {
  const target = await restore("target.img", ...cached("cache"));
  expect(await usedBytesDiffer(point, disk, target)).toEqual([]);
  expect(packRequests().length).toBeGreaterThan(0);
  expect(packRequests().every((line) => /^GET .* bytes=\d+-\d+$/.test(line))).toBe(true);
  server.requests.length = 0;
  const again = await restore("again.img", ...cached("cache"));
  expect(await usedBytesDiffer(point, disk, again)).toEqual([]);
  expect(packRequests()).toEqual([]);
}, 120_000);

test.runIf(FULL)(
  "list, show and verify take an address",
  async () => {
    const list = await lifeboatJson<{ path: string }[]>("image", "list", `${server.address}repo`, ...cached("cache"));
    expect(list.map(({ path }) => path.split("/").at(-1))).toEqual([point.split("/").at(-1)]);
    const shown = await lifeboatJson<{ rootHash: string }>("image", "show", address, ...cached("cache"));
    expect(await lifeboatJson("image", "verify", address, ...cached("cache"))).toMatchObject({
      rootHash: shown.rootHash,
    });
  },
  120_000,
);

test("what a cache holds is checked: a damaged record is fetched again", async () => {
  const root = space.path("damaged");
  await lifeboatJson("image", "verify", address, "--cache", root);
  const packs = join(root, readdirSync(root)[0] as string, "packs");
  const stream = join(packs, readdirSync(packs)[0] as string);
  await fill(join(stream, readdirSync(stream)[0] as string), 0x55);
  server.requests.length = 0;
  await lifeboatJson("image", "verify", address, "--cache", root);
  expect(packRequests().length).toBeGreaterThan(0);
}, 120_000);

test("nothing is written into a cache: it would be gone when the cache is brought up to date", async () => {
  const root = space.path("written");
  await lifeboatJson("image", "verify", address, "--cache", root);
  const folder = join(root, readdirSync(root)[0] as string);
  const before = readdirSync(folder, { recursive: true }).sort();
  for (const args of [
    ["capture", disk, "--to", folder],
    ["repo", "prune", folder, "--keep-last", "1", "--yes"],
  ])
    expect(await lifeboatError(...args)).toMatchObject({
      code: "USAGE",
      details: { problem: expect.stringContaining("is a cache") },
    });
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
}, 120_000);

test.runIf(FULL)(
  "a cache stays below its size, also when that is less than the image",
  async () => {
    const root = space.path("small");
    await lifeboatJson("image", "verify", address, "--cache", root, "--cache-size", "1M");
    await lifeboatJson("image", "verify", address, "--cache", root, "--cache-size", "1M");
    const packs = join(root, readdirSync(root)[0] as string, "packs");
    const files = readdirSync(packs).flatMap((stream) =>
      readdirSync(join(packs, stream)).map((n) => join(packs, stream, n)),
    );
    expect(files.length).toBe(1); // what is needed at the moment is never removed
    expect(statSync(files[0] as string).blocks).toBeGreaterThan(0);
  },
  120_000,
);

test("a server that is away while a job runs is waited for", async () => {
  server.failNext = "/packs/";
  const { status, stderr } = await lifeboat("image", "verify", address, ...cached("away"), "--wait", "2m");
  expect([status, stderr.includes("503"), stderr.includes("Going on.")], stderr).toEqual([0, true, true]);
  expect(server.failNext).toBeUndefined();
}, 120_000);

test("what is no repository, no point, or not there is said with a code", async () => {
  const options = cached("none");
  expect(await lifeboatError("image", "show", `${server.address}repo/nothing.lbi`, ...options)).toMatchObject({
    code: "USAGE",
  });
  expect(await lifeboatError("image", "show", `${server.address}elsewhere/points/a.lbi`, ...options)).toMatchObject({
    code: "REPOSITORY_NOT_FOUND",
  });
  expect(await lifeboatError("image", "show", `${server.address}repo/points/a.lbi`, ...options)).toMatchObject({
    code: "OPEN_FAILED",
  });
  await rm(space.path("none"), { recursive: true, force: true });
}, 120_000);

test.runIf(FULL)(
  "a repository on a slow share is read through a cache in the same way",
  async () => {
    const root = space.path("slow");
    await lifeboatJson("image", "verify", point, "--cache", root);
    const { status, stderr } = await lifeboat("image", "verify", disk, "--cache", root);
    expect([status, stderr.includes("is none")]).toEqual([2, true]);
  },
  120_000,
);
