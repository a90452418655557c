import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mountsAndLoops, settledMountsAndLoops } from "#test/engine/explore/mounts.ts";
import { hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { errorOf, lifeboatError, lifeboatJson, startLifeboatWith } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { openWorkspace } from "#test/engine/image/workspace.ts";

test("an encrypted image is shown to who has its password, also in the background, where nobody reads it from", async () => {
  await using workspace = await openWorkspace();
  const disk = await makeSampleDisk(workspace.path("disk.raw"), SMALL_DISK);
  const [image, good, bad] = ["x.lbi", "good", "bad"].map((name) => workspace.path(name)) as [string, string, string];
  writeFileSync(good, "correct horse battery");
  writeFileSync(bad, "wrong horse battery");
  await lifeboatJson("capture", disk, "--to", image, "--encrypt", "--password-file", good, "--no-verify");
  const before = mountsAndLoops(workspace);
  const folder = workspace.path("mnt");
  const mount = ["image", "mount", image, folder, "--background"];
  expect(await lifeboatError(...mount)).toMatchObject({ code: "PASSWORD_MISSING" });
  expect(await lifeboatError(...mount, "--password-file", bad)).toMatchObject({
    status: 7,
    code: "IMAGE_UNLOCK_FAILED",
  });
  expect(mountsAndLoops(workspace)).toEqual(before);
  await lifeboatJson(...mount, "--password-file", good);
  try {
    const pid = run("pgrep", "-f", `image mount ${image} ${folder}`).trim().split("\n")[0];
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toMatch(/horse|good/);
    expect(Object.keys(hashTree(join(folder, "1-ext4-root")))).toHaveLength(7);
  } finally {
    await lifeboatJson("image", "unmount", folder);
  }
  const args = ["image", "ls", image, "/1-ext4-root/a folder", "--json"];
  const { stdout } = await startLifeboatWith({ LIFEBOAT_PASSWORD: "correct horse battery" }, ...args).result;
  expect((JSON.parse(stdout) as { entries: unknown[] }).entries).toHaveLength(7);
  const refused = await startLifeboatWith({ LIFEBOAT_PASSWORD: "no" }, ...args).result;
  expect(errorOf(refused, args).code).toBe("IMAGE_UNLOCK_FAILED");
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});
