import { rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mountsAndLoops, settledMountsAndLoops } from "#test/engine/explore/mounts.ts";
import { captureVolumes } from "#test/engine/explore/rich-disk.ts";
import { RICH } from "#test/engine/explore/rich-volumes.ts";
import { run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { lifeboat, lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { encrypt } from "#test/engine/volume/luks-volume.ts";
import { sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const PRIVATE = "/run/lifeboat/explore";

let workspace: Workspace;
let image: string;
let before: string[];
beforeAll(async () => {
  workspace = await openWorkspace();
  const luks = encrypt(sampleExt4(workspace.path("plain"), 16 * MIB, 1024), workspace.path("luks"), { key: "secret" });
  const lvm = await volumeGroup(workspace.folder);
  ({ image } = await captureVolumes(workspace.folder, [RICH.ext4(workspace.path("ext4")), luks, lvm]));
  before = mountsAndLoops(workspace);
});
afterAll(async () => {
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
  expect(await readdir(PRIVATE)).toEqual([]);
  await workspace[Symbol.asyncDispose]();
});

/** Two logical volumes, of which one lies in pieces out of order. */
async function volumeGroup(folder: string): Promise<string> {
  using files = scratch();
  await using group = await VolumeGroup.make(folder, [64 * MIB]);
  await group.create("root", 24, [], [":30-41", ":10-21"]);
  await group.create("data", 16);
  await group.fill("root", sampleExt4(join(files.path, "root"), 24 * MIB, 1024));
  await group.fill("data", sampleExt4(join(files.path, "data"), 16 * MIB, 4096));
  return group.files[0] ?? "";
}

interface Listed {
  readonly volumes: readonly { name: string; file: string; shown: boolean; reason?: string }[];
}

test("the root shows the volumes, with those in LVM, and says what is not shown and why", async () => {
  const { volumes } = await lifeboatJson<Listed>("image", "ls", image);
  expect(volumes).toMatchObject([
    { name: "1-ext4-rich_ext4_root", file: "partition-1.img", shown: true },
    {
      name: "2-crypto_LUKS",
      file: "partition-2.img",
      shown: false,
      reason: "it is encrypted: --unlock 2=KEYFILE shows what is in it",
    },
    { name: "3-LVM2_member", file: "partition-3.img", shown: false },
    { name: "3-vg0_root-ext4", file: "partition-3-vg0_root.img", shown: true },
    { name: "3-vg0_data-ext4", file: "partition-3-vg0_data.img", shown: true },
  ]);
});

const treeOf = (folder: string): string => run("sh", "-c", `cd ${folder} && find . -type f | sort | xargs sha256sum`);

full("with its key an encrypted volume is browsed, copied from and mounted as any other", async () => {
  const key = `2=${workspace.path("luks")}.key`;
  const { volumes } = await lifeboatJson<Listed>("image", "ls", image, "--unlock", key);
  expect(volumes.slice(1, 3)).toMatchObject([
    { name: "2-crypto_LUKS", shown: false, reason: "what lies in it is listed below" },
    { name: "2-unlocked-ext4", file: "partition-2-unlocked.img", shown: true },
  ]);
  const [into, wanted, at] = [workspace.path("unlocked"), workspace.path("unlocked-wanted"), workspace.path("at")];
  run("mkdir", wanted);
  run("debugfs", "-R", `rdump / ${wanted}`, workspace.path("plain"));
  await lifeboatJson("image", "cp", image, "/2-unlocked-ext4", into, "--unlock", key);
  expect(treeOf(into)).toBe(treeOf(wanted));
  await lifeboatJson("image", "mount", image, at, "--background", "--partition", "2", "--unlock", key);
  try {
    expect(treeOf(join(at, "2-unlocked-ext4"))).toBe(treeOf(wanted));
  } finally {
    await lifeboatJson("image", "unmount", at);
  }
  rmSync(at, { recursive: true });
  rmSync(into, { recursive: true });
});

test("a key that is wrong, or for what needs none, is refused", async () => {
  const wrong = workspace.path("wrong.key");
  writeFileSync(wrong, "another");
  const refused = (unlock: string) => lifeboatError("image", "ls", image, "--unlock", unlock);
  expect(await refused(`2=${wrong}`)).toMatchObject({ code: "UNLOCK_FAILED" });
  expect(await refused(`1=${wrong}`)).toMatchObject({ code: "USAGE" });
  expect(await refused(`7=${wrong}`)).toMatchObject({ code: "USAGE" });
  expect(await refused("2=/nowhere/key")).toMatchObject({ code: "OPEN_FAILED" });
});

test("the files of a logical volume are those that were put there", async () => {
  const into = workspace.path("from-lvm");
  await lifeboatJson("image", "cp", image, "/3-vg0_root-ext4", into);
  const wanted = workspace.path("wanted");
  run("mkdir", wanted);
  sampleExt4(workspace.path("root"), 24 * MIB, 1024);
  run("debugfs", "-R", `rdump / ${wanted}`, workspace.path("root"));
  expect(treeOf(into)).toBe(treeOf(wanted));
  rmSync(into, { recursive: true });
});

test("a folder is listed as ls does it, and a link leads to where it does in the image's own system", async () => {
  const { entries } = await lifeboatJson<{ entries: Record<string, unknown>[] }>(
    "image",
    "ls",
    image,
    "/1-ext4-rich_ext4_root/folder",
  );
  expect(entries).toHaveLength(10);
  expect(entries.find(({ path }) => path === "plain.txt")).toMatchObject({
    ...{ type: "file", mode: 0o640, uid: 1234, gid: 4321, size: 6, modified: 1_100_000_000.25 },
  });
  expect(entries.find(({ path }) => path === "absolute")).toMatchObject({ type: "link", target: "/etc/passwd" });
  const { stdout } = await lifeboat("image", "ls", image, "/1-ext4-rich_ext4_root/way");
  expect(stdout).toMatch(/^-rw-r--r-- +0:0 +3145805 .* second name\.bin\n$/);
  expect(stdout).not.toContain("passwd");
  for (const path of ["/1-ext4-rich_ext4_root/folder/absolute/", "/9-none", "/1-ext4-rich_ext4_root/../../etc"])
    expect(await lifeboatError("image", "ls", image, path)).toMatchObject({ status: 2, code: "NOT_FOUND" });
  expect(await lifeboatError("image", "ls", image, "/2-crypto_LUKS")).toMatchObject({
    status: 7,
    code: "VOLUME_NOT_SHOWN",
  });
});

test("files are found by their names in all volumes", async () => {
  const { found, notSearched } = await lifeboatJson<{ found: { path: string }[]; notSearched: { name: string }[] }>(
    "image",
    "find",
    image,
    "F1?.BIN",
  );
  const paths = found.map(({ path }) => path);
  expect(paths).toContain("/3-vg0_root-ext4/f12.bin");
  expect(paths).toContain("/3-vg0_data-ext4/sub/f10.bin");
  expect(paths).toHaveLength(18);
  expect(notSearched.map(({ name }) => name)).toEqual(["2-crypto_LUKS"]);
});

test("a listing that is killed leaves mounts, which the next one takes away", async () => {
  const { child, result } = startLifeboat("image", "find", image, "*");
  while (mountsAndLoops(workspace).length < before.length + 3) await new Promise((done) => setTimeout(done, 20));
  child.kill("SIGKILL");
  await result;
  expect(mountsAndLoops(workspace).length).toBeGreaterThan(before.length);
  await lifeboatJson("image", "ls", image);
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});
