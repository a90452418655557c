import { resolve } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { type CopyReport, copyFiles, type Trouble } from "#imaging/explore/copy/copy-files.ts";
import { describeCopy } from "#imaging/explore/copy/describe-copy.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import { volumeOfPath } from "#imaging/explore/volume-of-path.ts";
import { openImage } from "#imaging/image/image-reader.ts";

interface CopyVerbOptions extends UnlockOptions, VolumeKeyOptions {
  overwrite?: boolean;
}

export function addCopyVerb(image: Command, environment: Environment): void {
  verb(image, "cp", "copy files and folders out of an image, with all that the target can keep")
    .argument("<image>", "image file")
    .argument("<path...>", "such as /2-ext4-root/home, as `image ls` shows them; then the folder or name to copy to")
    .option("--overwrite", "replace files that are there already")
    .addOption(passwordFileOption())
    .addOption(exploreUnlockOption())
    .action(async (file: string, names: string[], options: CopyVerbOptions, command: Command) => {
      const output = outputOf(command);
      const [target, paths] = [names.at(-1) ?? "", names.slice(0, -1)];
      if (paths.length === 0) throw new LifeboatError("USAGE", { problem: "name what to copy, and where to" });
      const opened = await openImage(resolve(file), { unlock: unlockWith(options, environment) });
      const keys = await readKeyFiles(options.unlock);
      const volumes = new Set(paths.map(volumeOfPath));
      const [volume] = volumes.size === 1 ? volumes : [];
      const report = await runOperation(
        "copy",
        async function* (signal) {
          await using exploration = await explorePrivately(opened, { signal, keys, ...(volume && { volume }) });
          return yield* copyFiles(exploration, paths, resolve(target), { ...options, signal });
        },
        output,
      );
      output.result(report, () =>
        describeCopy(report)
          .map(({ text }) => text)
          .join("\n"),
      );
      const [first] = [...report.damaged, ...report.failed];
      if (first) throw incomplete(report, first);
    });
}

const incomplete = ({ target, damaged, failed }: CopyReport, { name, reason }: Trouble) =>
  new LifeboatError("COPY_INCOMPLETE", {
    ...{ target, damaged: damaged.length, failed: failed.length },
    first: `${name} (${reason})`,
  });
