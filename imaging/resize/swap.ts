import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { lookAt } from "#imaging/resize/tool-device.ts";

/** Swap space holds nothing that is of use after a restart: it is made anew. */
export const swap: Resizer = {
  types: ["swap"],
  way: { smaller: "rebuild", larger: "rebuild" },
  limits,
  resize: async (volume, size) => {
    throw resizeFailed(volume, size, "swap space is made anew");
  },
  check: async (volume, signal) => {
    if (!(await found(volume, signal))) throw unsound(volume, "Lifeboat", "there is no header of swap space");
  },
};

/** mkswap(8) makes none of less than ten pages. */
const LEAST_PAGES = 10;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const filesystem = await found(volume, signal);
  const [warning] = filesystem?.warnings ?? [];
  if (!filesystem) return fixedAt(volume.size, "there is no header of swap space");
  if (warning !== undefined) return fixedAt(volume.size, warning);
  return { least: LEAST_PAGES * filesystem.blockSize, most: Number.POSITIVE_INFINITY };
}

async function found(volume: VolumeFile, signal?: AbortSignal): Promise<Filesystem | undefined> {
  const filesystem = await lookAt(volume, signal);
  return filesystem?.type === "swap" ? filesystem : undefined;
}

/** As rebuild() in rebuild.ts. There is nothing to copy. */
export async function rebuildSwap(
  source: VolumeFile,
  target: VolumeFile,
  { uuid, label, blockSize, warnings }: Filesystem,
  signal: AbortSignal,
): Promise<void> {
  const [warning] = warnings;
  if (warning !== undefined) throw resizeFailed(source, target.size, warning);
  const args = [
    ...["--force", "--pagesize", String(blockSize), "--uuid", uuid ?? "clear"],
    ...[...(label === undefined ? [] : ["--label", label]), target.path],
  ];
  const result = await runToEnd("mkswap", args, { purpose: "make swap space anew", signal });
  if (result.status !== 0) throw resizeFailed(source, target.size, `mkswap: ${reasonIn(result)}`);
}
