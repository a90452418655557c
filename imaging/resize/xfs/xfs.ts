import { withPrivateMount } from "#imaging/resize/private-mount.ts";
import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import type { Resizer, SizeLimits, VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { lookAt } from "#imaging/resize/tool-device.ts";
import { roomNeeded } from "#imaging/resize/xfs/room-needed.ts";
import { readShape, type XfsShape } from "#imaging/resize/xfs/shape.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

/** XFS has no way to become smaller: it is made anew then. */
export const xfs: Resizer = {
  types: ["xfs"],
  way: { smaller: "rebuild", larger: "in-place" },
  limits,
  resize,
  check,
};

const PURPOSE = "resize an XFS file system";
const MIB = 1 << 20;
/** mkfs.xfs(8) makes none smaller since 5.19. */
const SMALLEST = 300 * MIB;
/** The first ones are about a file instead of a disk. */
const NOISE = /^Cannot get host|^Repair may fail|^the image and the host|^Phase \d|^- |^No modify flag|^$/;
/** Nothing of it changes, not even by its log. It may be mounted already, from the disk that it was captured of. */
export const XFS_READ_ONLY = { type: "xfs", options: ["ro", "norecovery", "nouuid"] } as const;
export const XFS_WRITABLE = { type: "xfs", options: ["nouuid", "noatime"] } as const;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const shape = await readShape(volume, signal);
  const reason = notRebuilt(shape) ?? (await uncleanReason(volume, signal));
  const most = Number.POSITIVE_INFINITY;
  if (reason !== undefined) return { least: shape.size, most, notSmaller: reason };
  const need = await withPrivateMount(volume, XFS_READ_ONLY, (folder) => roomNeeded(folder, shape, signal));
  const least = Math.max(SMALLEST, Math.ceil(need / MIB) * MIB);
  if (least < shape.size) return { least, most };
  const notSmaller = shape.size <= SMALLEST ? limitWords["limit.xfs-least"] : limitWords["limit.nearly-full"];
  return { least: shape.size, most, notSmaller };
}

/** Why its files cannot be copied into a new one, with all that belongs to them. */
export function notRebuilt({ hasQuotas, hasRealtime, hasOwnLog }: XfsShape): string | undefined {
  if (hasRealtime) return limitWords["limit.xfs-realtime"];
  if (!hasOwnLog) return limitWords["limit.xfs-log"];
  if (hasQuotas) return limitWords["limit.xfs-quotas"];
  return undefined;
}

/** What is in its log only would be missing in a copy, and on a read-only volume a log cannot be replayed. */
export async function uncleanReason(volume: VolumeFile, signal?: AbortSignal): Promise<string | undefined> {
  const filesystem = await lookAt(volume, signal);
  const isUnclean = filesystem?.warnings.some((warning) => /not unmounted cleanly/.test(warning));
  return isUnclean
    ? "XFS can be made smaller only by a copy of its files, and it was not unmounted cleanly: what is in its log would be missing"
    : undefined;
}

/** By xfs_growfs(8), which works on what is mounted. */
async function resize(volume: VolumeFile, size: number, signal?: AbortSignal): Promise<void> {
  const before = await readShape(volume, signal);
  if (size < before.size) throw resizeFailed(volume, size, "XFS cannot be made smaller in place: it is made anew");
  // xfs_repair -n does not read the log, and finds faults that are none. Mounting replays it.
  if (await uncleanReason(volume, signal)) await withPrivateMount(volume, XFS_WRITABLE, async () => {});
  await check(volume, signal);
  const blocks = Math.floor(size / before.blockSize);
  if (blocks * before.blockSize === before.size) return;
  await withPrivateMount(volume, XFS_WRITABLE, async (folder) => {
    const result = await runToEnd("xfs_growfs", ["-D", String(blocks), folder], { purpose: PURPOSE, signal });
    if (result.status !== 0) throw resizeFailed(volume, size, `xfs_growfs: ${reasonIn(result, /=|^$/)}`);
  });
}

/** xfs_repair(8) -n ends with 1 when it would repair something. */
async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const result = await runToEnd("xfs_repair", ["-n", volume.path], { purpose: PURPOSE, signal });
  if (result.status === 0) return;
  throw unsound(volume, "xfs_repair", reasonIn(result, NOISE));
}
