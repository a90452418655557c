import { resolve } from "node:path";
import type { Command } from "commander";
import { formatBytes, formatDuration } from "#base/units.ts";
import { table } from "#cli/output.ts";
import { outputOf, verb } from "#cli/verb.ts";

export function addMediaVerbs(program: Command): void {
  const media = program.command("media").description("build rescue media");
  verb(media, "iso", "build the rescue system as a hybrid ISO for CD and USB stick")
    .requiredOption("--out <file>", "the ISO file to write")
    .option("--headless", "without the kiosk's browser")
    .action(async (options: { out: string; headless?: boolean }, command: Command) => {
      const output = outputOf(command);
      // Loaded on use: the rescue system's own copy of the command has no builder.
      const { buildIso } = await import("#mediabuilder/build-iso.ts");
      const report = await buildIso({
        out: resolve(options.out),
        workDir: resolve("out/cache"),
        kiosk: !options.headless,
        log: output.message,
      });
      output.result(report, () => table(Object.entries(report).map(([k, v]) => [k, String(v)])));
      void formatBytes;
      void formatDuration;
    });
}
