import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mediumArchive } from "../manifest/layer-list.ts";
import { SPLASH_FILES } from "../splash/build-splash.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";

export interface MediumInitramfs {
  readonly initramfs: Stage;
  readonly list: string;
  /** None without a screen. */
  readonly splash: Stage | undefined;
}

/** `<stage>/initrd.img`: the initramfs of one medium. It holds the SHA-256 of each layer, and takes no other ones; and its splash. */
export const buildMediumInitramfs = (
  workDir: string,
  { initramfs, list, splash }: MediumInitramfs,
  log: Log,
): Promise<Stage> =>
  buildStage(
    workDir,
    {
      name: "medium-initramfs",
      inputs: ["medium-initramfs 2", initramfs.hash, list, splash?.hash ?? ""],
      build: async (folder) => {
        const archive = await readFile(join(initramfs.path, "initrd.img"));
        const pictures = splash
          ? SPLASH_FILES.map(async (name) => [name, await readFile(join(splash.path, name))] as const)
          : [];
        const own = mediumArchive(list, Object.fromEntries(await Promise.all(pictures)));
        await writeFile(join(folder, "initrd.img"), Buffer.concat([own, archive]));
      },
    },
    log,
  );
