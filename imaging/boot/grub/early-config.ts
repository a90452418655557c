import type { GrubPlace } from "#imaging/boot/grub/grub-place.ts";

/** A word of GRUB's language. What is put into it comes from somebody's disk. */
export const grubWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Names and UUIDs as they can be; others would be other commands. */
const PLAIN = /^[0-9A-Za-z-]{4,64}$/;

/** Opens what the volume lies in, and finds the volume by its UUID. @param variable that gets its name */
export function findVolume({ uuid, containers }: GrubPlace, variable = "root"): string[] {
  const locked = containers.flatMap((one) => (one.kind === "luks" && one.uuid ? [one.uuid.replaceAll("-", "")] : []));
  return [
    ...locked.filter((id) => PLAIN.test(id)).map((id) => `cryptomount -u ${id}`),
    `search.fs_uuid ${PLAIN.test(uuid) ? uuid : grubWord(uuid)} ${variable}`,
  ];
}

/** What a core image runs first: it finds the folder with the modules and the menu. */
export const earlyConfig = (place: GrubPlace): string =>
  `${[...findVolume(place), `set prefix=($root)${grubWord(place.path)}`].join("\n")}\n`;

/** What a signed image reads beside itself: finds the system's own menu. */
export const stubConfig = (place: GrubPlace): string => `${earlyConfig(place)}configfile $prefix/grub.cfg\n`;

const FILESYSTEM_MODULES: Readonly<Record<string, string>> = {
  ...{ ext2: "ext2", ext3: "ext2", ext4: "ext2", xfs: "xfs", btrfs: "btrfs", vfat: "fat", f2fs: "f2fs" },
  ...{ exfat: "exfat", ntfs: "ntfs", jfs: "jfs", reiserfs: "reiserfs", nilfs2: "nilfs2", udf: "udf" },
};

const CONTAINER_MODULES = {
  lvm: ["diskfilter", "lvm"],
  raid: ["diskfilter", "mdraid09", "mdraid1x"],
  luks: ["cryptodisk", "luks", "luks2", "gcry_rijndael", "gcry_sha1", "gcry_sha256", "gcry_sha512"],
} as const;

/** What a core image must have in itself to reach its folder; all else is loaded from there. */
export function neededModules({ volume, containers }: GrubPlace): string[] {
  const filesystem = FILESYSTEM_MODULES[volume.filesystem] ?? "ext2";
  const all = [
    ...["part_gpt", "part_msdos", filesystem, "search_fs_uuid"],
    ...containers.flatMap(({ kind }): readonly string[] => CONTAINER_MODULES[kind]),
  ];
  return [...new Set(all)];
}
