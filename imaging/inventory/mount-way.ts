/** How a file system is mounted so that no byte of it changes. */
export interface MountWay {
  /** As mount(8) takes it. */
  readonly type: string;
  readonly options: readonly string[];
}

const ALWAYS = ["ro", "nodev", "nosuid", "noexec"];

/**
 * `ro` alone is not enough: a journal is replayed on a read-only mount too. A disk that somebody wants to rescue must
 * stay as it is, so only file systems are here whose driver can be kept from that:
 * - ext2/3/4 `noload`: the journal is not read (ext4(5)). Orphaned files would still be cleaned up; the kernel does
 *   that only on a writable device, which is why the mounter makes the device read-only first.
 * - xfs `norecovery`; `nouuid` because a restored disk has the UUIDs of its source (xfs(5)).
 * - btrfs `rescue=nologreplay`: the log tree is left alone (btrfs(5)).
 * - ntfs by ntfs-3g: with `ro` it opens the device read-only, and looks at the journal and at a hibernated Windows
 *   only for writing. The kernel's ntfs3 replays the journal in memory first and has no option against it.
 * - vfat, exfat, iso9660 have no journal; `ro` keeps vfat from setting its dirty flag.
 * f2fs, HFS+ and APFS are left out until they have been tried.
 */
const WAYS: Readonly<Record<string, MountWay>> = {
  ext2: { type: "ext4", options: ["noload"] },
  ext3: { type: "ext4", options: ["noload"] },
  ext4: { type: "ext4", options: ["noload"] },
  xfs: { type: "xfs", options: ["norecovery", "nouuid"] },
  btrfs: { type: "btrfs", options: ["rescue=nologreplay"] },
  ntfs: { type: "ntfs-3g", options: [] },
  vfat: { type: "vfat", options: ["utf8=1"] },
  exfat: { type: "exfat", options: [] },
  iso9660: { type: "iso9660", options: [] },
};

/** @returns undefined for what is not mounted at all: swap, containers, encrypted and unknown content. */
export function mountWay(filesystem: string): MountWay | undefined {
  const way = Object.hasOwn(WAYS, filesystem) ? WAYS[filesystem] : undefined;
  return way && { type: way.type, options: [...ALWAYS, ...way.options] };
}
