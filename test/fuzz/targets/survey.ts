import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { mapRegions } from "#imaging/capture/map-regions.ts";
import { PartitionInfo, Region } from "#imaging/image/manifest.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { KIB, MIB, made } from "#test/fuzz/make-seed.ts";
import { checkExtents } from "#test/fuzz/promises.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** One behind the other from the second MiB on. */
const SIZE = 2 * MIB;
const VOLUMES: readonly (readonly string[])[] = [
  ["mkfs.fat", "-n", "EFI"],
  ["mke2fs", "-q", "-F", "-t", "ext4"],
  ["mkntfs", "-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0"],
  ["mkswap", "-q"],
];

function disk(path: string, label: "gpt" | "dos"): void {
  emptyImage(path, (VOLUMES.length + 2) * SIZE);
  const parts = VOLUMES.map((_, i) => `start=${((i + 1) * SIZE) / 512}, size=${SIZE / 512}`);
  run(
    "sh",
    "-c",
    `printf '%s\n' 'label: ${label}' ${parts.map((part) => `'${part}'`).join(" ")} | sfdisk -q '${path}'`,
  );
  const fd = openSync(path, "r+");
  for (const [i, [tool = "", ...options]] of VOLUMES.entries()) {
    const volume = `${path}.volume`;
    made(volume, tool === "mkntfs" ? SIZE - 512 : SIZE, tool, ...options);
    const content = readFileSync(volume);
    writeSync(fd, content, 0, content.length, (i + 1) * SIZE);
    rmSync(volume);
  }
  closeSync(fd);
}

/** A whole disk, as a capture looks at it: the table, every file system, and what of each is used. */
export const target: FuzzTarget = {
  name: "survey",
  seeds: [
    { name: "gpt", make: (path) => disk(path, "gpt") },
    { name: "mbr", make: (path) => disk(path, "dos") },
    { name: "whole", make: (path) => made(path, 512 * KIB, "mke2fs", "-q", "-F") },
  ],
  share: 0.1,
  allowed: ["TABLE_DAMAGED", "READ_SHORT", "READ_FAILED"],
  async parse(device) {
    if (device.size < device.sectorSize) return "no sector"; // a capture refuses it before (SOURCE_EMPTY)
    const found = await surveyDisk(device);
    for (const { info } of found.volumes) PartitionInfo.parse(info);
    const regions = await mapRegions(device, found);
    let last = 0;
    for (const { region, extents } of regions) {
      Region.parse(region);
      promise(region.start >= last, () => `${region.label} at ${region.start} overlaps what ends at ${last}`);
      last = region.start + region.size;
      promise(last <= device.size, () => `${region.label} ends at ${last} of ${device.size}`);
      checkExtents(extents, region.size, region.label);
      promise(extents.bytes === region.usedBytes, () => `${region.label}: ${extents.bytes} of ${region.usedBytes}`);
    }
    const [only] = regions;
    return regions.length === 1 && only?.region.kind === "disk" ? "whole disk raw" : "accepted";
  },
};
