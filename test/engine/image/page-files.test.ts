import { linkSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-disk.ts";
import { groupText, linearText, lvmVolume } from "#test/doubles/lvm-volume.ts";
import { check, hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, noise, noisyDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const START = MIB;
const SIZE = 60 * MIB;
const FILES = { "pagefile.sys": 12 * MIB, "swapfile.sys": 3 * MIB, "hiberfil.sys": 5 * MIB };

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

/** Mounts a volume with ntfs-3g for as long as `use` runs. */
function mounted<T>(volume: string, options: string, use: (root: string) => T): T {
  const folder = `${volume}.mount`;
  mkdirSync(folder, { recursive: true });
  run("ntfs-3g", "-o", options, volume, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
    for (let i = 0; i < 200 && check("fuser", volume).status === 0; i++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}

const copyRange = (from: string, to: string, ...place: string[]) =>
  runTool("dd", [`if=${from}`, `of=${to}`, "bs=1M", "conv=notrunc,sparse", "status=none", ...place]);

/** A disk with a Windows volume, all its page files full of noise. */
async function windowsDisk(name: string, change: (root: string) => void = () => {}): Promise<string> {
  const volume = await blankDisk(space.path(`${name}.volume`), SIZE);
  await runTool("mkntfs", ["-q", "-F", "-Q", "-s", "512", "-p", "2048", "-H", "255", "-S", "63", volume]);
  mounted(volume, "rw", (root) => {
    writeFileSync(join(root, "before.bin"), noise(2 * MIB + 17, 5));
    for (const [i, [file, size]] of Object.entries(FILES).entries()) {
      const header = file === "hiberfil.sys" ? 4096 : 0; // cleared: not hibernated
      writeFileSync(join(root, file), Buffer.concat([Buffer.alloc(header), noise(size - header, i + 40)]));
    }
    mkdirSync(join(root, "Users"));
    writeFileSync(join(root, "Users", "pagefile.sys"), noise(MIB, 9)); // somebody's own
    change(root);
  });
  const disk = await blankDisk(space.path(`${name}.img`), START + SIZE + 2 * MIB);
  const table = `label: gpt\nstart=2048, size=${SIZE / 512}, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n`;
  await runTool("sfdisk", ["--quiet", disk], { input: table });
  await copyRange(volume, disk, `seek=${START / MIB}`);
  return disk;
}

async function volumeOf(disk: string): Promise<string> {
  const volume = `${disk}.ntfs`;
  rmSync(volume, { force: true });
  await runTool("dd", [
    `if=${disk}`,
    `of=${volume}`,
    "bs=1M",
    `skip=${START / MIB}`,
    `count=${SIZE / MIB}`,
    "status=none",
  ]);
  return volume;
}

const capture = (disk: string, image: string, ...options: string[]) =>
  lifeboatJson<CaptureReport>("capture", disk, "--to", image, ...options);

test("page files come back as zeros of their size, everything else as it was, from a smaller image", async () => {
  const disk = await windowsDisk("clean");
  const before = mounted(await volumeOf(disk), "ro", hashTree);
  const whole = await capture(disk, space.path("whole.lbi"));
  const report = await capture(disk, space.path("clean.lbi"), "--leave-out-page-files");
  const left = Object.values(FILES).reduce((sum, size) => sum + size, 0);
  expect(whole.capturedBytes - report.capturedBytes).toBe(left);
  expect(whole.imageBytes - report.imageBytes).toBeGreaterThan(left * 0.99);
  const shown = await lifeboatJson<{ manifest: { warnings: string[] } }>("image", "show", space.path("clean.lbi"));
  for (const warnings of [report.warnings, shown.manifest.warnings])
    expect(warnings).toEqual([
      "partition 1: the content of pagefile.sys, 12 MiB, was left out; Windows makes it anew",
      "partition 1: the content of swapfile.sys, 3 MiB, was left out; Windows makes it anew",
      "partition 1: the content of hiberfil.sys, 5 MiB, was left out; Windows makes it anew",
    ]);
  expect(whole.warnings).toEqual([]);

  const target = await blankDisk(space.path("clean.out"), statSync(disk).size);
  await lifeboatJson("restore", space.path("clean.lbi"), "--to", target, "--yes-erase", target);
  const volume = await volumeOf(target);
  await runTool("ntfsfix", ["-n", volume]);
  mounted(volume, "ro", (root) => {
    const after = hashTree(root);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, hash] of Object.entries(after))
      expect(hash === before[name], name).toBe(!Object.hasOwn(FILES, name));
    for (const [name, size] of Object.entries(FILES)) {
      expect(statSync(join(root, name)).size, name).toBe(size);
      expect(check("cmp", "-n", String(size), join(root, name), "/dev/zero").status, name).toBe(0);
    }
  });
});

full("page files inside a logical volume are left out too, and nothing else of it", async () => {
  const disk = await windowsDisk("inside");
  const ntfs = await readFile(await volumeOf(disk));
  const text = groupText(linearText("win", [SIZE / MIB, 2]), { peCount: SIZE / MIB + 4 });
  const group = lvmVolume({ size: SIZE + 8 * MIB, text });
  group.set(ntfs, 3 * MIB); // extents start at 1 MiB, and the volume at the third
  const pv = space.path("pv.img");
  await writeFile(pv, group);
  const whole = await capture(pv, space.path("pv-whole.lbi"), "--no-verify");
  const report = await capture(pv, space.path("pv.lbi"), "--no-verify", "--leave-out-page-files");
  expect(whole.capturedBytes - report.capturedBytes).toBe(20 * MIB);
  expect(report.warnings).toContainEqual(
    "the whole disk: vg0/win: the content of pagefile.sys, 12 MiB, was left out; Windows makes it anew",
  );
  const target = await blankDisk(space.path("pv.out"), SIZE + 8 * MIB);
  await lifeboatJson("restore", space.path("pv.lbi"), "--to", target, "--yes-erase", target);
  const volume = space.path("pv.ntfs");
  await runTool("dd", [`if=${target}`, `of=${volume}`, "bs=1M", "skip=3", `count=${SIZE / MIB}`, "status=none"]);
  await runTool("ntfsfix", ["-n", volume]);
  const before = mounted(await volumeOf(disk), "ro", hashTree);
  const after = mounted(volume, "ro", hashTree);
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(Object.keys(FILES).toSorted());
});

test("page files of a dirty volume stay in the image, and so does one that has a second name", async () => {
  const disk = await windowsDisk("linked", (root) => linkSync(join(root, "pagefile.sys"), join(root, "mine.bin")));
  const linked = await capture(disk, space.path("linked.lbi"), "--leave-out-page-files", "--no-verify");
  expect(linked.warnings.map((text) => /content of (\S+),/.exec(text)?.[1])).toEqual(["swapfile.sys", "hiberfil.sys"]);

  const volume = await volumeOf(disk);
  await runTool("ntfsfix", [volume]); // marks it dirty
  await copyRange(volume, disk, `seek=${START / MIB}`);
  const dirty = await capture(disk, space.path("dirty.lbi"), "--leave-out-page-files", "--no-verify");
  expect(dirty.warnings).toContainEqual(
    expect.stringMatching(/^partition 1: page and hibernation files were not left out: it is marked dirty/),
  );
  expect(dirty.capturedBytes).toBeGreaterThan(SIZE);
});

test("a disk that is taken sector by sector keeps them, and says so", async () => {
  const disk = await noisyDisk(space.path("unknown.img"), 4 * MIB);
  for (const options of [[], ["--raw"]]) {
    const image = space.path(`unknown-${options.length}.lbi`);
    const { warnings } = await capture(disk, image, "--leave-out-page-files", "--no-verify", ...options);
    expect(warnings.at(-1)).toMatch(/^page and hibernation files were not left out: the whole disk is captured \(/);
  }
});
