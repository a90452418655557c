import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { formatBytes, formatDuration } from "#base/units.ts";
import { table } from "#cli/output.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { IsoReport } from "#mediabuilder/build-iso.ts";

interface IsoVerbOptions {
  out: string;
  headless?: boolean;
  kernelParameters?: string;
}

export function addMediaVerbs(program: Command): void {
  const media = program.command("media").description("build rescue media");
  verb(media, "iso", "build the rescue system as a hybrid ISO for CD and USB stick")
    .requiredOption("--out <file>", "the ISO file to write; replaces only an ISO of Lifeboat")
    .option("--headless", "without the kiosk's screen and browser")
    .option("--kernel-parameters <text>", "add to the kernel command line of every boot menu entry")
    .action(async (options: IsoVerbOptions, command: Command) => {
      const output = outputOf(command);
      // Loaded on use: the rescue system's own copy of the command carries no builder.
      const { buildIso, WORK_DIR } = await import("#mediabuilder/build-iso.ts");
      const { checkIsoOut } = await import("#mediabuilder/iso/check-out.ts");
      await mkdir(WORK_DIR, { recursive: true }); // and with it out/, where the Makefile wants the ISO
      const out = resolve(options.out);
      await checkIsoOut(out);
      const report = await buildIso({
        out,
        workDir: WORK_DIR,
        kiosk: options.headless !== true,
        extraKernelParameters: options.kernelParameters ?? "",
        log: output.message,
      });
      output.result(report, () => describe(report));
    });
}

const describe = (report: IsoReport): string =>
  [
    `Built ${report.out}: ${formatBytes(report.bytes)} in ${formatDuration(report.seconds)}`,
    `  SHA-256 ${report.sha256}`,
    table(report.parts.map(({ name, bytes }) => [`  ${name}`, formatBytes(bytes)])),
    table(report.stages.map(({ name, reused, seconds }) => [`  ${name}`, reused ? "reused" : formatDuration(seconds)])),
    "Write it to a CD, or byte by byte to a USB stick (this erases the stick), and start the computer from it.",
  ].join("\n");
