import { formatBytes } from "#base/units.ts";
import { table } from "#cli/output.ts";
import type { Region, VolumeContent } from "#imaging/image/manifest.ts";

/** What was taken of each part of the disk, and why not by used blocks where it was not. */
export function regionTable(regions: readonly Region[]): string {
  const rows = regions.flatMap((region) => [
    regionRow(`  ${region.label}`, region),
    ...(region.contents ?? []).map((content) =>
      regionRow(`    ${content.name}${content.filesystem ? ` (${content.filesystem.type})` : ""}`, content),
    ),
  ]);
  return table([["  PART", "CAPTURED", "HOW", "WHY"], ...rows]);
}

const regionRow = (name: string, { usedBytes, size, mode, reason }: Region | VolumeContent): string[] => [
  name,
  `${formatBytes(usedBytes)} of ${formatBytes(size)}`,
  mode,
  reason ?? "",
];
