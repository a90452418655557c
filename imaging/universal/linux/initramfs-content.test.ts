import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readInitramfs } from "#imaging/universal/linux/initramfs-content.ts";
import { archive } from "#test/doubles/cpio-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-initramfs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MAIN = archive({
  init: "#!/bin/sh",
  "usr/lib/modules/6.12.0-1/kernel/drivers/nvme/host/nvme-core.ko.xz": "x".repeat(5000),
  "usr/lib/modules/6.12.0-1/kernel/drivers/ata/ahci.ko": "x",
  "usr/lib/modules/6.12.0-1/modules.dep": "x",
});
const EARLY = archive({ "kernel/x86/microcode/GenuineIntel.bin": "x".repeat(700) });
const FOUND = { modules: new Set(["nvme_core", "ahci"]), versions: new Set(["6.12.0-1"]), unread: undefined };

const read = (...parts: Uint8Array[]) => {
  const path = join(folder, "initramfs");
  writeFileSync(path, Buffer.concat(parts));
  return readInitramfs(path);
};
const tool = (name: string, args: readonly string[]) =>
  execFileSync(name, [...args], { input: MAIN, maxBuffer: 1 << 20, stdio: ["pipe", "pipe", "ignore"] });

test.each([
  ["not at all", () => MAIN],
  ["gzip", () => gzipSync(MAIN)],
  ["zstd", () => zstdCompressSync(MAIN)],
  ["xz", () => tool("xz", ["--check=crc32", "-c"])],
  ["lzma", () => tool("xz", ["--format=lzma", "-c"])],
  ["bzip2", () => tool("bzip2", ["-c"])],
  ["lz4 as the kernel wants it", () => tool("lz4", ["-l", "-c"])],
  ["lzo", () => tool("lzop", ["-c"])],
])("compressed: %s; alone, and behind what is for the start of the kernel", async (_, main) => {
  expect(await read(main())).toEqual(FOUND);
  expect(await read(EARLY, Buffer.alloc(512 - (EARLY.length % 512)), main())).toEqual(FOUND);
});

test("modules that lie uncompressed in front of the rest, as Debian 13 does it", async () => {
  const modules = archive({ "usr/lib/modules/6.12.0-1/kernel/a.ko.xz": "x" });
  const { modules: found } = await read(EARLY, modules, zstdCompressSync(MAIN));
  expect([...found]).toEqual(["a", "nvme_core", "ahci"]);
});

test("what cannot be read is said, with what was read", async () => {
  expect((await read(new Uint8Array())).unread).toBe("it is empty");
  expect((await read(Buffer.from("MZ no initramfs"))).unread).toBe("it is no initramfs");
  expect((await read(MAIN, Buffer.from("something"))).unread).toBe(`something unknown begins at byte ${MAIN.length}`);
  expect((await read(MAIN.subarray(0, 5000))).unread).toBe("an archive in it has no end");
  const zstd = zstdCompressSync(MAIN);
  expect((await read(EARLY, zstd.subarray(0, zstd.length - 9))).unread).toMatch(/damaged|no end/);
  expect((await read(tool("xz", ["-c"]).subarray(0, 90))).unread).toMatch(/damaged/);
  const squashed = archive({ "squashfs-root.img": "x" });
  expect((await read(zstdCompressSync(squashed))).unread).toBe("it holds a squashfs");
  await expect(readInitramfs(join(folder, "none"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
