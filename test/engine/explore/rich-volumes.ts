import { execFileSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;

/** File systems with everything that a copy can lose, each made by its own tools. */
export const RICH = {
  ext4: (path: string) => posix(path, 32 * MIB, ["mke2fs", "-q", "-F", "-t", "ext4", "-L", "rich ext4/root"]),
  xfs: (path: string) => posix(path, 320 * MIB, ["mkfs.xfs", "-q", "-f", "-L", "richxfs"]),
  btrfs: (path: string) => posix(path, 128 * MIB, ["mkfs.btrfs", "-q", "-f", "-L", "richbtrfs"]),
  ntfs,
  exfat,
  vfat,
} as const;

export type RichKind = keyof typeof RICH;

/** A security descriptor that is no default of ntfs-3g's: O:BAG:BA with one entry that gives SY everything. */
const DESCRIPTOR =
  "0x01000480140000002400000000000000340000000102000000000005200000002002000001020000000000052000000020020000" +
  "02001c000100000000031400ff011f00010100000000000512000000";

function posix(path: string, size: number, [tool = "", ...args]: readonly string[]): string {
  run(tool, ...args, emptyImage(path, size));
  withMount(path, "rw", fillPosix);
  return path;
}

export function fillPosix(root: string): void {
  const at = (name: string) => join(root, name);
  mkdirSync(at("folder/deeper"), { recursive: true });
  writeFileSync(at("folder/plain.txt"), "plain\n", { mode: 0o640 });
  run("chown", "1234:4321", at("folder/plain.txt"));
  writeFileSync(at("folder/large.bin"), noise(3 * MIB + 77, 5));
  writeFileSync(at("folder/Übergröße 'x'\n$.txt"), "a name of every kind\n");
  writeFileSync(at("folder/list.txt"), "who may\n");
  run("setfacl", "-m", "u:1111:rw,g:2222:r", at("folder/list.txt"));
  run("setfacl", "-d", "-m", "u:1111:rwx", at("folder/deeper"));
  run("setfattr", "-n", "user.colour", "-v", "blue", at("folder/list.txt"));
  run(
    "setfattr",
    "-n",
    "security.capability",
    "-v",
    "0x0100000200200000000000000000000000000000",
    at("folder/large.bin"),
  );
  linkSync(at("folder/large.bin"), at("folder/deeper/second name.bin"));
  symlinkSync("/etc/passwd", at("folder/absolute"));
  symlinkSync("/folder/deeper", at("way"));
  run("mkfifo", at("folder/fifo"));
  run("mknod", at("folder/device"), "c", "1", "3");
  execFileSync("python3", [
    "-c",
    `import socket; socket.socket(socket.AF_UNIX).bind(${JSON.stringify(at("folder/socket"))})`,
  ]);
  const sparse = openSync(at("folder/sparse.bin"), "w");
  ftruncateSync(sparse, 24 * MIB);
  writeSync(sparse, noise(8192, 9), 0, 8192, 12 * MIB);
  closeSync(sparse);
  for (const name of ["folder/plain.txt", "folder/deeper"]) utimesSync(at(name), 1_000_000_000.5, 1_100_000_000.25);
}

/** Mounts with a driver that is a program while `use` runs. That of exFAT wants a block device. */
export function withProgram<T>(tool: string, options: string, image: string, use: (root: string) => T): T {
  const root = `${image}.mount`;
  mkdirSync(root, { recursive: true });
  const device = tool === "ntfs-3g" ? image : run("losetup", "--find", "--show", image).trim();
  run(tool, "-o", options, device, root);
  try {
    return use(root);
  } finally {
    run("umount", root);
    // The last sectors are written by the process behind the mount, which ends a moment after it.
    for (let i = 0; i < 200 && check("fuser", device).status === 0; i++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    if (device !== image) run("losetup", "--detach", device);
  }
}

function ntfs(path: string): string {
  run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-L", "Windows", emptyImage(path, 40 * MIB));
  withProgram("ntfs-3g", "rw,streams_interface=xattr,compression", path, (root) => {
    mkdirSync(join(root, "Users/Anna"), { recursive: true });
    const file = (name: string) => join(root, "Users/Anna", name);
    writeFileSync(file("letter.txt"), "Dear\n");
    writeFileSync(file("photo.jpg"), noise(700_000, 3));
    run("setfattr", "-n", "user.Zone.Identifier", "-v", "[ZoneTransfer] ZoneId=3", file("photo.jpg"));
    run("setfattr", "-h", "-n", "system.ntfs_attrib", "-v", "0x00080000", join(root, "Users"));
    writeFileSync(join(root, "Users/compressed.txt"), "again and again ".repeat(20_000));
    run("setfattr", "-h", "-n", "system.ntfs_attrib", "-v", "0x26000000", file("letter.txt"));
    run("setfattr", "-h", "-n", "system.ntfs_acl", "-v", DESCRIPTOR, file("letter.txt"));
  });
  return path;
}

function exfat(path: string): string {
  run("mkfs.exfat", "-L", "RICHEXFAT", emptyImage(path, 24 * MIB));
  withProgram("mount.exfat-fuse", "rw", path, fillPlain);
  return path;
}

/** Without the kernel's driver there is none that writes but mtools. */
function vfat(path: string): string {
  run("mkfs.fat", "-F", "16", "-n", "RICHFAT", emptyImage(path, 24 * MIB));
  const folder = `${path}.files`;
  mkdirSync(folder);
  fillPlain(folder);
  run("mcopy", "-s", "-m", "-i", path, join(folder, "folder"), "::/");
  run("rm", "-r", folder);
  return path;
}

function fillPlain(root: string): void {
  mkdirSync(join(root, "folder/deeper"), { recursive: true });
  writeFileSync(join(root, "folder/A long name.txt"), "plain\n");
  writeFileSync(join(root, "folder/deeper/large.bin"), noise(2 * MIB + 5, 11));
}
