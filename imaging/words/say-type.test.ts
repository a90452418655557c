import { expect, test } from "vitest";
import { typesOf } from "#imaging/disk/partition-types.ts";
import { sayType } from "#imaging/words/say-type.ts";
import { typeWords } from "#imaging/words/type-words.ts";

/** Names of makers, systems and file systems, with what is a name in them. */
const NAME =
  /^(FAT12|FAT16|FAT32|FAT16 \(LBA\)|FAT32 \(LBA\)|Linux|Linux (LVM|RAID|LUKS)|Linux \/\w+(\/tmp)?( \(x86-64\))?|FreeBSD|FreeBSD (UFS|ZFS)|OpenBSD|NetBSD|ZFS|Solaris|Apple (HFS\+|APFS|UFS|Core Storage)|VMware VMFS|Ceph OSD|Haiku|Plan 9|GNU Hurd|Minix|Windows Storage Spaces)$/;

test("a kind of partition has words, or is a name in every language", () => {
  const names = [...typesOf("gpt"), ...typesOf("mbr")].map(({ name }) => name);
  expect(names.filter((name) => (sayType(name).said === undefined) !== NAME.test(name))).toEqual([]);
  const known = new Set([...names, "whole disk"].map((name) => `type.${name}`));
  expect(Object.keys(typeWords).filter((key) => !known.has(key))).toEqual([]);
  expect(sayType("0xab12")).toEqual({ text: "0xab12" });
});
