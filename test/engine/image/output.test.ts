import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lifeboatError, startLifeboatWith } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat", import.meta.url));

test("a log that nobody reads any more ends no capture, and an answer that nobody reads is no fault", async () => {
  await using space = await openWorkspace();
  const [disk, image] = [await noisyDisk(space.path("disk.img"), 8 * MIB), space.path("disk.lbi")];
  const env = { LIFEBOAT_STATE: space.path("state") };
  const capture = startLifeboatWith(env, "capture", disk, "--to", image, "--limit", "4M");
  capture.child.stderr?.destroy();
  expect((await capture.result).status).toBe(0);
  const show = startLifeboatWith(env, "image", "show", image);
  show.child.stdout?.destroy();
  expect(await show.result).toMatchObject({ status: 0, stderr: "" });
  const full = `"${LIFEBOAT}" image show "${image}" 2>&1 >/dev/full; echo "status $?"`;
  expect((await runTool("sh", ["-c", full])).stdout).toMatch(/standard output: .*no space left.*status 6/s);
});

test("a place for notes that cannot be used fails no job", async () => {
  await using space = await openWorkspace();
  const [disk, image] = [await noisyDisk(space.path("disk.img"), 2 * MIB), space.path("disk.lbi")];
  await writeFile(space.path("file"), "");
  const run = startLifeboatWith({ LIFEBOAT_STATE: space.path("file/jobs") }, "capture", disk, "--to", image);
  expect(await run.result).toMatchObject({ status: 0 });
});

test("a volume that is too small is refused, not left out", async () => {
  await using space = await openWorkspace();
  const disk = await noisyDisk(space.path("disk.img"), 2 * MIB);
  const error = await lifeboatError("capture", disk, "--to", space.path("disk.lbi"), "--split", "3K");
  expect(error).toMatchObject({ status: 2, code: "USAGE" });
});
