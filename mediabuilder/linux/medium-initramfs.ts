import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { layerListArchive } from "../manifest/layer-list.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";

/** `<stage>/initrd.img`: the initramfs of one medium. It holds the SHA-256 of each layer, and takes no other ones. */
export const buildMediumInitramfs = (workDir: string, initramfs: Stage, list: string, log: Log): Promise<Stage> =>
  buildStage(
    workDir,
    {
      name: "medium-initramfs",
      inputs: ["medium-initramfs 1", initramfs.hash, list],
      build: async (folder) => {
        const archive = await readFile(join(initramfs.path, "initrd.img"));
        await writeFile(join(folder, "initrd.img"), Buffer.concat([layerListArchive(list), archive]));
      },
    },
    log,
  );
