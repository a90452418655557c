import { isLifeboatError } from "#base/errors.ts";
import { type FatLayout, readLayout } from "#imaging/filesystem/fat/layout.ts";
import { COUNTS, FatContent, type FatShape, fits, sizesThatFit } from "#imaging/resize/fat/fat-shape.ts";
import { fatTree } from "#imaging/resize/fat/fat-tree.ts";
import { ANEW, NamesToCopy } from "#imaging/resize/fat/names-to-copy.ts";
import { resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { lookAt, toolDevice } from "#imaging/resize/tool-device.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

/**
 * FAT is made anew, and mtools copies the files. Why not fatresize: docs/adr/0011.
 */
export const fat: Resizer = {
  types: ["vfat"],
  way: { smaller: "rebuild", larger: "rebuild" },
  limits,
  resize: async (volume, size) => {
    throw resizeFailed(volume, size, "FAT is made anew, and its files are copied");
  },
  check,
};

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const device = toolDevice(volume, signal);
  const layout = await readLayout(device);
  if (!layout) throw unsound(volume, "fsck.fat", "it has no boot sector");
  const reason = notCopied(layout, (await lookAt(volume, signal))?.label);
  if (reason !== undefined) return fixedAt(layout.size, reason);
  const [content, names] = [new FatContent(), new NamesToCopy()];
  try {
    for await (const entry of fatTree(device)) {
      content.add(entry, layout.bits);
      names.add(entry);
    }
  } catch (error) {
    if (!isLifeboatError(error, "FILESYSTEM_DAMAGED")) throw error;
    throw unsound(volume, "Lifeboat", error.details.problem);
  }
  if (names.problem !== undefined) return fixedAt(layout.size, names.problem);
  return limitsOf(content, shapeOf(layout, volume.sectorSize), layout.size, volume.sectorSize);
}

function limitsOf(content: FatContent, shape: FatShape, size: number, sectorSize: number): SizeLimits {
  const found = sizesThatFit((at) => fits(content, shape, at, sectorSize), size, sectorSize);
  if (!found) return fixedAt(size, `no new FAT${shape.bits} takes all of its files`);
  return {
    ...found,
    ...(found.least < size ? {} : { notSmaller: limitWords["limit.nearly-full"] }),
    ...(found.most > size ? {} : { notLarger: `FAT${shape.bits} cannot be larger with these files` }),
  };
}

/** mkfs.fat(8) puts 32 sectors in front of FAT32, and rounds up to a cluster. */
export const shapeOf = (layout: FatLayout, sectorSize: number): FatShape => {
  const { bits, clusterSize, fatOffset, fatLength, rootOffset, rootLength } = layout;
  return {
    ...{ bits, clusterSize, rootLength },
    reserved: Math.max(fatOffset, 32 * sectorSize + clusterSize),
    fats: Math.max(1, Math.round((rootOffset - fatOffset) / fatLength)),
  };
};

/** Why mkfs.fat and mtools cannot make it anew. */
export function notCopied({ bits, clusters }: FatLayout, label: string | undefined): string | undefined {
  const why = [
    // Small FAT32 with large clusters works otherwise: its width shows from other fields, too.
    [bits === 32 && clusters < COUNTS[32][0], "mtools takes it for FAT16, as it has so few clusters"],
    // In every code page, mkfs.fat 4.2 takes them for control characters.
    [/[^ -~]/.test(label ?? ""), "its label has letters that mkfs.fat does not take"],
  ] as const;
  const reason = why.find(([applies]) => applies)?.[1];
  return reason && `${ANEW}, and ${reason}`;
}

/**
 * fsck.fat(8) -n ends with 1 for what it calls harmless, too: that the volume was not unmounted, and what Windows and
 * Linux do not keep up to date. What it says about these, line by line:
 */
const HARMLESS = [
  /^fsck\.fat \d/,
  /^There are differences between boot sector and its backup\.$/,
  /^This is mostly harmless\. Differences:/,
  /^(,?\s*\d+:[\da-f]{2}\/[\da-f]{2})+$/,
  /^Not automatically fixing this\.$/,
  /^Dirty bit is set\. Fs was not properly unmounted/,
  /^Automatically removing dirty bit\.$/,
  /^Free cluster summary (wrong|uninitialized)/,
  /^Auto-(correcting|setting)\.$/,
  /^Leaving filesystem unchanged\.$/,
  /^\S.*: \d+ files, \d+\/\d+ clusters$/,
  /^$/,
];

async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const options = { purpose: "check a FAT volume", signal };
  const { status, stdout, stderr } = await runToEnd("fsck.fat", ["-n", volume.path], options);
  if (status === 0) return;
  const lines = `${stderr}\n${stdout}`.split("\n").map((line) => line.trim());
  const fault = lines.find((line) => !HARMLESS.some((pattern) => pattern.test(line)));
  if (fault !== undefined || status !== 1) throw unsound(volume, "fsck.fat", fault ?? `it ended with status ${status}`);
}
