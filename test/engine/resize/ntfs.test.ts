import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RICH, withProgram } from "#test/engine/explore/rich-volumes.ts";
import { blkid, check, emptyImage, hashTree, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise, writeAt } from "#test/engine/image/workspace.ts";
import {
  bringTo,
  expectAborted,
  FULL,
  fillInPieces,
  hashOf,
  lookAt,
  MIB,
  resizer,
  volumeFile,
} from "#test/engine/resize/volume-file.ts";

const ntfs = resizer("ntfs");
const OPTIONS = "streams_interface=xattr,recover";

function make(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-L", "Größe", ...options, path);
  const rich = RICH.ntfs(join(folder, "rich"));
  withProgram("ntfs-3g", `ro,${OPTIONS}`, rich, (from) =>
    withProgram("ntfs-3g", `rw,${OPTIONS},compression`, path, (root) => {
      run("cp", "-R", "--preserve=timestamps,xattr", `${from}/Users`, root);
      mkdirSync(join(root, "Users/Anna/deep/er"), { recursive: true });
      run("setfattr", "-h", "-n", "system.ntfs_attrib", "-v", "0x26000000", join(root, "Users/Anna/letter.txt"));
      writeFileSync(join(root, "Users/Anna/deep/er/ein Name wie ein Satz, so lang wie er eben ist 日本.txt"), "x");
      run("ln", join(root, "Users/Anna/photo.jpg"), join(root, "Users/second name.jpg"));
      fillInPieces(join(root, "pieces"), mib);
    }),
  );
  return path;
}

/** Names, sizes, times, links, contents, streams, and what Windows knows of the files. */
function stateOf(path: string): Record<string, unknown> {
  return withProgram("ntfs-3g", `ro,${OPTIONS}`, path, (root) => {
    const inFolder = (tool: string, ...args: string[]) => run("env", "-C", root, tool, ...args);
    const special = ["system.ntfs_attrib", "system.ntfs_acl", "system.ntfs_times", "system.ntfs_crtime"];
    return {
      ...{ ...blkid(path), hashes: hashTree(root) },
      entries: inFolder("find", ".", "-mindepth", "1", "-printf", "%P|%y|%n|%s|%T@|%C@\n").split("\n").sort(),
      streams: inFolder("getfattr", "-R", "-P", "-d", "-m", "-", ".").split("\n\n").sort(),
      known: special.map((name) => inFolder("getfattr", "-R", "-P", "-h", "-e", "hex", "-n", name, "Users")),
    };
  });
}

async function expectSound(path: string): Promise<void> {
  await ntfs.check(volumeFile(path));
  const { status, output } = check("ntfsresize", "--info", "--force", "--no-progress-bar", path);
  expect(status, output).toBe(0);
}

/** As chkdsk does when all is well: Windows may be missing, but the flag must go. */
const unmark = (path: string) => run("ntfsfix", "--clear-dirty", path);

const KINDS: readonly [string, ...string[]][] = [
  ["clusters of 4 KiB"],
  ["clusters of 512 bytes", "-c", "512"],
  ["clusters of 64 KiB", "-c", "65536"],
];

describe.each(FULL ? KINDS : KINDS.slice(0, 1))("NTFS with %s", (_name, ...options) => {
  it("grows threefold, shrinks to between and to its limit, and keeps all", async () => {
    using folder = scratch();
    const path = make(folder.path, 96, ...options);
    const before = stateOf(path);
    for (const size of [288 * MIB, 200 * MIB + 512 * 77]) {
      await bringTo("ntfs", path, size);
      await expectSound(path);
      // It says that Windows is to check it.
      expect((await ntfs.limits(volumeFile(path))).notSmaller).toMatch(/chkdsk/);
      unmark(path);
      expect(stateOf(path)).toEqual(before);
    }
    const { least, most } = await ntfs.limits(volumeFile(path));
    expect(least).toBeLessThan(120 * MIB);
    expect(most).toBeGreaterThan(1024 ** 4);
    await bringTo("ntfs", path, least);
    await expectSound(path);
    unmark(path);
    expect(stateOf(path)).toEqual(before);
  });
});

describe("an NTFS that is not resized", () => {
  const small = (folder: string): string => {
    const path = emptyImage(join(folder, "volume"), 64 * MIB);
    run("mkntfs", "-q", "-F", "-Q", "-s", "512", path);
    return path;
  };
  const write = (path: string, name: string, bytes: Uint8Array): number =>
    withProgram("ntfs-3g", "rw", path, (root) => {
      writeFileSync(join(root, name), bytes);
      return statSync(join(root, name)).ino;
    });

  it("has a Windows hibernated in it", async () => {
    using folder = scratch();
    const path = small(folder.path);
    const header = new Uint8Array(4096);
    header.set(Buffer.from("hibr"));
    write(path, "hiberfil.sys", header);
    const before = hashOf(path);
    const reason = expect.stringMatching(/Windows is hibernated/);
    const fixed = { notSmaller: reason, notLarger: reason };
    const { size } = await lookAt(path);
    expect(await ntfs.limits(volumeFile(path))).toMatchObject({ least: size, most: size, ...fixed });
    const refused = { code: "RESIZE_FAILED", details: { reason } };
    await expect(ntfs.resize(volumeFile(path), 32 * MIB)).rejects.toMatchObject(refused);
    expect(hashOf(path)).toBe(before);
  });

  it("is marked for chkdsk", async () => {
    using folder = scratch();
    const path = small(folder.path);
    await bringTo("ntfs", path, 80 * MIB);
    const before = hashOf(path);
    const refused = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(/chkdsk/) } };
    await expect(ntfs.resize(volumeFile(path), 70 * MIB)).rejects.toMatchObject(refused);
    expect(hashOf(path)).toBe(before);
    // The mark is no damage.
    await ntfs.check(volumeFile(path));
  });

  it("would not hold its files, or is full", async () => {
    using folder = scratch();
    const path = small(folder.path);
    write(path, "file", noise(40 * MIB, 3));
    const { least } = await ntfs.limits(volumeFile(path));
    const before = hashOf(path);
    await expect(ntfs.resize(volumeFile(path), least - 16 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED" });
    expect(hashOf(path)).toBe(before);
    withProgram("ntfs-3g", "rw", path, (root) => check("dd", "if=/dev/zero", `of=${join(root, "fill")}`, "bs=64k"));
    const { notSmaller, notLarger } = await ntfs.limits(volumeFile(path));
    expect([notSmaller, notLarger]).toEqual([expect.stringMatching(/used up/), undefined]);
    await bringTo("ntfs", path, 96 * MIB);
    await ntfs.check(volumeFile(path));
  });

  it("is damaged", async () => {
    using folder = scratch();
    const path = small(folder.path);
    const record = write(path, "lost", noise(MIB, 3));
    const start = Number(/FILE_MFT: (\d+)/.exec(run("ntfsinfo", "-m", path))?.[1]) * 4096;
    await writeAt(path, start + record * 1024, new Uint8Array(1024));
    const damaged = hashOf(path);
    const unsound = { code: "FILESYSTEM_UNSOUND", details: { tool: "ntfsresize" } };
    await expect(ntfs.limits(volumeFile(path))).rejects.toMatchObject(unsound);
    await expect(ntfs.resize(volumeFile(path), 48 * MIB)).rejects.toMatchObject(unsound);
    await expect(ntfs.check(volumeFile(path))).rejects.toMatchObject(unsound);
    expect(hashOf(path)).toBe(damaged);
  });
});

it("leaves nothing behind when it is aborted", async () => {
  using folder = scratch();
  const path = make(folder.path, 200);
  for (const ms of [5, 150]) {
    const copy = join(folder.path, `${ms}`);
    run("cp", "--sparse=always", path, copy);
    await expectAborted(copy, ms, (signal) => ntfs.resize(volumeFile(copy), 100 * MIB, signal));
  }
});
