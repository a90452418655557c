import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { type ExportImageOptions, exportLifeboat } from "#cli/export-image.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption, size } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { EXPORT_FORMATS, type ExportFormat, type ExportReport, exportImage } from "#imaging/explore/export-image.ts";
import { openImage } from "#imaging/image/image-reader.ts";

interface ExportOptions extends UnlockOptions, ExportImageOptions {
  format: ExportFormat | "lifeboat";
}

export function addExportVerb(image: Command, environment: Environment): void {
  verb(image, "export", "write an image, or a point, as a file for virtual machines or as an image file of its own")
    .argument("<image>", "image file")
    .argument("<file>", "which must not be there yet")
    .addOption(
      new Option("--format <format>", "of the file").choices(["lifeboat", ...EXPORT_FORMATS]).makeOptionMandatory(),
    )
    .option("--no-verify", "do not read the file back afterwards")
    .addOption(passwordFileOption())
    .option("--new-password-file <file>", "lifeboat: encrypt the new file with this password")
    .option("--plain", "lifeboat: leave the new file unencrypted although the image is not")
    .addOption(new Option("--split <size>", "lifeboat: files of at most this size, 16M or more").argParser(size))
    .action(async (file: string, target: string, options: ExportOptions, command: Command) => {
      const output = outputOf(command);
      const unlock = unlockWith(options, environment);
      const { format, verify } = options;
      if (format === "lifeboat") return exportLifeboat(resolve(file), resolve(target), options, unlock, output);
      const opened = await openImage(resolve(file), { unlock });
      const report = await runOperation(
        "export",
        (signal) => exportImage(opened, resolve(target), format, { verify, signal }),
        output,
      );
      output.result(report, () => describe(opened.path, report));
    });
}

const describe = (image: string, { file, format, diskBytes, fileBytes, verified, seconds }: ExportReport): string =>
  [
    printable(
      `Exported ${image} to ${file} (${format}): a disk of ${formatBytes(diskBytes)} in ${formatBytes(fileBytes)}, ${formatDuration(seconds)}`,
    ),
    verified ? "The file was read back and equals the image." : "The file was not read back.",
  ].join("\n");
