/**
 * Why all of a partition is captured, and not its used blocks: clauses about it that stand alone, too. Images keep it as a text: it is found
 * by these words (`hear`).
 */
export const rawWords = {
  "raw.no-filesystem": "no file system was recognised",
  "raw.unread": (p: { name: string }) => `Lifeboat does not read ${p.name}: all of the partition is captured`,
  "raw.no-free": (p: { name: string }) => `${p.name} has no free blocks: all of the partition is captured`,
  "raw.locked": (p: { name: string }) =>
    `it is encrypted with ${p.name}: which blocks are used shows only when it is unlocked`,
  "raw.lvm": "it is a part of an LVM volume group: all of the partition is captured",
  "raw.raid": "it is a member of a Linux RAID: all of the partition is captured",
  // what: "ZFS pool"
  "raw.part": (p: { what: string }) =>
    `it is a part of a ${p.what}, which Lifeboat does not read: all of the partition is captured`,
  "raw.untold": (p: { why: string }) => `its used blocks cannot be told: ${p.why}`,

  "raw.unclean-journal": "it was not unmounted cleanly, and its journal may hold newer block bitmaps",
  "raw.unclean-log": "it was not unmounted cleanly, and its log may hold newer maps of free blocks",
  "raw.unclean-bitmaps": "it was not unmounted cleanly, and its block bitmaps may be old",
  "raw.unclean-clusters": "it was not unmounted cleanly, and its map of used clusters may be old",
  "raw.unclean-checkpoint": "it was not unmounted cleanly, and files may have been written after its last checkpoint",
  "raw.after-checkpoint": "it was not unmounted cleanly, and files were written after its last checkpoint",
  "raw.unclean-ntfs": "it was not unmounted cleanly, or Windows is hibernated in it (Fast Startup)",
  "raw.dirty": "it is marked dirty, and its map of used clusters may be wrong",
  "raw.errors-bitmaps": "it has recorded errors, and its block bitmaps may be wrong",
  "raw.errors-maps": "it has recorded errors, and its maps of used blocks may be wrong",
  "raw.errors-tree": "it has recorded errors, and its extent tree may be wrong",
  "raw.checkpoints-off":
    "its checkpoints were switched off, or it was being resized: its maps of used blocks may be old",
  "raw.backup-only": "its first boot sectors are damaged, and only the backup is whole",
  "raw.repair": "it must be repaired with xfs_repair, and its map of free blocks may be wrong",
  "raw.mkfs": "its mkfs was not finished",
  "raw.converting": (p: { flags: string }) => `it is being converted, or is a dump of metadata only (${p.flags})`,

  "raw.texfat": "it is a TexFAT, whose two maps of used clusters Lifeboat does not read",
  "raw.xfs-version": (p: { version: number }) => `it is XFS of version ${p.version}, which is not known here`,
  "raw.feature": (p: { name: string; flags: string }) =>
    `it uses an ${p.name} feature that is not known here (${p.flags})`,
  "raw.btrfs-feature": (p: { flags: string }) => `it uses a btrfs feature that is not known here (${p.flags})`,
  "raw.log-elsewhere": "its log lies on another device, and may hold newer maps of free blocks",
  "raw.realtime": "it has a realtime volume",
  "raw.devices": "it spans several devices, and Lifeboat does not read such an F2FS",
  "raw.zoned": "it is made for zoned devices, and Lifeboat does not read such an F2FS",
  "raw.read-only": "it is an F2FS that was made to be read only: it has no free blocks",
  "raw.btrfs-devices": (p: { devices: number }) =>
    `it is one device of a btrfs over ${p.devices} devices, whose used blocks show only with all of them`,
  "raw.swap-hibernated": "a system is hibernated in it, and would lose its state",
  "raw.swap": "it is swap space: its content is of no use after a restart, its header and UUID are kept",
};
