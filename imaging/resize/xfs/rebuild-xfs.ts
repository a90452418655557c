import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { copyTree } from "#imaging/resize/copy-tree.ts";
import { withPrivateMount } from "#imaging/resize/private-mount.ts";
import { reasonIn, resizeFailed } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { readShape, type XfsShape } from "#imaging/resize/xfs/shape.ts";
import { notRebuilt, uncleanReason, XFS_READ_ONLY, XFS_WRITABLE, xfs } from "#imaging/resize/xfs/xfs.ts";

const PURPOSE = "make an XFS file system anew";

/** As rebuild() in rebuild.ts. */
export async function rebuildXfs(
  source: VolumeFile,
  target: VolumeFile,
  { uuid, label }: Filesystem,
  signal: AbortSignal,
): Promise<void> {
  const shape = await readShape(source, signal);
  const reason = notRebuilt(shape) ?? (await uncleanReason(source, signal));
  if (reason !== undefined) throw resizeFailed(source, target.size, reason);
  await xfs.check(source, signal);
  const args = [...optionsOf(shape, target), ...(label === undefined ? [] : ["-L", label])];
  if (uuid !== undefined) args.push("-m", `uuid=${uuid}`);
  const made = await runToEnd("mkfs.xfs", ["-q", "-f", "-K", ...args, target.path], { purpose: PURPOSE, signal });
  if (made.status !== 0) throw resizeFailed(source, target.size, `mkfs.xfs: ${reasonIn(made, /deprecated|^$/)}`);
  await withPrivateMount(source, XFS_READ_ONLY, (from) =>
    withPrivateMount(target, XFS_WRITABLE, (to) => copyTree({ from, to, source, size: target.size }, signal)),
  );
}

/** What a boot loader or an older kernel could not read before, it cannot be asked to read now: all features stay. */
function optionsOf(shape: XfsShape, { sectorSize }: VolumeFile): string[] {
  const sectors = Math.max(shape.sectorSize, sectorSize);
  return [
    ...["-b", `size=${Math.max(shape.blockSize, sectors)}`, "-s", `size=${sectors}`],
    ...["-m", shape.metadata.join(","), "-i", [`size=${shape.inodeSize}`, ...shape.inodes].join(",")],
    ...["-n", [`size=${shape.directoryBlockSize}`, ...shape.naming].join(",")],
  ];
}
