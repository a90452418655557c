import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { type MountWay, mountWay } from "#imaging/inventory/mount-way.ts";

/** A driver that shows the files of a volume, and how it is told not to change a bit of it. */
export type Way = ({ readonly kind: "kernel" } & MountWay) | ({ readonly kind: "program" } & Program);

interface Program {
  readonly tool: string;
  readonly options: readonly string[];
  /** It takes no file, but a loop device over it. */
  readonly wantsDevice?: boolean;
}

const ALWAYS = ["ro", "nodev", "nosuid", "noexec"];

/**
 * `errors=` overrides what the volume itself says that the kernel should do about damage, which may be a panic
 * (ext4(5)). f2fs has its own way against the roll-forward of its log (Linux, Documentation/filesystems/f2fs.rst).
 */
const MORE_OPTIONS: Partial<Record<FilesystemType, readonly string[]>> = {
  ext2: ["errors=remount-ro"],
  ext3: ["errors=remount-ro"],
  ext4: ["errors=remount-ro"],
};
const F2FS: MountWay = { type: "f2fs", options: [...ALWAYS, "norecovery"] };

/** For kernels without the driver, as in many containers and cloud machines. */
const PROGRAMS: Partial<Record<FilesystemType, Program>> = {
  ext2: { tool: "fuse2fs", options: ["norecovery"] },
  ext3: { tool: "fuse2fs", options: ["norecovery"] },
  ext4: { tool: "fuse2fs", options: ["norecovery"] },
  vfat: { tool: "fusefat", options: [] },
  exfat: { tool: "mount.exfat-fuse", options: [], wantsDevice: true },
};

/** ntfs-3g shows alternate data streams as extended attributes, so that a copy takes them along (ntfs-3g(8)). */
const NTFS: Way = { kind: "program", tool: "ntfs-3g", options: [...ALWAYS, "streams_interface=xattr"] };

/** The drivers to try, in this order; none for what holds no files. */
export function mountWays(type: FilesystemType): Way[] {
  if (type === "ntfs") return [NTFS];
  const kernel = type === "f2fs" ? F2FS : mountWay(type);
  const program = PROGRAMS[type];
  return [
    ...(kernel
      ? [{ kind: "kernel", type: kernel.type, options: [...kernel.options, ...(MORE_OPTIONS[type] ?? [])] } as const]
      : []),
    ...(program ? [{ kind: "program", ...program, options: [...ALWAYS, ...program.options] } as const] : []),
  ];
}
