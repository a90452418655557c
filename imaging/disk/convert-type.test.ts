import { expect, test } from "vitest";
import { gptTypeOf, mbrTypeOf } from "#imaging/disk/convert-type.ts";
import { knownPartitionTypes, partitionTypeName } from "#imaging/disk/partition-types.ts";

const gptTypes = knownPartitionTypes.filter((type) => type.length > 4);
/** Those that a partition can have on an MBR. */
const mbrTypes = knownPartitionTypes.filter(
  (type) => type.length === 4 && !["0x00", "0x05", "0x0f", "0x85", "0xee"].includes(type),
);
/** The conversions by their plain names. */
const toGpt = (mbrType: string, filesystem?: string) => partitionTypeName(gptTypeOf(mbrType, filesystem));
const gptType = (name: string) => gptTypes.find((type) => partitionTypeName(type) === name) ?? name;
const toMbr = (name: string, filesystem?: string) => mbrTypeOf(gptType(name), filesystem);

test.each([
  ["0xef", "EFI system"],
  ["0x83", "Linux data"],
  ["0x82", "Linux swap"],
  ["0x8e", "Linux LVM"],
  ["0xfd", "Linux RAID"],
  ["0x27", "Windows recovery"],
  ["0x41", "PowerPC PReP boot"],
  ["0x42", "Windows dynamic disk data"],
  ["0xa5", "FreeBSD data"],
  ["0xa6", "OpenBSD data"],
  ["0xa9", "NetBSD data"],
  ["0xa8", "Apple UFS"],
  ["0xab", "Apple boot"],
  ["0xaf", "Apple HFS+"],
  ["0xbf", "Solaris root"],
  ["0xea", "Linux extended boot"],
  ["0xeb", "Haiku"],
  ["0xfb", "VMware VMFS"],
])("%s and %s are the same, whatever the partition holds", (mbr, name) => {
  for (const filesystem of [undefined, "ext4", "ntfs", "vfat", "swap"]) {
    expect(toGpt(mbr, filesystem)).toBe(name);
    expect(toMbr(name, filesystem)).toBe(mbr);
  }
});

test.each([
  "0x01",
  "0x04",
  "0x06",
  "0x07",
  "0x0b",
  "0x0c",
  "0x0e",
  "0x11",
  "0x14",
  "0x16",
  "0x17",
  "0x1b",
  "0x1c",
  "0x1e",
])("%s is Windows data on a GPT, hidden or not", (type) => {
  for (const filesystem of [undefined, "ntfs", "vfat", "ext4"]) expect(toGpt(type, filesystem)).toBe("Windows data");
});

test.each([
  [undefined, "0x07"],
  ["ntfs", "0x07"],
  ["exfat", "0x07"],
  ["BitLocker", "0x07"],
  ["ReFS", "0x07"],
  ["vfat", "0x0c"],
  ["ext4", "0x83"],
  ["btrfs", "0x83"],
  ["crypto_LUKS", "0x83"],
  ["swap", "0x82"],
])("Windows data that holds %s is %s", (filesystem, type) => {
  expect(toMbr("Windows data", filesystem)).toBe(type);
});

test("what Linux tells apart on a GPT is 0x83", () => {
  const linux = gptTypes.filter((type) => /^Linux (data|root|\/|home|LUKS|reserved)/.test(partitionTypeName(type)));
  expect(linux.length).toBeGreaterThan(12);
  for (const type of linux)
    for (const holds of [undefined, "ext4", "crypto_LUKS"]) expect(mbrTypeOf(type, holds)).toBe("0x83");
});

test("what no system may take for a volume has no type of a volume", () => {
  for (const name of ["BIOS boot", "Microsoft reserved", "ChromeOS reserved"]) expect(toMbr(name)).toBe("0xda");
});

test("the file system tells apart what one type of an MBR covers", () => {
  expect(toGpt("0xaf", "apfs")).toBe("Apple APFS");
  expect(toGpt("0xaf", "hfsplus")).toBe("Apple HFS+");
  expect(toGpt("0xbf", "zfs_member")).toBe("ZFS");
  expect(toMbr("Apple APFS", "apfs")).toBe("0xaf");
  expect(toMbr("ZFS", "zfs_member")).toBe("0xbf");
  expect(toMbr("FreeBSD ZFS", "zfs_member")).toBe("0xa5");
});

test.each([
  [undefined, "Linux data", "0x83"],
  ["ext4", "Linux data", "0x83"],
  ["xfs", "Linux data", "0x83"],
  ["crypto_LUKS", "Linux data", "0x83"],
  ["a file system of tomorrow", "Linux data", "0x83"],
  ["constructor", "Linux data", "0x83"],
  ["swap", "Linux swap", "0x82"],
  ["LVM2_member", "Linux LVM", "0x8e"],
  ["linux_raid_member", "Linux RAID", "0xfd"],
  ["zfs_member", "ZFS", "0xbf"],
  ["ntfs", "Windows data", "0x07"],
  ["vfat", "Windows data", "0x0c"],
  ["hfsplus", "Apple HFS+", "0xaf"],
  ["apfs", "Apple APFS", "0xaf"],
])("a type that nobody knows goes by the file system: %s is %s and %s", (filesystem, gpt, mbr) => {
  expect(toGpt("0x99", filesystem)).toBe(gpt);
  expect(mbrTypeOf("12345678-1111-4222-8333-444455556666", filesystem)).toBe(mbr);
});

test("capital letters make no difference", () => {
  expect(gptTypeOf("0xEF")).toBe(gptTypeOf("0xef"));
  expect(mbrTypeOf("C12A7328-F81F-11D2-BA4B-00A0C93EC93B")).toBe("0xef");
});

test("each result is a type with a plain name that a partition can have", () => {
  for (const filesystem of [undefined, "ext4", "ntfs", "vfat", "zfs_member", "apfs"]) {
    for (const type of mbrTypes) expect(gptTypes).toContain(gptTypeOf(type, filesystem));
    for (const type of gptTypes) expect(mbrTypes).toContain(mbrTypeOf(type, filesystem));
  }
});

test("what comes back from the other kind of table stays the same from then on", () => {
  for (const filesystem of [undefined, "ext4", "ntfs", "vfat", "zfs_member", "apfs"]) {
    const trip = (gpt: string) => gptTypeOf(mbrTypeOf(gpt, filesystem), filesystem);
    for (const type of [...gptTypes, ...mbrTypes.map((mbr) => gptTypeOf(mbr, filesystem))])
      expect(trip(trip(type))).toBe(trip(type));
  }
});
