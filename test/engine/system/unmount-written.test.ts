import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unmountWritten } from "#imaging/system/unmount-written.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { MIB } from "#test/fixtures/debian/layout.ts";

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

/** Somebody with a mount namespace of his own, who has a copy of each mount that there is now. */
async function somebody(mounted: string): Promise<ChildProcess> {
  const child = spawn("unshare", ["--mount", "--propagation", "private", "sleep", "infinity"], { stdio: "ignore" });
  await once(child, "spawn");
  // It is unshare until it has its namespace.
  while ((await readFile(`/proc/${child.pid}/comm`, "utf8")) !== "sleep\n") await sleep(20);
  expect(await readFile(`/proc/${child.pid}/mounts`, "utf8")).toContain(` ${mounted} `);
  return child;
}

test.each([
  ["ext4", ["mkfs.ext4", "-q"], ["e2fsck", "-f", "-n"], "ro,noload"],
  ["xfs", ["mkfs.xfs", "-q"], ["xfs_repair", "-n", "-f"], "ro,norecovery"],
  ["btrfs", ["mkfs.btrfs", "-q"], ["btrfs", "check", "--readonly"], "ro"],
] as const)(
  "what was written to %s is on its device, also while another mount namespace has a copy",
  async (type, [mkfs, ...args], [check, ...how], asItIs) => {
    const image = emptyImage(space.path(`${type}.img`), 320 * MIB);
    run(mkfs, ...args, image);
    const folder = space.path(`${type}.mount`);
    await mkdir(folder);
    run("mount", "-o", "loop", image, folder);
    const holder = await somebody(folder);
    const copy = space.path(`${type}.copy`);
    try {
      await writeFile(join(folder, "note"), "written last");
      await unmountWritten(folder, "test");
      await copyFile(image, copy);
    } finally {
      const ended = once(holder, "exit");
      holder.kill("SIGKILL");
      await ended;
    }
    run(check, ...how, copy);
    expect(withMount(copy, asItIs, (root) => run("cat", join(root, "note")))).toBe("written last");
  },
);
