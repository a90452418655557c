import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaptureReport, captureDisk } from "#imaging/capture/capture-disk.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { readManifest } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import {
  blankDisk,
  noise,
  noisyDisk,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
let small: string;
beforeAll(async () => {
  space = await openWorkspace();
  small = await makeSampleDisk(space.path("small.img"), SMALL_DISK);
});
afterAll(() => space[Symbol.asyncDispose]());

const requestFor = async (path: string, to: string) => ({
  ...{ disk: await findDisk(path), to, level: "none" as const, raw: false },
  ...{ name: "n", note: "", writerVersion: "0" },
});

test("--raw takes a disk whose table is damaged, says so, and it comes back whole", async () => {
  const source = await noisyDisk(space.path("damaged.img"), SMALL_DISK.size);
  await writeAt(source, 0, await readAt(small, 0, 512));
  const image = space.path("damaged.lbi");
  expect(await lifeboatError("capture", source, "--to", image)).toMatchObject({ status: 4, code: "TABLE_DAMAGED" });
  const report = await lifeboatJson<CaptureReport>("capture", source, "--to", image, "--raw");
  expect(report.warnings).toEqual([expect.stringContaining("the GPT partition table is damaged")]);
  const { manifest } = await readManifest(image);
  expect(manifest).toMatchObject({
    table: { type: "none", problems: [{ code: "TABLE_DAMAGED" }] },
    partitions: [],
    warnings: report.warnings,
  });
  const target = await blankDisk(space.path("damaged.out"), SMALL_DISK.size);
  await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
  expect(await sha256File(target)).toBe(await sha256File(source));
});

full("what stands at the end of the disk comes back, on a larger disk where it was", async () => {
  const source = await blankDisk(space.path("ldm.img"), 24 * MIB);
  await runTool("sfdisk", ["--quiet", source], { input: "label: dos\nsize=4MiB, type=83\n" });
  await writeAt(source, 23 * MIB, noise(MIB, 5));
  const image = space.path("ldm.lbi");
  await lifeboatJson("capture", source, "--to", image);
  for (const size of [24 * MIB, 25 * MIB + 512]) {
    const target = await noisyDisk(space.path("ldm.out"), size);
    await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
    expect((await readAt(target, 23 * MIB, MIB)).equals(noise(MIB, 5))).toBe(true);
  }
});

test("a disk that nobody uses is held while it is captured, and let go afterwards", async () => {
  await using loop = await attachLoop(small);
  const request = await requestFor(loop.path, space.path("held.lbi"));
  const steps = captureDisk(request, new AbortController().signal);
  await steps.next();
  await expect(openDevice(loop.path, { write: true, exclusive: true })).rejects.toMatchObject({
    code: "TARGET_IN_USE",
  });
  await steps.return(undefined as never);
  await using again = await openDevice(loop.path, { exclusive: true });
  expect(again.size).toBe(SMALL_DISK.size);
  const error = await lifeboatError("capture", loop.path, "--to", space.path("other.lbi"));
  expect(error).toMatchObject({ status: 7, code: "SOURCE_IN_USE" });
});

test("a disk that is mounted read-only is captured all the same", async () => {
  const volume = await blankDisk(space.path("ro.img"), 8 * MIB);
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", volume]);
  await using loop = await attachLoop(volume, { readOnly: true });
  await runTool("mkdir", ["-p", space.path("mount")]);
  await runTool("mount", ["-o", "ro", loop.path, space.path("mount")]);
  try {
    const report = await lifeboatJson<CaptureReport>("capture", loop.path, "--to", space.path("ro.lbi"));
    expect(report.regions[0]).toMatchObject({ mode: "used-blocks" });
  } finally {
    await runTool("umount", [space.path("mount")]);
  }
});

test("the image says what the opened disk is, and not what it was when it was looked at", async () => {
  const source = await blankDisk(space.path("changed.img"), 3 * MIB);
  const request = await requestFor(source, space.path("changed.lbi"));
  await blankDisk(source, 5 * MIB);
  const steps = captureDisk(request, new AbortController().signal);
  for (let step = await steps.next(); !step.done; step = await steps.next());
  expect((await readManifest(request.to)).manifest.disk).toMatchObject({ size: 5 * MIB, sectorSize: 512 });
});

test.each([0, 100])("a source of %i bytes is refused, and no image is made", async (size) => {
  const source = await blankDisk(space.path("nothing.img"), size);
  const error = await lifeboatError("capture", source, "--to", space.path("nothing.lbi"), "--raw");
  expect(error).toMatchObject({ status: 6, code: "SOURCE_EMPTY", text: expect.stringContaining(`${size} bytes`) });
});

test("what room the image will need is known long before the first checkpoint", async () => {
  const source = await noisyDisk(space.path("roomy.img"), 24 * MIB);
  const request = { ...(await requestFor(source, space.path("roomy.lbi"))), raw: true, bytesPerSecond: 8 * MIB };
  const forecasts: { needed: number; left: number; free: number }[] = [];
  for await (const { phase, doneBytes, space: room } of captureDisk(request, new AbortController().signal))
    if (phase === "copy" && room) forecasts.push({ ...room, left: 24 * MIB - doneBytes });
  expect(forecasts.length).toBeGreaterThan(2);
  // Noise does not compress. What threads are at has its place already and does not count as done yet, so the beginning looks larger than it is.
  for (const { needed, left, free } of forecasts) {
    expect(needed - left).toBeGreaterThan(-MIB);
    expect(free).toBeGreaterThan(MIB);
  }
  const late = forecasts.filter(({ left }) => left <= 12 * MIB);
  expect(late).not.toEqual([]);
  for (const { needed, left } of late) expect(Math.abs(needed - left)).toBeLessThan(4 * MIB);
});

test("warnings are printed below the table, and image show prints them too", async () => {
  const source = await makeSampleDisk(space.path("warned.img"), SMALL_DISK);
  await writeAt(source, SMALL_DISK.size - 512, Buffer.alloc(512));
  const image = space.path("warned.lbi");
  const { stdout } = await lifeboat("capture", source, "--to", image);
  const shown = await lifeboat("image", "show", image);
  for (const text of [stdout, shown.stdout])
    expect(text.trimEnd().split("\n").slice(-2)).toEqual([
      expect.stringMatching(/^! The backup GPT at LBA \d+ is damaged/),
      expect.stringMatching(
        /^! \d.* MiB outside of partitions are not captured: a capture of every sector takes them$/,
      ),
    ]);
});

test.each([
  ["--name", ""],
  ["--name", "two\nlines"],
  ["--name", "\x1b[31mred"],
  ["--name", "C1 \x9b31m"],
  ["--note", "bell \x07"],
])("%s %j is a mistake in usage, found before anything is read", async (option, value) => {
  const error = await lifeboatError("capture", small, "--to", space.path("never.lbi"), option, value);
  expect(error).toMatchObject({ status: 2, code: "USAGE", text: expect.stringContaining(option) });
});

test.each([
  ["--name", 201],
  ["--note", 4097],
])("%s of %i characters is too long", async (option, length) => {
  const error = await lifeboatError("capture", small, "--to", space.path("never.lbi"), option, "n".repeat(length));
  expect(error).toMatchObject({ status: 2, code: "USAGE", text: expect.stringContaining(`${length} characters`) });
});

test("the longest name and a note of several lines are kept; image show obeys no control character", async () => {
  const source = await blankDisk(space.path("named.img"), MIB);
  const name = "ü".repeat(200);
  const image = space.path("named.lbi");
  await lifeboatJson("capture", source, "--to", image, "--name", name, "--note", "first\nsecond");
  const shown = await lifeboat("image", "show", image);
  expect(shown.stdout).toContain(`${name}, captured`);
  expect(shown.stdout).toContain("note       first\\u{a}second");
  const hostile = { ...(await requestFor(source, space.path("hostile.lbi"))), name: "\x1b]0;x\x07", note: "\x9bA" };
  const steps = captureDisk(hostile, new AbortController().signal);
  for (let step = await steps.next(); !step.done; step = await steps.next());
  const printed = (await lifeboat("image", "show", hostile.to)).stdout;
  expect(printed.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  expect(printed).toContain("\\u{1b}]0;x\\u{7}, captured");
});
