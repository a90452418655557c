/**
 * What a partition's type becomes when its table becomes one of the other kind. A type says which system looks after a
 * partition, not what is in it, so the type that is there decides wherever both kinds of tables know that system; the
 * file system decides where one kind says less than the other, and where the type says nothing to us.
 */

const LINUX_DATA = "0fc63daf-8483-4772-8e79-3d69d8477de4";
const WINDOWS_DATA = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7";
const SWAP = "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f";
const LVM = "e6d6d379-f507-44c2-a23c-238f2a3df928";
const RAID = "a19d880f-05fc-4d3b-a006-743f0f84911e";
const ZFS = "6a898cc3-1dd2-11b2-99a6-080020736631";
const HFS = "48465300-0000-11aa-aa11-00306543ecac";
const APFS = "7c3457ef-0000-11aa-aa11-00306543ecac";

/** Types that mean the same on both sides. */
// biome-ignore format: one pair a line
const PAIRS: readonly (readonly [mbr: string, gpt: string])[] = [
  ["0x27", "de94bba4-06d1-4d40-a16a-bfd50179d6ac"], // Windows recovery
  ["0x39", "c91818f9-8025-47af-89d2-f030d7000c2c"], // Plan 9
  ["0x41", "9e1a2d38-c612-4316-aa26-8b49521e5a8b"], // PowerPC PReP boot: firmware finds it by either type
  ["0x42", "af9b60a0-1431-4f62-bc68-3311714a69ad"], // Windows dynamic disk; on a GPT its database needs a partition too
  ["0x82", SWAP],
  ["0x83", LINUX_DATA],
  ["0x84", "d3bfe2de-3daf-11df-ba40-e3a556d89593"], // Intel Rapid Start
  ["0x8e", LVM],
  ["0xa5", "516e7cb4-6ecf-11d6-8ff8-00022d09712b"], // FreeBSD: both hold a label with partitions of its own
  ["0xa6", "824cc7a0-36a8-11e3-890a-952519ad3f61"], // OpenBSD
  ["0xa8", "55465300-0000-11aa-aa11-00306543ecac"], // Apple UFS
  ["0xa9", "49f48d5a-b10e-11dc-b99b-0019d1879648"], // NetBSD
  ["0xab", "426f6f74-0000-11aa-aa11-00306543ecac"], // Apple boot
  ["0xaf", HFS],
  ["0xbe", "6a82cb45-1dd2-11b2-99a6-080020736631"], // Solaris boot
  ["0xbf", "6a85cf4d-1dd2-11b2-99a6-080020736631"], // Solaris root
  ["0xea", "bc13c2ff-59e6-4262-a352-b275fd6f7172"], // Linux extended boot (UAPI.1)
  ["0xeb", "42465331-3ba3-10f1-802a-4861696b7521"], // Haiku
  ["0xef", "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"], // EFI system
  ["0xfb", "aa31e02a-400f-11db-9590-000c2911d1b8"], // VMware VMFS
  ["0xfc", "9d275380-40ad-11db-bf97-000c2911d1b8"], // VMware diagnostics
  ["0xfd", RAID],
];

/**
 * All that Windows and DOS keep volumes in. What an MBR says by 14 types, the file system and whether it is hidden,
 * Windows says on a GPT by attributes of the one type. Hidden ones do not become recovery partitions: only 0x27 is
 * what Windows starts its recovery from. 0x12 and 0xde are the makers' diagnostics, on FAT.
 */
const WINDOWS_MBR_TYPES: readonly string[] = [
  ...["0x01", "0x04", "0x06", "0x07", "0x0b", "0x0c", "0x0e", "0x86", "0x87"],
  ...["0x11", "0x14", "0x16", "0x17", "0x1b", "0x1c", "0x1e", "0x12", "0xde"],
];

/** What a GPT tells apart and an MBR does not. */
// biome-ignore format: one type a line
const ONLY_GPT: readonly (readonly [gpt: string, mbr: string])[] = [
  ["5808c8aa-7e8f-42e0-85d2-e1e90434cfb3", "0x42"], // Windows dynamic disk metadata
  ["44479540-f297-41b2-9af7-d131d5f0458a", "0x83"], // Linux root (x86)
  ["4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "0x83"], // Linux root (x86-64)
  ["b921b045-1df0-41c3-af44-4c6f280d3fae", "0x83"], // Linux root (ARM64)
  ["69dad710-2ce4-4e3c-b16c-21a1d49abed3", "0x83"], // Linux root (ARM)
  ["72ec70a6-cf74-40e6-bd49-4bda08e8f224", "0x83"], // Linux root (RISC-V 64)
  ["8484680c-9521-48c6-9c11-b0720656f69e", "0x83"], // Linux /usr (x86-64)
  ["933ac7e1-2eb4-4f13-b844-0e14e2aef915", "0x83"], // Linux /home
  ["3b8f8425-20e0-4f3b-907f-1a25a76f98e8", "0x83"], // Linux /srv
  ["4d21b016-b534-45c2-a9fb-5c16e091fd2d", "0x83"], // Linux /var
  ["7ec6f557-3bc5-4aca-b293-16ef5df639d1", "0x83"], // Linux /var/tmp
  ["773f91ef-66d4-49b5-bd83-d683bf40ad16", "0x83"], // Linux home of a user
  ["ca7d7ccb-63ed-4c53-861c-1742536059cc", "0x83"], // Linux LUKS: 0xe8 is claimed for it, and hardly a tool knows that
  ["83bd6b9d-7f41-11dc-be0b-001560b84f0f", "0xa5"], // FreeBSD boot
  ["516e7cb5-6ecf-11d6-8ff8-00022d09712b", "0xa5"], // FreeBSD swap
  ["516e7cb6-6ecf-11d6-8ff8-00022d09712b", "0xa5"], // FreeBSD UFS
  ["516e7cba-6ecf-11d6-8ff8-00022d09712b", "0xa5"], // FreeBSD ZFS
  [ZFS, "0xbf"],
  ["6a945a3b-1dd2-11b2-99a6-080020736631", "0xbf"], // Solaris reserved
  [APFS, "0xaf"],
  ["53746f72-6167-11aa-aa11-00306543ecac", "0xaf"], // Apple Core Storage
  // No system may take these for volumes of its own: they have none, and nothing on an MBR disk needs them.
  ["21686148-6449-6e6f-744e-656564454649", "0xda"], // BIOS boot
  ["e3c9e316-0b5c-4db8-817d-f92df00215ae", "0xda"], // Microsoft reserved
  ["2e0a753d-9e48-43b0-8337-b15192cb1b5e", "0xda"], // ChromeOS reserved
];

/** By blkid's names, as `FilesystemType` has them. FAT12 and FAT16 have one name with FAT32, and 0x0c holds all three. */
// biome-ignore format: one file system a line
const BY_FILESYSTEM: readonly (readonly [filesystem: string, mbr: string, gpt: string])[] = [
  ["ntfs", "0x07", WINDOWS_DATA],
  ["exfat", "0x07", WINDOWS_DATA],
  ["ReFS", "0x07", WINDOWS_DATA],
  ["BitLocker", "0x07", WINDOWS_DATA],
  ["vfat", "0x0c", WINDOWS_DATA],
  ["swap", "0x82", SWAP],
  ["LVM2_member", "0x8e", LVM],
  ["linux_raid_member", "0xfd", RAID],
  ["zfs_member", "0xbf", ZFS],
  ["hfsplus", "0xaf", HFS],
  ["apfs", "0xaf", APFS],
];

const toGpt: ReadonlyMap<string, string> = new Map([
  ...PAIRS,
  ...WINDOWS_MBR_TYPES.map((type) => [type, WINDOWS_DATA] as const),
]);
const toMbr: ReadonlyMap<string, string> = new Map([...ONLY_GPT, ...PAIRS.map(([mbr, gpt]) => [gpt, mbr] as const)]);
const filesystems: ReadonlyMap<string, { readonly mbr: string; readonly gpt: string }> = new Map(
  BY_FILESYSTEM.map(([filesystem, mbr, gpt]) => [filesystem, { mbr, gpt }]),
);
/** Where the type of an MBR covers more than one of a GPT, the file system tells which. */
const REFINED: readonly (readonly [mbr: string, gpt: string])[] = [
  ["0xaf", APFS],
  ["0xbf", ZFS],
];

/**
 * The type GUID for a partition whose type on an MBR is `mbrType`, such as "0x83". An extended partition has none: it
 * is not taken along.
 * @param filesystem what it holds, by blkid's name; undefined when that is not known
 */
export function gptTypeOf(mbrType: string, filesystem?: string): string {
  const type = mbrType.toLowerCase();
  const held = filesystems.get(filesystem ?? "")?.gpt;
  const refined = REFINED.find(([mbr, gpt]) => mbr === type && gpt === held);
  return refined?.[1] ?? toGpt.get(type) ?? held ?? LINUX_DATA;
}

/**
 * The type on an MBR, such as "0x83", for a partition whose type GUID is `gptType`. Windows data goes by the file
 * system, and is 0x07 where that is not known: old versions of parted gave this type to Linux's partitions too, so one
 * that holds ext4 becomes 0x83.
 * @param filesystem what it holds, by blkid's name; undefined when that is not known
 */
export function mbrTypeOf(gptType: string, filesystem?: string): string {
  const type = gptType.toLowerCase();
  const held = filesystem === undefined ? undefined : (filesystems.get(filesystem)?.mbr ?? "0x83");
  if (type === WINDOWS_DATA) return held ?? "0x07";
  return toMbr.get(type) ?? held ?? "0x83";
}
