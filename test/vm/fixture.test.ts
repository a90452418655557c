import { copyFile, mkdtemp, open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDisk } from "../fixtures/check-disk.ts";
import { debianDisk } from "../fixtures/debian-disk.ts";
import { hashFiles } from "../fixtures/hash-files.ts";
import { boot } from "./boot-fixture.ts";
import { scope } from "./scope.ts";

const boots = [
  ["bios", "ahci", "bios"],
  ["uefi", "virtio", "uefi"],
  ["uefi-secure-boot", "virtio", "uefi"],
] as const;

describe("the Debian fixture", () => {
  it.each(scope({ sample: [], all: boots }))(
    "boots under %s from %s and finds its files as the host does",
    async (firmware, bus, expected) => {
      const fixture = await debianDisk();
      const said = await boot(fixture.disk, firmware, bus);
      expect(said.firmware).toBe(expected);
      expect(said.root).toBe("4c494645-0001-4000-8000-000000000003");
      expect(said.swap).toBe(256 * 2 ** 20 - 4096); // its first page is the header
      expect(said.failedUnits).toBe("");
      expect(said.digests).toEqual(fixture.digests);
      if (firmware === "uefi-secure-boot") expect(said.text).toMatch(/secureboot: Secure boot enabled/i);
    },
  );

  it("is clean to sgdisk, e2fsck, ntfsfix and fsck.fat", async () => {
    const checks = await checkDisk((await debianDisk()).disk);
    expect(checks.map(({ partition, tool }) => `${partition} ${tool}`)).toEqual([
      "0 sgdisk",
      "2 fsck.fat",
      "3 e2fsck",
      "5 ntfsfix",
      "6 fsck.fat",
    ]);
  });

  it("gives the same hashes again, and hashing and checking notice damage", async () => {
    const fixture = await debianDisk();
    for (const part of ["ntfs", "fat"] as const)
      expect(await hashFiles(fixture.disk, fixture.partitions[part])).toEqual(fixture.files[part]);
    const scratch = await mkdtemp(join(resolve(import.meta.dirname, "../../out"), "damaged-"));
    await using _ = { [Symbol.asyncDispose]: () => rm(scratch, { recursive: true }) };
    const damaged = join(scratch, "disk.raw");
    await copyFile(fixture.disk, damaged);
    const FAT_OFFSET = 3830 * 2 ** 20;
    const FIRST_FAT = 32 * 512;
    await using disk = await open(damaged, "r+");
    await disk.write(Buffer.alloc(4096, 0xa5), 0, 4096, FAT_OFFSET + FIRST_FAT + 4096);
    await expect(checkDisk(damaged)).rejects.toThrow("fsck.fat");
    await disk.write(Buffer.alloc(512), 0, 512, 512);
    await expect(checkDisk(damaged)).rejects.toThrow("sgdisk");
  });
});
