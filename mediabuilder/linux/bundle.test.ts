import { execFile } from "node:child_process";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { bundlePrograms, ENTRY_POINTS } from "./bundle.ts";

const run = promisify(execFile);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-bundle-"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await bundlePrograms(folder, ENTRY_POINTS);
});

test("every program is one file", async () => {
  expect((await readdir(folder)).sort()).toEqual([
    "bucket-server.js",
    "clone-read-worker.js",
    "console-menu.js",
    "engine-worker.js",
    "lifeboat.js",
    "package.json",
    "rescue-server.js",
    "task-main.js",
  ]);
});

test("the bundled command starts where there is no node_modules", async () => {
  const { stdout } = await run(process.execPath, [join(folder, "lifeboat.js"), "--help"]);
  expect(stdout).toContain("restore");
});

test("the bundled rescue server starts, and refuses what it does not know", async () => {
  const failure = await run(process.execPath, [join(folder, "rescue-server.js"), "--no-such-option"]).catch((e) => e);
  expect(failure).toMatchObject({ code: 2, stderr: expect.stringContaining("--listen") });
});

test("the bundled command finds its threads, and works without the packages of the checkout", async () => {
  const [disk, image] = [join(folder, "disk.raw"), join(folder, "disk.lbi")];
  await writeFile(disk, Buffer.alloc(3 << 20, "lifeboat"));
  const lifeboat = (...args: string[]) =>
    run(process.execPath, [join(folder, "lifeboat.js"), ...args], {
      env: { ...process.env, LIFEBOAT_STATE: join(folder, "jobs") },
    });
  await lifeboat("capture", disk, "--to", image);
  const { stdout } = await lifeboat("image", "verify", image);
  expect(stdout).toContain("is intact: 3 chunks");
});
