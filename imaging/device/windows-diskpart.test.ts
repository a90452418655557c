import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDiskDetail, parseDiskList } from "#imaging/device/windows-diskpart.ts";

const GIB = 2 ** 30;

/** Texts in the manner of diskpart's, in its languages. They are written by us: none was recorded on a Windows. */
const text = (name: string) =>
  readFileSync(new URL(`../../test/fixtures/windows/diskpart/${name}.txt`, import.meta.url), "utf8");

test.each(["en", "de", "fr", "ru", "zh", "ja"])("list disk, in %s", (language) => {
  expect(parseDiskList(text(`list-${language}`))).toEqual([
    { number: 0, size: 476 * GIB, unit: GIB },
    { number: 1, size: 14 * GIB, unit: GIB },
    { number: 2, size: 0, unit: 1 },
    { number: 12, size: 2048 * GIB * 1024, unit: 1024 * GIB },
  ]);
});

test("a unit that is not understood leaves the size open, and no number is made up", () => {
  const disks = parseDiskList(text("list-en").replace("476 GB", "476 XY"));
  expect(disks?.[0]).toEqual({ number: 0, size: undefined, unit: 1 });
});

test.each(["en", "de", "fr", "ru", "zh", "ja"])("detail disk, in %s", (language) => {
  expect(parseDiskDetail(text(`detail-${language}`))).toEqual({
    model: "SAMSUNG MZVLB512HBJQ-000L7",
    id: "0a0b0c0d-1111-4222-8333-444455556666",
    type: "NVMe",
    location: "PCIROOT(0)#PCI(1D00)#PCI(0000)#NVME(P00T00L00)",
    readOnly: false,
    holdsPageFile: true,
    letters: ["C", "D"],
    volumes: 3,
  });
});

test("a disk with an MBR that is write-protected and off line has no volumes", () => {
  expect(parseDiskDetail(text("detail-offline"))).toEqual({
    model: "Generic USB Flash Disk USB Device",
    id: "a1b2c3d4",
    type: "USB",
    location: undefined,
    readOnly: false,
    holdsPageFile: false,
    letters: [],
    volumes: 0,
  });
  expect(parseDiskDetail(text("detail-protected"))).toMatchObject({ readOnly: true, holdsPageFile: false });
});

test("what diskpart says when it has nothing to say is no list and no disk", () => {
  for (const nothing of ["", "Microsoft DiskPart version 10.0.22621.1\r\n\r\nThere are no fixed disks to show.\r\n"]) {
    expect(parseDiskList(nothing)).toBeUndefined();
    expect(parseDiskDetail(nothing)).toBeUndefined();
  }
});
