import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHive } from "#imaging/registry/create-hive.ts";
import { readHiveFile, writeHiveFile } from "#imaging/registry/hive-file.ts";
import { administratorsOnly } from "#imaging/registry/security-descriptor.ts";
import { dword } from "#imaging/registry/value.ts";
import { newLog, tornHive } from "#test/doubles/hive-logs.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-hive-file-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a hive's file is read with its logs, whatever their case, and replaced as a whole", async () => {
  const hive = createHive();
  hive.root.set("state", dword(0));
  const before = hive.toBytes();
  hive.root.set("state", dword(1));
  const after = hive.toBytes();
  const path = join(folder, "SYSTEM");
  writeFileSync(path, tornHive(before, after));
  await expect(readHiveFile(path)).rejects.toThrow(`HIVE_DIRTY: ${path}`);
  writeFileSync(join(folder, "system.LOG"), "");
  writeFileSync(join(folder, "System.log1"), newLog([before, after], new DataView(before.buffer).getUint32(8, true)));
  const read = await readHiveFile(path);
  expect([read.state, read.root.value("state")?.number]).toEqual(["recovered", 1]);
  await writeHiveFile(path, read);
  expect(existsSync(`${path}.new`)).toBe(false);
  expect((await readHiveFile(path)).state).toBe("clean");
});

const attribute = (path: string, name: string): string =>
  execFileSync("getfattr", ["--absolute-names", "-e", "hex", "-n", name, path], { encoding: "utf8" });

test("on NTFS a hive keeps its security descriptor and its flags", async () => {
  const image = join(folder, "ntfs.img");
  const mounted = join(folder, "mounted");
  writeFileSync(image, new Uint8Array(16 << 20));
  mkdirSync(mounted);
  execFileSync("mkntfs", ["-F", "-Q", image], { stdio: "ignore" });
  execFileSync("ntfs-3g", [image, mounted]);
  try {
    const path = join(mounted, "SECURITY");
    const hive = createHive();
    writeFileSync(path, hive.toBytes());
    // Hidden, system, and archive, which ntfs-3g sets itself whenever a file was written.
    const hidden = "0x26000000";
    execFileSync("setfattr", ["-n", "system.ntfs_attrib", "-v", hidden, path]);
    const descriptor = `0x${Buffer.from(administratorsOnly()).toString("hex")}`;
    execFileSync("setfattr", ["-n", "system.ntfs_acl", "-v", descriptor, path]);
    const names = ["system.ntfs_acl", "system.ntfs_attrib", "system.ntfs_crtime"];
    const before = names.map((name) => attribute(path, name));
    const { ino } = statSync(path);
    hive.root.set("new", dword(1));
    await writeHiveFile(path, hive);
    expect(statSync(path).ino).not.toBe(ino);
    expect(names.map((name) => attribute(path, name))).toEqual(before);
    expect((await readHiveFile(path)).root.value("new")?.number).toBe(1);
  } finally {
    execFileSync("fusermount3", ["-u", mounted]);
  }
});
