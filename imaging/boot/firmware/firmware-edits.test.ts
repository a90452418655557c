import { expect, test } from "vitest";
import { firmwareEdits } from "#imaging/boot/firmware/firmware-edits.ts";
import { MIB } from "#imaging/layout/layout.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";

const ESP = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
const BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
const LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";

const one = (number: number, start: number, size: number, type = LINUX): PicturedPartition => ({
  ...{ number, source: number, start: start * MIB, size: size * MIB, type, active: false, attributes: "0x0" },
  ...{ role: "primary", least: size * MIB, most: size * MIB, usedBy: [] },
});
const disk = (partitions: readonly PicturedPartition[], more: Partial<Picture> = {}): Picture => ({
  ...{ tableType: "gpt", size: 2048 * MIB, sectorSize: 512, diskId: "x", partitions },
  ...more,
});
const done = (picture: Picture, firmware: "bios" | "uefi") =>
  firmwareEdits(picture, firmware, "the disk")
    .reduce((before, edit, i) => applyEdit(before, edit, `seed ${i}`), picture)
    .partitions.map(({ number, start, size, type }) => [number, start / MIB, size / MIB, type]);

test("an EFI system partition is made in free space, as large as there is room", () => {
  expect(done(disk([one(1, 1, 1000)]), "uefi")[1]).toEqual([2, 1001, 512, ESP]);
  expect(done(disk([one(1, 1, 1900)]), "uefi")[1]).toEqual([2, 1901, 100, ESP]);
  expect(() => done(disk([one(1, 1, 2020)]), "uefi")).toThrow("BOOT_NO_PLACE");
  expect(() => done(disk([one(1, 1, 2020)]), "uefi")).toThrow("the disk has no EFI system partition");
});

test("one that is there is used, on an MBR too; there it takes a primary record", () => {
  expect(firmwareEdits(disk([one(1, 1, 100, ESP)]), "uefi", "x")).toEqual([]);
  const mbr = (count: number) =>
    disk(
      Array.from({ length: count }, (_, i) => one(i + 1, 1 + i * 100, 100, "0x83")),
      { tableType: "mbr" },
    );
  expect(done(mbr(2), "uefi").at(-1)).toEqual([3, 201, 512, "0xef"]);
  expect(() => done(mbr(4), "uefi")).toThrow("BOOT_NO_PLACE");
});

test("GRUB's place for legacy firmware lies in front of all others, or where there is room", () => {
  expect(done(disk([one(1, 1, 2000)]), "bios")[0]).toEqual([2, 34 / 2048, 2014 / 2048, BIOS_BOOT]);
  const early = { ...one(1, 1, 100), start: 34 * 512 };
  expect(done(disk([early]), "bios").at(-1)).toEqual([2, 101, 1, BIOS_BOOT]);
  expect(firmwareEdits(disk([one(1, 1, 1, BIOS_BOOT)]), "bios", "x")).toEqual([]);
  expect(firmwareEdits(disk([one(1, 1, 100, "0x83")], { tableType: "mbr" }), "bios", "x")).toEqual([]);
  expect(() => done(disk([one(1, 1, 100)], { sectorSize: 4096 }), "bios")).toThrow("BOOT_SECTORS_UNFIT");
});
