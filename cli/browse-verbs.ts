import { resolve } from "node:path";
import type { Command } from "commander";
import { fileTable } from "#cli/file-table.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { volumeReport, volumeTable } from "#cli/volume-table.ts";
import { withSignal } from "#cli/with-signal.ts";
import { listPlace } from "#imaging/explore/list-place.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import { volumeOfPath } from "#imaging/explore/volume-of-path.ts";
import { openImage } from "#imaging/image/image-reader.ts";

export function addBrowseVerbs(image: Command, environment: Environment): void {
  verb(image, "ls", "list the volumes of an image, or what is in a folder of one")
    .argument("<image>", "image file")
    .argument("[path]", "such as /2-ext4-root/etc; it begins with the name of a volume", "/")
    .addOption(passwordFileOption())
    .addOption(exploreUnlockOption())
    .action(async (file: string, path: string, options: UnlockOptions & VolumeKeyOptions, command: Command) => {
      const output = outputOf(command);
      await withSignal(`listing of ${file}`, async (signal) => {
        const opened = await openImage(resolve(file), { unlock: unlockWith(options, environment) });
        const volume = volumeOfPath(path);
        const keys = await readKeyFiles(options.unlock);
        await using exploration = await explorePrivately(opened, { signal, keys, ...(volume && { volume }) });
        if (volume === undefined) {
          const volumes = exploration.volumes.map(volumeReport);
          return output.result({ image: opened.path, volumes }, () => volumeTable(volumes));
        }
        const entries = await listPlace(exploration, path, signal);
        output.result({ path, entries }, () => fileTable(entries));
      });
    });
}
