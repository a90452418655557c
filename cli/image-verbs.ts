import { resolve } from "node:path";
import type { Command } from "commander";
import { formatBytes, formatDuration } from "#base/units.ts";
import { regionTable } from "#cli/capture-verb.ts";
import { partitionTable } from "#cli/disk-verbs.ts";
import { addKeyVerbs } from "#cli/key-verbs.ts";
import type { Environment } from "#cli/password-input.ts";
import { escapeControls, escapeLines } from "#cli/plain-text.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { type Image, readManifest } from "#imaging/image/image-reader.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";

export function addImageVerbs(program: Command, environment: Environment): void {
  const image = program.command("image").description("look at image files, and change who can open them");
  addKeyVerbs(image, environment);
  verb(image, "show", "show what an image holds")
    .argument("<image>", "image file")
    .action(async (file: string, _options, command: Command) => {
      const found = await readManifest(resolve(file));
      outputOf(command).result(found, () => describe(found));
    });
  verb(image, "verify", "read all of an image and check it against its checksums")
    .argument("<image>", "image file")
    .action(async (file: string, _options, command: Command) => {
      const output = outputOf(command);
      const path = resolve(file);
      const report = await runOperation(
        "verify",
        (signal) => verifyImage(path, { onDamage: (damage) => output.message(damage.message) }, signal),
        output,
      );
      output.result(
        report,
        () =>
          `${file} is intact: ${report.chunks} chunks, ${formatBytes(report.bytes)} checked in ${formatDuration(report.seconds)}`,
      );
    });
}

function describe({
  manifest,
  fileSize,
  rootHash,
  path,
}: Pick<Image, "manifest" | "fileSize" | "rootHash" | "path">): string {
  const { disk, table, warnings } = manifest;
  // The warnings of the file systems are among those of the image; only images of older writers have none.
  const partitions = warnings ? manifest.partitions.map(withoutWarnings) : manifest.partitions;
  const lines = [
    `${escapeControls(manifest.name)}, captured ${manifest.createdAt} by ${manifest.writer.program} ${manifest.writer.version}`,
    ...(manifest.note ? [`  note       ${escapeControls(manifest.note)}`] : []),
    `  file       ${path}, ${formatBytes(fileSize)}`,
    `  disk       ${disk.model ?? "no model name"}${disk.serial ? `, serial ${disk.serial}` : ""}, ${formatBytes(disk.size)}, ${disk.sectorSize}-byte sectors`,
    `  table      ${table.type}${table.diskId ? ` ${table.diskId}` : ""}`,
    `  image id   ${manifest.imageId}`,
    `  root hash  ${rootHash}`,
    partitionTable(partitions),
    regionTable(manifest.regions),
    ...(warnings ?? []).map((text) => `! ${text}`),
  ];
  return escapeLines(lines.join("\n"));
}

const withoutWarnings = (partition: PartitionInfo): PartitionInfo =>
  partition.filesystem ? { ...partition, filesystem: { ...partition.filesystem, warnings: [] } } : partition;
