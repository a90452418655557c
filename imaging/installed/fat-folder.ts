import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { VolumeFile } from "#imaging/installed/volume-file.ts";
import { runSurely } from "#imaging/resize/run-to-end.ts";

const PURPOSE = "read and write an EFI system partition";
/** Names are letters of Unicode, and a disk of any geometry is taken. */
const ENVIRONMENT = { MTOOLS_SKIP_CHECK: "1", LC_ALL: "C.UTF-8" };

/** Files of a FAT volume in a folder, until they are brought back. */
export interface FatFolder {
  readonly folder: string;
  /** Writes what was changed in the folder to the volume: new files first, so that a loader is there before an old one goes. */
  bringBack(): Promise<void>;
}

/**
 * Copies the files of a FAT volume to a folder. By mtools(1): not every kernel that Lifeboat runs on has a driver, and a
 * volume that is never mounted is never half written by a kernel that is killed. EFI system partitions hold some
 * hundred MiB at most.
 * @throws TOOL_MISSING, TOOL_FAILED
 */
export async function fatFolder({ path, offset }: VolumeFile, folder: string, signal: AbortSignal): Promise<FatFolder> {
  const image = `${path}@@${offset}`;
  const mtools = (tool: string, args: readonly string[]) =>
    runSurely(tool, ["-i", image, ...args], { purpose: PURPOSE, signal, environment: ENVIRONMENT });
  await mkdir(folder, { recursive: true });
  if ((await mtools("mdir", ["-b", "::/"])).trim() !== "") await mtools("mcopy", ["-s", "-n", "-m", "::/*", folder]);
  const before = await picture(folder);
  return {
    folder,
    async bringBack() {
      const after = await picture(folder);
      const folders = [...after].filter(([name, hash]) => hash === FOLDER && !before.has(name)).map(([name]) => name);
      for (const name of folders) await mtools("mmd", ["-D", "s", `::/${name}`]);
      const files = [...after].filter(([name, hash]) => hash !== FOLDER && before.get(name) !== hash);
      for (const [name] of files) await mtools("mcopy", ["-o", "-m", join(folder, name), `::/${name}`]);
      const gone = [...before].filter(([name]) => !after.has(name)).reverse();
      for (const [name, hash] of gone) await mtools(hash === FOLDER ? "mrd" : "mdel", [`::/${name}`]);
    },
  };
}

const FOLDER = "folder";

/** Hash of each file by its path, folders before what is in them. */
async function picture(root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = async (folder: string): Promise<void> => {
    for (const name of (await readdir(join(root, folder))).sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if ((await stat(join(root, path))).isDirectory()) {
        found.set(path, FOLDER);
        await walk(path);
      } else found.set(path, await hashOf(join(root, path)));
    }
  };
  await walk("");
  return found;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
