import { mkdir } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import type { VolumeFile } from "#imaging/installed/volume-file.ts";
import { mountWay } from "#imaging/inventory/mount-way.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "mount a volume of an installed system";

/**
 * As the system itself mounts it, but for devices and for programs that give rights. `nouuid`: its twin may be in this
 * machine (xfs(5)). ext4's journal is replayed and its orphans go, as at any start.
 */
const WRITABLE: Readonly<Record<string, { readonly type: string; readonly options: readonly string[] }>> = {
  ext2: { type: "ext4", options: [] },
  ext3: { type: "ext4", options: [] },
  ext4: { type: "ext4", options: [] },
  xfs: { type: "xfs", options: ["nouuid"] },
  btrfs: { type: "btrfs", options: [] },
  f2fs: { type: "f2fs", options: [] },
  ntfs: { type: "ntfs-3g", options: ["windows_names"] },
};

export interface MountWish {
  readonly write: boolean;
  /** Of btrfs: a name, or "" for the top level. Undefined for the one that the volume itself opens with. */
  readonly subvolume?: string | undefined;
  /** A hibernated session of Windows is thrown away: ntfs-3g removes hiberfil.sys, and writes to no volume that has one. */
  readonly discardHibernation?: boolean | undefined;
}

export const isMountable = (filesystem: string): boolean => Object.hasOwn(WRITABLE, filesystem);

/**
 * Mounts a volume on a folder, which is made. The loop device goes with the mount.
 * @throws TOOL_FAILED when the driver refuses it, as ntfs-3g does a hibernated Windows; TOOL_MISSING
 */
export async function mountSystemVolume(
  { volume, path, offset, size, sectorSize }: VolumeFile,
  folder: string,
  { write, subvolume, discardHibernation }: MountWish,
): Promise<void> {
  const way = write ? WRITABLE[volume.filesystem] : readOnlyWay(volume.filesystem);
  if (!way)
    throw new LifeboatError("TOOL_FAILED", { tool: "mount", status: 1, output: `no driver for ${volume.filesystem}` });
  await mkdir(folder, { recursive: true });
  const sectors = sectorSize === 512 ? [] : ["--sector-size", String(sectorSize)];
  const place = ["--offset", String(offset), "--sizelimit", String(size), ...sectors];
  const args = ["--find", "--show", ...(write ? [] : ["--read-only"]), ...place, path];
  const device = (await runTool("losetup", args, PURPOSE)).trim();
  try {
    const of =
      subvolume === undefined ? [] : [subvolume === "" ? "subvolid=5" : `subvol=/${subvolume.replace(/^\//, "")}`];
    const awake = write && discardHibernation && volume.filesystem === "ntfs" ? ["remove_hiberfile"] : [];
    const options = ["nodev", "nosuid", write ? "rw" : "ro", ...way.options, ...awake, ...of];
    await runTool("mount", ["-t", way.type, "-o", options.join(","), device, folder], PURPOSE);
  } finally {
    // Of a device in use, the kernel carries out the detachment at its last close.
    await runTool("losetup", ["--detach", device], PURPOSE);
  }
}

/** mountWay() also forbids programs, which nobody starts from what is only read. */
const readOnlyWay = (filesystem: string) => (isMountable(filesystem) ? mountWay(filesystem) : undefined);
