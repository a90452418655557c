import type { NewVolumeId } from "#imaging/layout/identity.ts";
import { repairExt } from "#imaging/resize/ext/check-ext.ts";
import { type MountOptions, withPrivateMount } from "#imaging/resize/private-mount.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runSurely } from "#imaging/resize/run-to-end.ts";
import { lookAt } from "#imaging/resize/tool-device.ts";
import { XFS_WRITABLE } from "#imaging/resize/xfs/xfs.ts";

type Change = (volume: VolumeFile, to: string, signal: AbortSignal) => Promise<unknown>;

const PURPOSE = "give a file system a new UUID";
const BTRFS_WRITABLE: MountOptions = { type: "btrfs", options: ["noatime"] };

const run = (tool: string, args: readonly string[], signal: AbortSignal): Promise<string> =>
  runSurely(tool, args, { purpose: PURPOSE, signal });

const ext: Change = async (volume, to, signal) => {
  await repairExt(volume, signal); // tune2fs(8) wants a file system that was just checked
  await run("tune2fs", ["-U", to, volume.path], signal);
};

/** Their tools refuse a log that was not replayed: mounting does it, as the next start would. */
const replayed = async (volume: VolumeFile, options: MountOptions, signal: AbortSignal): Promise<void> => {
  const found = await lookAt(volume, signal);
  if (found?.warnings.some((text) => /not unmounted cleanly/.test(text)))
    await withPrivateMount(volume, options, async () => {});
};

const CHANGES: Readonly<Record<string, Change>> = {
  ext2: ext,
  ext3: ext,
  ext4: ext,
  async xfs(volume, to, signal) {
    await replayed(volume, XFS_WRITABLE, signal);
    await run("xfs_admin", ["-U", to, volume.path], signal);
  },
  async btrfs(volume, to, signal) {
    await replayed(volume, BTRFS_WRITABLE, signal);
    // Not -M, which is quicker and leaves a feature behind that old kernels do not know.
    await run("btrfstune", ["-f", "-U", to, volume.path], signal);
  },
  ntfs: ({ path }, to, signal) => run("ntfslabel", ["--force", `--new-half-serial=${to.slice(0, 8)}`, path], signal),
  vfat: ({ path }, to, signal) => run("fatlabel", ["--volume-id", path, to.replace("-", "")], signal),
  exfat: ({ path }, to, signal) => run("exfatlabel", ["-i", path, `0x${to.replace("-", "")}`], signal),
  // Of the header; of LUKS2 both copies of it. No key is needed, and no device mapper.
  crypto_LUKS: ({ path }, to, signal) => run("cryptsetup", ["luksUUID", "--batch-mode", "--uuid", to, path], signal),
  swap: ({ path }, to, signal) => run("swaplabel", ["--uuid", to, path], signal),
};

/**
 * Gives a file system or LUKS header another UUID, by its own tool; the volume is in nobody's use.
 * @throws FILESYSTEM_UNSOUND, TOOL_MISSING, TOOL_FAILED; the signal's reason
 */
export async function changeId(volume: VolumeFile, { type, to }: NewVolumeId, signal: AbortSignal): Promise<void> {
  const change = CHANGES[type];
  if (!change) throw new Error(`nothing gives ${type} another UUID`);
  await change(volume, to, signal);
}
