import { basename, resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { table } from "#cli/output.ts";
import { textProblem } from "#cli/plain-text.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { type CaptureReport, captureDisk } from "#imaging/capture/capture-disk.ts";
import type { Level } from "#imaging/codec/codec.ts";
import type { Region, VolumeContent } from "#imaging/image/manifest.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";

interface CaptureOptions {
  to: string;
  level: Level;
  raw?: boolean;
  name?: string;
  note?: string;
}

export function addCaptureVerb(program: Command): void {
  verb(program, "capture", "capture a disk into an image file")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .requiredOption("--to <file>", "the image file to make; it must not exist")
    .addOption(new Option("--level <level>", "compression").choices(["none", "normal", "high"]).default("normal"))
    .option("--raw", "capture every sector, used or not")
    .option("--name <name>", "name of the image (default: the file's name)")
    .option("--note <text>", "a note to keep with the image")
    .action(async (name: string, options: CaptureOptions, command: Command) => {
      const output = outputOf(command);
      const to = resolve(options.to);
      const request = {
        to,
        level: options.level,
        raw: options.raw === true,
        name: checkedName(options.name ?? basename(to).replace(/\.lbi$/, "")),
        note: checkedNote(options.note ?? ""),
        writerVersion: VERSION,
        disk: await findDisk(name),
      };
      const report = await runOperation("capture", (signal) => captureDisk(request, signal), output);
      output.result(report, () => describe(report));
    });
}

const NAME_LIMIT = 200;
const NOTE_LIMIT = 4096;

const checkedName = (name: string): string =>
  checked("--name", name, textProblem(name, { least: 1, most: NAME_LIMIT, multiline: false }));

const checkedNote = (note: string): string =>
  checked("--note", note, textProblem(note, { least: 0, most: NOTE_LIMIT, multiline: true }));

/** Names and notes are shown on many screens, and by programs that trust them more than they should. */
function checked(option: string, value: string, problem: string | undefined): string {
  if (problem) throw new LifeboatError("USAGE", { problem: `${option} cannot be used: ${problem}` });
  return value;
}

const describe = (report: CaptureReport): string =>
  [
    `Captured ${formatBytes(report.capturedBytes)} of ${formatBytes(report.diskBytes)} in ${formatDuration(report.seconds)}`,
    `Image ${report.image}: ${formatBytes(report.imageBytes)}, ${report.chunks} chunks, root hash ${report.rootHash.slice(0, 16)}`,
    regionTable(report.regions),
    ...report.warnings.map((text) => `! ${text}`),
  ].join("\n");

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
