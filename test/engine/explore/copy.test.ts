import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyFiles } from "#imaging/explore/copy/copy-files.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";
import { allocated, describeTree } from "#test/engine/explore/describe-tree.ts";
import { mountsAndLoops, settledMountsAndLoops } from "#test/engine/explore/mounts.ts";
import { makeRichImage } from "#test/engine/explore/rich-disk.ts";
import { withProgram } from "#test/engine/explore/rich-volumes.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;
const EXT4 = "1-ext4-rich_ext4_root";
const NTFS = "2-ntfs-Windows";

interface Trouble {
  readonly name: string;
  readonly reason: string;
}
interface Report {
  readonly entries: number;
  readonly losses: readonly { text: string; count: number; names: readonly string[] }[];
  readonly damaged: readonly Trouble[];
  readonly failed: readonly Trouble[];
  readonly incomplete: readonly Trouble[];
}

let workspace: Workspace;
let rich: Awaited<ReturnType<typeof makeRichImage>>;
let before: string[];
beforeAll(async () => {
  workspace = await openWorkspace();
  rich = await makeRichImage(workspace.folder, ["ext4", "ntfs"]);
  before = mountsAndLoops(workspace);
});
afterAll(async () => {
  expect(await settledMountsAndLoops(workspace, before)).toEqual(before);
  await workspace[Symbol.asyncDispose]();
});

const copy = (...args: string[]) => lifeboatJson<Report>("image", "cp", rich.image, ...args);

async function onMountedExt4(name: string, use: (root: string) => Promise<void>): Promise<void> {
  const file = workspace.path(name);
  const root = workspace.path(`${name}.root`);
  run("mke2fs", "-q", "-F", "-t", "ext4", emptyImage(file, 64 * MIB));
  mkdirSync(root);
  run("mount", "-o", "loop", file, root);
  try {
    await use(root);
  } finally {
    run("umount", root);
  }
}

test("a copy on ext4 has everything: owners, permissions, ACLs, attributes, times, links, holes, pipes, sockets, devices", async () => {
  await onMountedExt4("whole", async (root) => {
    const report = await copy(`/${EXT4}`, root);
    expect(report).toMatchObject({ losses: [], damaged: [], failed: [], incomplete: [] });
    const wanted = withMount(rich.files[0] ?? "", "ro,noload", describeTree);
    expect(wanted["lists"]).toContain("user:1111:rw-");
    expect(wanted["attributes"]).toMatch(/security\.capability[\s\S]*user\.colour="blue"/);
    expect(describeTree(join(root, EXT4))).toEqual(wanted);
    expect(allocated(join(root, EXT4), "folder/sparse.bin")).toBeLessThan(64 << 10);
  });
});

test("single files, a new name, and what a link of the image's system leads to", async () => {
  const into = workspace.path("single");
  mkdirSync(into);
  await copy(`/${EXT4}/folder/plain.txt`, `/${EXT4}/way/second name.bin`, into);
  expect(Object.keys(hashTree(into))).toEqual(["plain.txt", "second name.bin"]);
  await copy(`/${EXT4}/folder/list.txt`, join(into, "renamed.txt"));
  expect(readFileSync(join(into, "renamed.txt"), "utf8")).toBe("who may\n");
  // `absolute` points to /etc/passwd, which this machine has and the image has not.
  const { code } = await lifeboatError("image", "cp", rich.image, `/${EXT4}/folder/absolute/`, into);
  expect(code).toBe("NOT_FOUND");
  await copy(`/${EXT4}/folder/absolute`, into);
  expect(run("readlink", join(into, "absolute"))).toBe("/etc/passwd\n");
});

test("nothing is overwritten unless that was asked for, and then not through a link", async () => {
  const into = workspace.path("existing");
  mkdirSync(into);
  const elsewhere = workspace.path("elsewhere");
  writeFileSync(elsewhere, "untouched");
  symlinkSync(elsewhere, join(into, "plain.txt"));
  const refused = await lifeboatError("image", "cp", rich.image, `/${EXT4}/folder/plain.txt`, into);
  expect(refused).toMatchObject({ status: 7, code: "COPY_EXISTS", details: { count: 1 } });
  writeFileSync(join(into, "plain.txt.~1~"), "a backup of the user's");
  await copy("--overwrite", `/${EXT4}/folder/plain.txt`, into);
  expect(readFileSync(join(into, "plain.txt"), "utf8")).toBe("plain\n");
  expect(readFileSync(elsewhere, "utf8")).toBe("untouched");
  expect(readdirSync(into).sort()).toEqual(["plain.txt", "plain.txt.~1~"]);
});

test("a file that is replaced stays until its copy is whole: not where the image is damaged, nor without room", async () => {
  const into = workspace.path("replaced");
  mkdirSync(join(into, "folder"), { recursive: true });
  for (const name of ["large.bin", "plain.txt"]) writeFileSync(join(into, "folder", name), "the old one");
  const image = await damagedCopy("rotten.lbi");
  const { code } = await lifeboatError("image", "cp", image, `/${EXT4}/folder`, into, "--overwrite");
  expect(code).toBe("COPY_INCOMPLETE");
  expect(readFileSync(join(into, "folder/large.bin"), "utf8")).toBe("the old one");
  expect(readFileSync(join(into, "folder/plain.txt"), "utf8")).toBe("plain\n");
  expect(readdirSync(join(into, "folder"), { recursive: true }).filter((name) => /~$/.test(`${name}`))).toEqual([]);
  await onMountedExt4("no-room", async (root) => {
    writeFileSync(join(root, "large.bin"), "the old one");
    writeFileSync(join(root, "filler"), Buffer.alloc(2 * MIB, 1));
    run("sh", "-c", `dd if=/dev/zero of='${root}/filler' bs=64k status=none || true`);
    const full = await lifeboatError("image", "cp", rich.image, `/${EXT4}/folder/large.bin`, root, "--overwrite");
    expect(full.code).toBe("COPY_INCOMPLETE");
    expect(readFileSync(join(root, "large.bin"), "utf8")).toBe("the old one");
    expect(readdirSync(root).sort()).toEqual(["filler", "large.bin", "lost+found"]);
  });
});

test("a copy that is given up puts back what it had replaced", async () => {
  const into = workspace.path("given-up");
  mkdirSync(into);
  for (const name of ["large.bin", "plain.txt"]) writeFileSync(join(into, name), "the old one");
  const paths = ["large.bin", "plain.txt"].map((name) => `/${EXT4}/folder/${name}`);
  const opened = await openImage(rich.image);
  const controller = new AbortController();
  const copying = async () => {
    await using exploration = await explorePrivately(opened, { signal: controller.signal });
    // This process serves what cp reads, so it looks between two answers.
    const look = setInterval(() => {
      if (readdirSync(into).some((name) => /~$/.test(name))) controller.abort(new Error("given up"));
    }, 0);
    try {
      for await (const _ of copyFiles(exploration, paths, into, { overwrite: true, signal: controller.signal }));
    } finally {
      clearInterval(look);
    }
  };
  await expect(copying()).rejects.toThrow("given up");
  expect(readdirSync(into).sort()).toEqual(["large.bin", "plain.txt"]);
  for (const name of readdirSync(into)) expect(readFileSync(join(into, name), "utf8")).toBe("the old one");
});

const COMPRESSION_LOST = {
  text: "the NTFS compression is lost: the copies take more room",
  ...{ count: 1, names: [`/${NTFS}/Users/compressed.txt`] },
};

test("a copy on NTFS has the descriptors, the attributes and the streams", async () => {
  const target = workspace.path("target.ntfs");
  run("mkntfs", "-q", "-F", "-Q", emptyImage(target, 40 * MIB));
  const root = workspace.path("ntfs-root");
  mkdirSync(root);
  run("ntfs-3g", "-o", "streams_interface=xattr", target, root);
  try {
    const report = await copy(`/${NTFS}/Users`, root);
    expect(report).toMatchObject({ losses: [COMPRESSION_LOST], failed: [], incomplete: [] });
    const source = withProgram("ntfs-3g", "ro,streams_interface=xattr", rich.files[1] ?? "", (from) =>
      ntfsFacts(join(from, "Users")),
    );
    expect(source.streams).toContain("ZoneId=3");
    expect(source.letter).toContain("0x26000000");
    expect(ntfsFacts(join(root, "Users"))).toEqual(source);
  } finally {
    run("umount", root);
  }
});

const ntfsFacts = (root: string) => ({
  streams: run("env", "-C", root, "getfattr", "-R", "-P", "-d", "-m", "-", "."),
  descriptors: run("env", "-C", root, "getfattr", "-R", "-P", "-e", "hex", "-n", "system.ntfs_acl", "."),
  letter: run("env", "-C", root, "getfattr", "-e", "hex", "-n", "system.ntfs_attrib", "Anna/letter.txt"),
  hashes: hashTree(root),
});

test("what the target cannot keep is said, with counts and names", async () => {
  const into = workspace.path("from-ntfs");
  mkdirSync(into);
  const { losses } = await copy(`/${NTFS}/Users`, into);
  expect(losses.map(({ text }) => text)).toEqual([
    COMPRESSION_LOST.text,
    "the NTFS security descriptors and attributes are lost",
    "the alternate data streams become extended attributes",
  ]);
  expect(losses[2]).toMatchObject({ count: 1, names: [`/${NTFS}/Users/Anna/photo.jpg`] });
  const file = workspace.path("target.exfat");
  run("mkfs.exfat", emptyImage(file, 64 * MIB));
  await withExfat(file, async (root) => {
    const report = await copy(
      `/${EXT4}/folder/deeper`,
      `/${EXT4}/folder/list.txt`,
      `/${EXT4}/folder/fifo`,
      `/${EXT4}/way`,
      root,
    );
    const said = Object.fromEntries(report.losses.map(({ text, count }) => [text, count]));
    expect(said).toMatchObject({
      "the permissions are lost": 4,
      "the access control lists are lost": 2,
      "the extended attributes are lost": 2,
      "symbolic links cannot be there, and are left out": 1,
      "sockets, pipes and device nodes cannot be there, and are left out": 1,
    });
    expect(report.failed).toEqual([]);
    expect(Object.keys(hashTree(root))).toEqual(["deeper/second name.bin", "list.txt"]);
  });
});

async function withExfat(file: string, use: (root: string) => Promise<void>): Promise<void> {
  const root = `${file}.root`;
  mkdirSync(root);
  const loop = run("losetup", "--find", "--show", file).trim();
  run("mount.exfat-fuse", loop, root);
  run("losetup", "--detach", loop);
  try {
    await use(root);
  } finally {
    run("umount", root);
  }
}

/** The chunk that holds the middle of large.bin, and of nothing else. */
async function damagedCopy(name: string): Promise<string> {
  const content = withMount(rich.files[0] ?? "", "ro,noload", (root) => readFileSync(join(root, "folder/large.bin")));
  const place = readFileSync(rich.disk).indexOf(content.subarray(1.6 * MIB, 1.6 * MIB + 256));
  const chunk = (await listChunks(await openImage(rich.image))).findLast(({ diskOffset }) => diskOffset <= place);
  const image = workspace.path(name);
  await copyFile(rich.image, image);
  await writeAt(image, (chunk?.recordOffset ?? 0) + 100, Buffer.from("rot"));
  return image;
}

test("a damaged file is named and leaves nothing, all others are copied, and the exit status says so", async () => {
  const image = await damagedCopy("damaged.lbi");
  const into = workspace.path("from-damaged");
  mkdirSync(into);
  const { status, stdout, stderr } = await lifeboat("image", "cp", image, `/${EXT4}/folder`, into, "--json");
  const report = JSON.parse(stdout) as Report;
  expect(report.damaged.map(({ name }) => name).sort()).toEqual([
    `/${EXT4}/folder/deeper/second name.bin`,
    `/${EXT4}/folder/large.bin`,
  ]);
  expect(status).toBe(5);
  expect(stderr).toContain('"code":"COPY_INCOMPLETE"');
  const wanted = hashTreeOfExt4();
  delete wanted["folder/large.bin"];
  delete wanted["folder/deeper/second name.bin"];
  expect(hashTree(into)).toEqual(wanted);
});

const hashTreeOfExt4 = (): Record<string, string> => withMount(rich.files[0] ?? "", "ro,noload", hashTree);

test("a target that is full is said, with what is missing", async () => {
  const file = workspace.path("small");
  run("mke2fs", "-q", "-F", "-t", "ext4", emptyImage(file, 2 * MIB));
  const root = workspace.path("small.root");
  mkdirSync(root);
  run("mount", "-o", "loop", file, root);
  try {
    const { status, code } = await lifeboatError("image", "cp", rich.image, `/${EXT4}/folder/large.bin`, root);
    expect([status, code]).toEqual([5, "COPY_INCOMPLETE"]);
    expect(existsSync(join(root, "large.bin"))).toBe(false);
  } finally {
    run("umount", root);
  }
  expect(check("losetup", "-j", file).output).toBe("");
});
