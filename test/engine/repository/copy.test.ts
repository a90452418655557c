import { readdirSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { CopyReport } from "#imaging/repository/copy-repository.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { fill } from "#test/engine/repository/fill-file.ts";
import { FULL } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

/** A second place for what a repository holds: plain to encrypted, encrypted to plain, and back to what was lost. */
let space: Workspace;
let password: string[];
let points: CaptureReport[];

beforeAll(async () => {
  space = await openWorkspace();
  await writeFile(space.path("password"), "zweite Stelle");
  password = ["--password-file", space.path("password")];
  const disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  await lifeboatJson("repo", "init", space.path("first"));
  points = [];
  for (const seed of [5, 6]) {
    points.push(
      await lifeboatJson<CaptureReport>("capture", disk, "--to", space.path("first"), "--name", `at ${seed}`),
    );
    await writeAt(disk, 24 << 20, noise(1 << 20, seed));
  }
  await lifeboatJson("image", "note", points[0]?.image ?? "", "before the move", "--label", "keep");
}, 120_000);
afterAll(() => space[Symbol.asyncDispose]());

const copy = (from: string, to: string, ...options: string[]) =>
  lifeboatJson<CopyReport>("repo", "copy", space.path(from), space.path(to), ...options);

async function contentOf(point: string, ...options: string[]): Promise<string> {
  const image = space.path("out.img");
  await rm(image, { force: true });
  await blankDisk(image, SMALL_DISK.size);
  await lifeboatJson("restore", point, "--to", image, "--yes-erase", `file:${image}`, "--no-verify", ...options);
  return sha256File(image);
}

const pointIn = (name: string, report: CaptureReport | undefined): string =>
  join(space.path(name), "points", report?.image.split("/").at(-1) ?? "");

test("all points come over, through an encrypted repository and out of it again", async () => {
  await lifeboatJson("repo", "init", space.path("sealed"), ...password);
  await lifeboatJson("repo", "init", space.path("third"));
  const toSealed = ["--to-password-file", space.path("password")];
  expect(await copy("first", "sealed", ...toSealed)).toMatchObject({
    copied: [expect.any(String), expect.any(String)],
    present: 0,
  });
  expect(await copy("sealed", "third", ...password)).toMatchObject({
    copied: [expect.any(String), expect.any(String)],
  });
  expect(await copy("sealed", "third", ...password)).toMatchObject({ copied: [], present: 2, bytes: 0 });
  for (const report of points) {
    const wanted = await contentOf(report.image);
    expect(await contentOf(pointIn("sealed", report), ...password)).toBe(wanted);
    expect(await contentOf(pointIn("third", report))).toBe(wanted);
  }
  const list = await lifeboatJson<{ path: string; mark: unknown }[]>("image", "list", space.path("third"));
  const first = list.find(({ path }) => path === pointIn("third", points[0]));
  expect(first?.mark).toEqual({ pinned: false, note: "before the move", labels: ["keep"] });
}, 300_000);

full(
  "what one place has lost comes back from the other",
  async () => {
    await lifeboatJson("repo", "init", space.path("poor"));
    await copy("first", "poor");
    const packs = join(space.path("poor"), "packs");
    for (const stream of readdirSync(packs)) await rm(join(packs, stream), { recursive: true });
    expect(await lifeboatError("repo", "check", space.path("poor"))).toMatchObject({ code: "REPOSITORY_DAMAGED" });
    expect((await copy("first", "poor")).mended.length).toBe(2);
    await lifeboatJson("repo", "check", space.path("poor"), "--read-data");
    expect(await contentOf(pointIn("poor", points[1]))).toBe(await contentOf(points[1]?.image ?? ""));
  },
  300_000,
);

test.runIf(FULL)(
  "damage is not copied: the point is named, and the others come over",
  async () => {
    await lifeboatJson("repo", "init", space.path("sick"));
    await copy("first", "sick");
    await lifeboatJson("repo", "init", space.path("well"));
    // The packs of the second point hold what changed between the two alone.
    const packs = join(space.path("sick"), "packs");
    const sizes = readdirSync(packs).map((stream) => join(packs, stream, "chunks.lbp"));
    const smallest = sizes.toSorted((a, b) => statSync(a).size - statSync(b).size)[0] as string;
    await fill(smallest, 0x33);
    const error = await lifeboatError("repo", "copy", space.path("sick"), space.path("well"));
    expect(error).toMatchObject({ code: "REPOSITORY_DAMAGED", details: { points: 1 } });
    expect(await contentOf(pointIn("well", points[0]))).toBe(await contentOf(points[0]?.image ?? ""));
    expect(readdirSync(join(space.path("well"), "points")).filter((name) => name.endsWith(".lbi")).length).toBe(1);
  },
  300_000,
);
