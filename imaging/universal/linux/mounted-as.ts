/** Names that fstab(5) and boot loaders know for a file system that blkid calls otherwise. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  vfat: ["msdos", "fat", "umsdos"],
  ntfs: ["ntfs3", "ntfs-3g", "fuseblk", "lowntfs-3g"],
  exfat: ["exfat-fuse", "fuse.exfat"],
  ext4: ["ext2", "ext3"],
  ext3: ["ext2", "ext4"],
  ext2: ["ext3", "ext4"],
};

/** Whether a volume can be mounted as what is written: "auto", "ext3,ext4", "swap". */
export const isMountedAs = (filesystem: string, written: string): boolean =>
  written.split(",").some((type) => type === "auto" || type === filesystem || ALIASES[filesystem]?.includes(type));
