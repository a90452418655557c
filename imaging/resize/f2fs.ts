import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd, type ToolResult } from "#imaging/resize/run-to-end.ts";
import { lookAt } from "#imaging/resize/tool-device.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

/**
 * resize.f2fs 1.15 makes one smaller, with -s. But nothing tells how small it can be, and where it refuses it ends
 * with 0 as if it had done it: to be smaller is left out.
 */
export const f2fs: Resizer = {
  types: ["f2fs"],
  way: { smaller: "none", larger: "in-place" },
  limits,
  resize,
  check,
};

const PURPOSE = "resize an F2FS file system";
const NOT_SMALLER = limitWords["limit.f2fs"];
/** Its block addresses have 32 bits, and blocks 4 KiB (Linux, Documentation/filesystems/f2fs.rst). */
const MOST = 2 ** 32 * 4096;
const NOISE = /^Info:|^\[Info\]|^$|^Try to do defragement/;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const size = await sizeOf(volume, signal);
  if (size === undefined) return fixedAt(volume.size, "its superblock cannot be read");
  return { least: size, most: MOST, notSmaller: NOT_SMALLER };
}

/** What F2FS says of its status is worth nothing: what the volume says of its size afterwards is. */
async function resize(volume: VolumeFile, size: number, signal?: AbortSignal): Promise<void> {
  const before = await sizeOf(volume, signal);
  if (before === undefined) throw unsound(volume, "resize.f2fs", "its superblock cannot be read");
  if (size < before) throw resizeFailed(volume, size, NOT_SMALLER);
  await check(volume, signal);
  const sectors = Math.floor(size / volume.sectorSize);
  const args = ["-t", String(sectors), volume.path];
  const result = await runToEnd("resize.f2fs", args, { purpose: PURPOSE, signal });
  const after = await sizeOf(volume, signal);
  // Its unit is a segment of 2 MiB, or several.
  if (result.status !== 0 || after === undefined || after < before)
    throw resizeFailed(volume, size, `resize.f2fs: ${reasonIn(result, NOISE)}`);
}

const sizeOf = async (volume: VolumeFile, signal?: AbortSignal): Promise<number | undefined> => {
  const filesystem = await lookAt(volume, signal);
  return filesystem?.type === "f2fs" ? filesystem.size : undefined;
};

/** fsck.f2fs ends with 0 whatever it finds: what it prints counts. */
async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const result = await runToEnd("fsck.f2fs", ["--dry-run", volume.path], { purpose: PURPOSE, signal });
  if (isSound(result)) return;
  const fault = result.stdout.split("\n").find((line) => /\[Fail\]|ASSERT|rror/.test(line));
  throw unsound(volume, "fsck.f2fs", fault?.trim() ?? reasonIn(result, NOISE));
}

const isSound = ({ status, stdout }: ToolResult): boolean =>
  status === 0 && /\[FSCK\] other corrupted bugs +\[Ok\.\.\]/.test(stdout) && !/\[Fail\]|ASSERT/.test(stdout);
