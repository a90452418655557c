import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openImage } from "#imaging/image/image-reader.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";
import { mountsAndLoops, settledMountsAndLoops } from "#test/engine/explore/mounts.ts";
import { check, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { sample } from "#test/sample.ts";

let workspace: Workspace;
let image: string;
/** What a restore makes of the image, without a mount. */
let restored: string;
let before: string[];
beforeAll(async () => {
  workspace = await openWorkspace();
  const disk = await makeSampleDisk(workspace.path("disk.raw"), GPT_DISK);
  image = workspace.path("disk.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify");
  restored = await blankDisk(workspace.path("restored.raw"), GPT_DISK.size);
  await lifeboatJson("restore", image, "--to", restored, "--yes-erase", restored, "--no-verify");
  before = mountsAndLoops(workspace);
});
afterAll(async () => {
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
  await workspace[Symbol.asyncDispose]();
});

test.each(sample(["raw", "qcow2", "vmdk", "vhdx"], 2))("as %s it is the disk that a restore makes", async (format) => {
  const file = workspace.path(`exported.${format}`);
  const report = await lifeboatJson<{ verified: boolean }>("image", "export", image, file, "--format", format);
  expect(report.verified).toBe(true);
  expect(run("qemu-img", "compare", "-f", "raw", "-F", format, restored, file)).toContain("identical");
  expect(JSON.parse(run("qemu-img", "info", "--output", "json", file))).toMatchObject({
    format,
    "virtual-size": GPT_DISK.size,
  });
  // Holes are passed over: the data is some 25 MiB.
  expect(statSync(file).blocks * 512).toBeLessThan(32 << 20);
  expect(existsSync(`${file}.partial`)).toBe(false);
});

test("a file that is there is never touched", async () => {
  const file = workspace.path("taken");
  writeFileSync(file, "mine");
  const refused = await lifeboatError("image", "export", image, file, "--format", "raw");
  expect(refused).toMatchObject({ status: 7, code: "FILE_EXISTS" });
  expect(statSync(file).size).toBe(4);
});

test("a damaged image is not exported, and leaves no file", async () => {
  const damaged = workspace.path("damaged.lbi");
  await copyFile(image, damaged);
  const chunks = await listChunks(await openImage(image));
  await writeAt(damaged, (chunks.at(-3)?.recordOffset ?? 0) + 90, Buffer.from("rot"));
  const file = workspace.path("from-damaged.qcow2");
  const refused = await lifeboatError("image", "export", damaged, file, "--format", "qcow2");
  expect(refused).toMatchObject({ status: 5, code: "EXPORT_DAMAGED" });
  expect(readdirSync(workspace.folder).filter((name) => name.startsWith("from-damaged"))).toEqual([]);
});

test("a medium that is full is said, and gets no file", async () => {
  const [file, root] = [workspace.path("small"), workspace.path("small.root")];
  run("mke2fs", "-q", "-F", "-t", "ext4", await blankDisk(file, 8 << 20));
  mkdirSync(root);
  run("mount", "-o", "loop", file, root);
  try {
    const refused = await lifeboatError("image", "export", image, join(root, "x.raw"), "--format", "raw");
    expect(refused).toMatchObject({ status: 8, code: "EXPORT_NO_SPACE" });
    expect(readdirSync(root)).toEqual(["lost+found"]);
  } finally {
    run("umount", root);
  }
});

test("a cancelled export leaves nothing", async () => {
  const file = workspace.path("cancelled.raw");
  const { child, result } = startLifeboat("image", "export", image, file, "--format", "raw");
  while (!existsSync(`${file}.partial`)) await new Promise((done) => setTimeout(done, 10));
  child.kill("SIGINT");
  expect((await result).status).toBe(130);
  expect(readdirSync(workspace.folder).filter((name) => name.startsWith("cancelled"))).toEqual([]);
  expect(check("pgrep", "-f", `qemu-img.*${file}`).output).toBe("");
});
