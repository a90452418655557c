import type { Disk } from "#imaging/inventory/disk.ts";
import { describeFile, listDisks } from "#imaging/inventory/list-disks.ts";
import type { ServerOptions } from "#rescue/command-line.ts";

/** The disks that the server offers: this machine's, and the raw image files that it was started with. */
export const diskSource =
  ({ diskFiles, onlyFiles }: Pick<ServerOptions, "diskFiles" | "onlyFiles">) =>
  async (): Promise<Disk[]> => {
    const real = onlyFiles ? [] : await listDisks();
    const files = await Promise.all(diskFiles.map((path) => describeFile(path)));
    return [...real, ...files];
  };
