import { expect, test } from "vitest";
import { gptEntry, gptHeader } from "#imaging/disk/gpt.ts";
import { chs, isFilesystemBootSector, mbr, mbrEntry, sectorKind } from "#imaging/disk/mbr.ts";
import { gptDisk, mbrDisk } from "#test/engine/disk/small-disks.ts";

test.each([
  [mbr, mbrDisk().slice(0, 512)],
  [mbrEntry, mbrDisk().slice(446, 462)],
  [gptHeader, gptDisk().slice(512, 604)],
  [gptEntry, gptDisk().slice(1024, 1152)],
] as const)("$name survives a round trip, and cut short it is STRUCT_TRUNCATED", (declared, raw) => {
  // biome-ignore lint/suspicious/noExplicitAny: four structures of different types pass through one test
  expect(declared.serialise(declared.parse(raw) as any)).toEqual(raw);
  for (let size = 0; size < declared.size; size++)
    expect(() => declared.parse(raw.subarray(0, size))).toThrow("STRUCT_TRUNCATED");
});

test("cylinder, head and sector count as 255 heads and 63 sectors until they cannot", () => {
  expect([...chs(0)]).toEqual([0, 1, 0]);
  expect([...chs(2048)]).toEqual([0x20, 0x21, 0]);
  expect([...chs(16450559)]).toEqual([0xfe, 0xff, 0xff]);
  expect([...chs(16450560)]).toEqual([0xff, 0xff, 0xff]);
});

test("a boot sector of a file system is no table, unless its records are all plausible", () => {
  const sector = mbrDisk().slice(0, 512);
  sector.set([0xeb, 0x52, 0x90, ...new TextEncoder().encode("NTFS    ")]);
  expect(isFilesystemBootSector(sector)).toBe(true);
  expect(sectorKind(sector, 160)).toBe("mbr");
  expect(sectorKind(sector, 100)).toBe("none");
});
