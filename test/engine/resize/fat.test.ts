import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NamesToCopy } from "#imaging/resize/fat/names-to-copy.ts";
import { blkid, check, emptyImage, hashTree, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise, writeAt } from "#test/engine/image/workspace.ts";
import { expectAborted, FULL, hashOf, MIB, rebuilt, resizer, volumeFile } from "#test/engine/resize/volume-file.ts";

const fat = resizer("vfat");

/** mtools, with names in UTF-8. */
const mtools = (tool: string, ...args: string[]) => run("env", "LC_ALL=C.UTF-8", "TZ=UTC", tool, ...args);

const NAMES = [
  "EFI/Microsoft/Boot/bootmgfw.efi",
  "EFI/BOOT/BOOTX64.EFI",
  "lower.txt",
  "Mixed Case.TxT",
  "Mixed Case 2.txt",
  "a.b.c.d",
  "UPPER.low",
  "empty",
  "Ordner mit Ümläuten/日本語 и кириллица.txt",
  `deep/${"level/".repeat(12)}end of it`,
  `${"so long a name ".repeat(16)}.dat`,
];

function make(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.fat", "-n", "RE SIZED", "-i", "1234ABCD", ...options, path);
  const files = join(folder, "files");
  for (const [i, name] of NAMES.entries()) {
    mkdirSync(join(files, name, ".."), { recursive: true });
    writeFileSync(join(files, name), noise(i * 7001, i + 1).subarray(0, name === "empty" ? 0 : i * 7001));
    utimesSync(join(files, name), 1e9, 9e8 + i * 86_401 * 2);
  }
  mkdirSync(join(files, "many"));
  for (let i = 0; i < 500; i++) writeFileSync(join(files, "many", `file number ${i}`), noise(4 * i, i + 3));
  mtools("mcopy", "-s", "-m", "-i", path, ...["EFI", "many", "deep"].map((name) => join(files, name)), "::/");
  // The files that come next lie in the gaps of those that go.
  for (let i = 0; i < 10; i += 3) mtools("mdel", "-i", path, `::/many/file number *${i}`);
  mtools("mcopy", "-s", "-m", "-n", "-i", path, ...rest(files), "::/");
  mtools("mattrib", "-i", path, "+h", "+s", "+r", "::/lower.txt");
  mtools("mattrib", "-i", path, "+h", "::/EFI");
  mtools("mattrib", "-i", path, "-a", "::/Mixed Case.TxT");
  return path;
}

const rest = (files: string): string[] =>
  [...new Set(NAMES.map((name) => name.split("/")[0] ?? "").filter((name) => !["EFI", "deep"].includes(name)))].map(
    (name) => join(files, name),
  );

/** What mtools reads in it: attributes, long and short names, sizes, dates, contents; and what blkid says. */
function stateOf(path: string): Record<string, unknown> {
  using folder = scratch();
  mtools("mcopy", "-s", "-m", "-i", path, "::/", folder.path);
  const dir = mtools("mdir", "-/", "-a", "-i", path, "::/").split("\n");
  return {
    ...{ ...blkid(path), width: /"(FAT\d+)/.exec(mtools("minfo", "-i", path, "::"))?.[1] },
    attributes: mtools("mattrib", "-/", "-i", path, "::/").split("\n").sort(),
    // The short name of one with a long name may be another one.
    entries: dir
      .filter((line) => !/bytes/.test(line))
      .map((line) => (line.slice(0, 12).includes("~") ? line.slice(12) : line))
      .sort(),
    hashes: hashTree(folder.path),
    times: mtools("env", "-C", folder.path, "find", ".", "-printf", "%P|%T@\n").split("\n").sort(),
  };
}

async function expectSound(path: string): Promise<void> {
  await fat.check(volumeFile(path));
  const found = check("fsck.fat", "-n", path);
  expect(found, found.output).toMatchObject({ status: 0 });
}

const KINDS: readonly [string, number, ...string[]][] = [
  ["FAT32", 100, "-F", "32", "-s", "1"],
  ["FAT16", 40, "-F", "16"],
  ["FAT12", 16, "-F", "12"],
];

describe.each(FULL ? KINDS : KINDS.slice(0, 1))("%s", (_name, mib, ...options) => {
  it("is made anew threefold, between, at its limit and with other sectors, and keeps all", async () => {
    using folder = scratch();
    const path = make(folder.path, mib, ...options);
    const before = stateOf(path);
    const original = hashOf(path);
    const { least, most } = await fat.limits(volumeFile(path));
    expect(most).toBeGreaterThan(mib * 3 * MIB);
    expect(least).toBeLessThan(mib * MIB);
    for (const size of [mib * 3 * MIB, Math.floor((mib * MIB + least) / 1024) * 512, least]) {
      const made = await rebuilt(path, size);
      await expectSound(made);
      expect(stateOf(made)).toEqual(before);
    }
    const wide = await rebuilt(path, (mib < 100 ? mib * 2 : 300) * MIB, 4096);
    await expectSound(wide);
    expect(stateOf(wide)).toEqual(before);
    expect(mtools("minfo", "-i", wide, "::")).toContain("sector size: 4096");
    expect(hashOf(path)).toBe(original);
  });
});

/** Files that fill it, from 20 to 60,000 bytes. */
function makeFull(folder: string, mib: number, ...options: readonly string[]): string {
  const path = emptyImage(join(folder, "volume"), mib * MIB);
  run("mkfs.fat", ...options, path);
  const files = join(folder, "files");
  mkdirSync(files);
  // Names of which no two are alike, as mtools looks long for the short ones of others.
  for (let i = 0; i < mib * 20; i++)
    writeFileSync(join(files, `${String(i).padStart(5, "0")}.Dat`), noise(20 + ((i * 7919) % 60_000), i + 1));
  check("sh", "-c", `mcopy -Q -s -i ${path} ${files} ::/`);
  return path;
}

const TIGHT: readonly [string, number, ...string[]][] = [
  ["FAT16 with clusters of 2 KiB", 60, "-F", "16"],
  ["FAT12", 30, "-F", "12"],
  ["FAT32 with clusters that become smaller", 300, "-F", "32", "-s", "8"],
];

it.each(FULL ? TIGHT : TIGHT.slice(0, 1))("%s: its limit holds what it holds", async (_name, mib, ...options) => {
  using folder = scratch();
  const path = makeFull(folder.path, mib, ...options);
  for (let i = 0; i < 10; i += 2) check("sh", "-c", `mdel -i ${path} '::/files/*${i}.Dat'`);
  const { least } = await fat.limits(volumeFile(path));
  expect(least).toBeLessThan(mib * 0.75 * MIB);
  const made = await rebuilt(path, least);
  await expectSound(made);
  expect(stateOf(made)).toEqual(stateOf(path));
  const full = { code: "RESIZE_FAILED", details: { reason: expect.stringMatching(/full|No space|clusters|size/i) } };
  await expect(rebuilt(path, Math.floor(least * 0.8))).rejects.toMatchObject(full);
});

describe("FAT that a copy would change is refused", () => {
  it("for names that mtools cannot write", async () => {
    using folder = scratch();
    const path = emptyImage(join(folder.path, "volume"), 40 * MIB);
    run("mkfs.fat", "-F", "16", path);
    mtools("mcopy", "-i", path, "/etc/hostname", "::/smile \u{1234}\u{1235}.txt");
    const at = readFileSync(path).indexOf(Buffer.from("\u{1234}\u{1235}", "utf16le"));
    await writeAt(path, at, Buffer.from("\u{1f600}", "utf16le"));
    // Its short name has a checksum in each part of the long one, and stays.
    run("fsck.fat", "-n", path);
    const reason = expect.stringMatching(/such letters as in \/smile/);
    expect(await fat.limits(volumeFile(path))).toMatchObject({ notSmaller: reason, notLarger: reason });
    await expect(rebuilt(path, 60 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED", details: { reason } });
  });

  it("for folders with thousands of files of similar names", async () => {
    const entry = { isLong: true, isFolder: false, attributes: 32, modified: 0, cluster: 0, size: 0, slots: 0 };
    const problemOf = (many: number, name: (i: number) => string) => {
      const names = new NamesToCopy();
      for (let i = 0; i < many; i++) names.add({ ...entry, name: name(i), path: `/photos/${name(i)}` });
      return names.problem;
    };
    expect(problemOf(1000, (i) => `IMG-20260101-WA${i}.jpg`)).toBe(undefined);
    expect(problemOf(2000, (i) => `IMG-20260101-WA${i}.jpg`)).toMatch(/similar names as in \/photos/);
    expect(problemOf(2000, (i) => `${i * 500}.Longer`)).toBe(undefined);
  });

  it("for a label that mkfs.fat cannot write, and for FAT32 with few clusters", async () => {
    using folder = scratch();
    const path = emptyImage(join(folder.path, "volume"), 40 * MIB);
    run("mkfs.fat", "-F", "16", path);
    mtools("mlabel", "-i", path, "::BÜRO");
    expect((await fat.limits(volumeFile(path))).notSmaller).toMatch(/label/);
    run("mkfs.fat", "-F", "32", "-s", "8", path);
    expect((await fat.limits(volumeFile(path))).notLarger).toMatch(/few clusters/);
  });
});

it("takes a volume that was not unmounted for sound, and a damaged one not", async () => {
  using folder = scratch();
  const path = emptyImage(join(folder.path, "volume"), 100 * MIB);
  run("mkfs.fat", "-F", "32", "-s", "1", path);
  mtools("mcopy", "-i", path, "/bin/ls", "::/ls");
  await writeAt(path, 65, Uint8Array.of(1));
  expect(check("fsck.fat", "-n", path)).toMatchObject({ status: 1, output: expect.stringMatching(/Dirty bit/) });
  await fat.check(volumeFile(path));
  const made = await rebuilt(path, 50 * MIB);
  await expectSound(made);
  const first = Number(/<(\d+)/.exec(mtools("mshowfat", "-i", path, "::/ls"))?.[1]);
  await writeAt(path, 32 * 512 + (first + 3) * 4, new Uint8Array(4));
  const damaged = hashOf(path);
  const unsound = {
    code: "FILESYSTEM_UNSOUND",
    details: { tool: "fsck.fat", reason: expect.stringMatching(/FATs differ/) },
  };
  await expect(fat.check(volumeFile(path))).rejects.toMatchObject(unsound);
  await expect(rebuilt(path, 60 * MIB)).rejects.toMatchObject(unsound);
  expect(hashOf(path)).toBe(damaged);
});

it("leaves nothing behind when it is aborted", async () => {
  using folder = scratch();
  const path = make(folder.path, 100, "-F", "32", "-s", "1");
  const original = hashOf(path);
  for (const ms of [5, 100, 250]) await expectAborted(path, ms, (signal) => rebuilt(path, 300 * MIB, 512, signal));
  expect(hashOf(path)).toBe(original);
});
