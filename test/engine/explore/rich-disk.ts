import { statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { RICH, type RichKind } from "#test/engine/explore/rich-volumes.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

/** A GPT disk with one partition for each file, and the image that the real engine makes of it. */
export async function captureVolumes(
  folder: string,
  files: readonly string[],
): Promise<{ disk: string; image: string }> {
  const disk = join(folder, "disk.raw");
  const sizes = files.map((file) => statSync(file).size);
  await blankDisk(
    disk,
    sizes.reduce((sum, size) => sum + size, 4 * MIB),
  );
  const table = ["label: gpt", ...sizes.map((size) => `size=${size / 512}`)].join("\n");
  await runTool("sfdisk", ["--quiet", "--no-reread", "--no-tell-kernel", disk], { input: `${table}\n` });
  for (const [i, partition] of (await readPartitions(disk, 512)).entries()) {
    const place = [`seek=${partition.offset}`, "oflag=seek_bytes", "conv=notrunc,sparse", "bs=1M", "status=none"];
    await runTool("dd", [`if=${files[i]}`, `of=${disk}`, ...place]);
  }
  const image = join(folder, "disk.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify");
  return { disk, image };
}

/** The volumes are kept beside the image, to compare with. */
export async function makeRichImage(folder: string, kinds: readonly RichKind[]) {
  const files = kinds.map((kind) => RICH[kind](join(folder, `${kind}.volume`)));
  return { files, ...(await captureVolumes(folder, files)) };
}

export const drop = (path: string): void => unlinkSync(path);
