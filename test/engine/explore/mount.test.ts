import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeTree } from "#test/engine/explore/describe-tree.ts";
import { mountsAndLoops, settledMountsAndLoops } from "#test/engine/explore/mounts.ts";
import { makeRichImage } from "#test/engine/explore/rich-disk.ts";
import { withProgram } from "#test/engine/explore/rich-volumes.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboat, lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const KINDS = ["ext4", "xfs", "btrfs", "ntfs", "exfat", "vfat"] as const;
const FOLDERS = [
  "1-ext4-rich_ext4_root",
  "2-xfs-richxfs",
  "3-btrfs-richbtrfs",
  "4-ntfs-Windows",
  "5-exfat-RICHEXFAT",
  "6-vfat-RICHFAT",
];

interface Report {
  readonly folder: string;
  readonly volumes: readonly { name: string; file: string; shown: boolean; by?: string; reason?: string }[];
}

let workspace: Workspace;
let rich: Awaited<ReturnType<typeof makeRichImage>>;
/** What a restore makes of the image, without a mount. */
let restored: string;
let before: string[];
beforeAll(async () => {
  workspace = await openWorkspace();
  rich = await makeRichImage(workspace.folder, KINDS);
  restored = workspace.path("restored.raw");
  await blankDisk(restored, statSync(rich.disk).size);
  await lifeboatJson("restore", rich.image, "--to", restored, "--yes-erase", restored, "--no-verify");
  before = mountsAndLoops(workspace);
});
afterAll(() => workspace[Symbol.asyncDispose]());

const mount = (name: string, ...args: string[]) =>
  lifeboatJson<Report>("image", "mount", rich.image, workspace.path(name), "--background", ...args);

test("every file system is shown with all that its files have, and its bytes, and nothing is left behind", async () => {
  const { folder, volumes } = await mount("all");
  try {
    expect(volumes.map(({ name, shown }) => [name, shown])).toEqual(FOLDERS.map((name) => [name, true]));
    expect(readdirSync(folder).sort()).toEqual([...FOLDERS, "disk.img", ...volumes.map(({ file }) => file)].sort());
    run("cmp", join(folder, "disk.img"), restored);
    for (const [i, name] of FOLDERS.slice(0, 3).entries()) {
      const options = ["ro,noload", "ro,norecovery,nouuid", "ro,rescue=nologreplay"][i] ?? "";
      if (name.includes("btrfs")) continue; // one device of a UUID at a time
      const wanted = withMount(rich.files[i] ?? "", options, describeTree);
      expect(Object.keys(wanted["hashes"] as object).length).toBeGreaterThan(5);
      expect(describeTree(join(folder, name)), name).toEqual(wanted);
    }
    const ntfs = withProgram("ntfs-3g", "ro", rich.files[3] ?? "", hashTree);
    expect(Object.keys(ntfs)).toHaveLength(3);
    expect(hashTree(join(folder, FOLDERS[3] ?? ""))).toEqual(ntfs);
    const exfat = withProgram("mount.exfat-fuse", "ro", rich.files[4] ?? "", hashTree);
    expect(hashTree(join(folder, FOLDERS[4] ?? ""))).toEqual(exfat);
    expect(Object.values(hashTree(join(folder, FOLDERS[5] ?? ""))).sort()).toEqual(
      expect.arrayContaining(Object.values(exfat).sort()),
    );
    expect(() => run("touch", join(folder, FOLDERS[0] ?? "", "new"))).toThrow(/Read-only/);
  } finally {
    await lifeboatJson("image", "unmount", folder);
  }
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});

test("btrfs files are as in the source", async () => {
  const wanted = withMount(rich.files[2] ?? "", "ro", describeTree);
  const { folder } = await mount("btrfs", "--partition", "3");
  try {
    expect(readdirSync(folder).sort()).toEqual(["3-btrfs-richbtrfs", "disk.img", "partition-3.img"]);
    expect(describeTree(join(folder, "3-btrfs-richbtrfs"))).toEqual(wanted);
  } finally {
    await lifeboatJson("image", "unmount", folder);
  }
});

full("two mounts of one image at once", async () => {
  const first = await mount("first", "--partition", "2");
  const second = await mount("second", "--partition", "2");
  expect(hashTree(join(first.folder, "2-xfs-richxfs"))).toEqual(hashTree(join(second.folder, "2-xfs-richxfs")));
  await lifeboatJson("image", "unmount", first.folder);
  expect(readdirSync(join(second.folder, "2-xfs-richxfs")).length).toBeGreaterThan(1);
  await lifeboatJson("image", "unmount", second.folder);
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});

test("a server that was killed leaves mounts, which unmount takes away", async () => {
  const { folder } = await mount("killed");
  const pid = run("pgrep", "-f", `image mount ${rich.image} ${folder}`).trim().split("\n")[0];
  process.kill(Number(pid), "SIGKILL");
  expect(mountsAndLoops(workspace).length).toBeGreaterThan(before.length + 5);
  await lifeboatJson("image", "unmount", folder);
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(sample(["SIGTERM", "SIGINT", "SIGHUP"] as const, 1))(
  "%s ends a mount in the foreground, and all of it goes",
  async (signal) => {
    const folder = workspace.path(signal);
    const { child, result } = startLifeboat("image", "mount", rich.image, folder, "--json");
    await new Promise((said) => child.stdout?.once("data", said));
    expect(readdirSync(folder)).toContain("disk.img");
    child.kill(signal);
    expect((await result).status).toBe(0);
    expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
  },
);

test("who uses a mount is named, and keeps it until it is forced", async () => {
  const { folder } = await mount("used", "--partition", "1");
  const user = startUser(join(folder, "1-ext4-rich_ext4_root"));
  const refused = await lifeboatError("image", "unmount", folder);
  expect(refused).toMatchObject({ status: 7, code: "MOUNT_IN_USE" });
  expect(refused.text).toMatch(/sleep \(process \d+\)/);
  expect(readdirSync(folder)).toContain("disk.img");
  await lifeboatJson("image", "unmount", folder, "--force");
  expect(readdirSync(folder)).toEqual([]);
  process.kill(user, "SIGKILL");
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});

const startUser = (folder: string): number =>
  Number(run("sh", "-c", `cd '${folder}' && (sleep 60 >/dev/null 2>&1 & echo $!)`));

test("what cannot be mounted on is refused, and nothing is mounted", async () => {
  const taken = workspace.folder;
  expect(await lifeboatError("image", "mount", rich.image, taken)).toMatchObject({
    status: 7,
    code: "MOUNT_POINT_UNUSABLE",
  });
  expect(await lifeboatError("image", "mount", rich.image, workspace.path("x"), "--partition", "9")).toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await lifeboatError("image", "unmount", workspace.path("x"))).toMatchObject({
    status: 2,
    code: "NOT_MOUNTED",
  });
  const { folder } = await mount("twice", "--partition", "1");
  expect(await lifeboatError("image", "mount", rich.image, folder)).toMatchObject({ code: "MOUNT_POINT_UNUSABLE" });
  await lifeboat("image", "unmount", folder);
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
});
