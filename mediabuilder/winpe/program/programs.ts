import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundlePrograms, type EntryPoints } from "../../linux/bundle.ts";
import { hashTree, projectRoot } from "../../recipe.ts";
import { buildStage, type Stage } from "../../stage.ts";
import { type Log, runTool } from "../../tool.ts";
import type { Addition } from "../image/additions.ts";
import { PROGRAM_FOLDER } from "../image/start-files.ts";

/** As in the rescue system, without what mounts file systems of Linux. No native part: zstd is that of node:zlib. */
const ENTRY_POINTS: EntryPoints = {
  "lifeboat.js": "lifeboat.ts",
  "rescue-server.js": "rescue/main.ts",
  "engine-worker.js": "imaging/worker/engine-worker.ts",
  "clone-read-worker.js": "imaging/clone/remote/read-worker.ts",
};

/** `<stage>/program`: the engine, the command and the pages, each as one file, for node.exe. */
export async function buildPrograms(workDir: string, log: Log): Promise<Stage> {
  const staging = join(workDir, `winpe-program.unfinished-${process.pid}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    await writeFile(join(staging, "package.json"), '{"type":"module"}\n');
    await bundlePrograms(staging, ENTRY_POINTS);
    await runTool(process.execPath, [join(projectRoot, "ui/build.ts")], { purpose: "build the pages" });
    await cp(join(projectRoot, "ui/dist"), join(staging, "ui"), { recursive: true });
    const inputs = ["winpe-program 1", await hashTree(staging)];
    const build = (folder: string) => cp(staging, join(folder, "program"), { recursive: true });
    return await buildStage(workDir, { name: "winpe-program", inputs, build }, log);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** All of them, as files of Windows PE. */
export async function programAdditions({ path }: Stage): Promise<Addition[]> {
  const root = join(path, "program");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    files.sort().map(async (file) => ({
      path: `${PROGRAM_FOLDER}${file.slice(root.length)}`,
      content: await readFile(file),
    })),
  );
}
