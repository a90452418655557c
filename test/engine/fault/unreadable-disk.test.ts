import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { codeOf, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

/** A loop device, and a file system of the host's that is mounted from it where that is asked for. */
async function openLoop(mounted: boolean) {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-unreadable-"));
  const file = await blankDisk(join(folder, "disk.img"), 16 * MIB);
  await runTool("mkfs.ext4", ["-q", file]);
  const loop = await attachLoop(file);
  const point = join(folder, "mounted");
  await mkdir(point);
  if (mounted) await runTool("mount", [loop.path, point]);
  return {
    path: loop.path,
    point,
    async [Symbol.asyncDispose]() {
      if (mounted) await runTool("umount", [point]);
      await loop[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function shown(path: string, rules: readonly string[]): Promise<Disk> {
  const result = await runFaulty(rules, ["disk", "show", path]);
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Disk;
}

test.each([
  ["EIO", "failing"],
  ["ENOMEDIUM", "no-medium"],
  ["ENXIO", "gone"],
  ["EPERM", "not-permitted"],
])("a disk that gives %s is shown as %s, and not as in use; it is no target", async (errno, reason) => {
  await using loop = await openLoop(false);
  const gone = `gone ${loop.path} ${errno}`;
  expect(await shown(loop.path, [gone])).toMatchObject({ inUse: [], unreadable: { reason } });
  expect(await shown(loop.path, [])).not.toHaveProperty("unreadable");
  const args = ["capture", loop.path, "--to", join(tmpdir(), "lifeboat-none.lbi")];
  const refused = await runFaulty([gone], args);
  expect([codeOf(refused, args), refused.status]).toEqual(["OPEN_FAILED", 6]);
});

test("one that is mounted and fails is both", async () => {
  await using loop = await openLoop(true);
  const { inUse, unreadable } = await shown(loop.path, [`gone ${loop.path} EIO`]);
  expect([inUse, unreadable?.reason]).toEqual([[`${loop.path} is mounted at ${loop.point}`], "failing"]);
});
