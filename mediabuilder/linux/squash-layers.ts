import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { recipeFile } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { squash } from "./squash.ts";
import { trimFiles, trimModules } from "./trim.ts";

/** `<stage>/base.sqfs`: the root without what a rescue system does not use, and Node. Enough to start without a screen. */
export async function squashBase(workDir: string, root: Stage, node: Stage, log: Log): Promise<Stage> {
  const trims = await readRecipes("trim-base.txt", "trim-modules.txt");
  return buildStage(
    workDir,
    {
      name: "base",
      inputs: ["base 1", root.hash, node.hash, ...trims],
      build: async (folder) => {
        const tree = await copyRoot(root, folder);
        await trimModules(tree);
        await trimFiles(tree, "trim-base.txt");
        await mkdir(join(tree, "opt/lifeboat"), { recursive: true });
        await cp(join(node.path, "node"), join(tree, "opt/lifeboat/node"));
        await squash(tree, join(folder, "base.sqfs"), "kept");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
}

/** `<stage>/kiosk.sqfs`: compositor and browser, stacked on the base. */
export async function squashKiosk(workDir: string, layer: Stage, log: Log): Promise<Stage> {
  const trims = await readRecipes("trim-kiosk.txt");
  return buildStage(
    workDir,
    {
      name: "kiosk",
      inputs: ["kiosk 1", layer.hash, ...trims],
      build: async (folder) => {
        const tree = await copyRoot(layer, folder);
        await trimFiles(tree, "trim-kiosk.txt");
        await squash(tree, join(folder, "kiosk.sqfs"), "kept");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
}

/** By cp, because Node's copy keeps neither owners nor device nodes (an overlay marks a removed file with one). */
async function copyRoot(stage: Stage, folder: string): Promise<string> {
  const tree = join(folder, "tree");
  await runTool("cp", ["-a", "--reflink=auto", join(stage.path, "root"), tree], { purpose: "copy a root" });
  return tree;
}

const readRecipes = (...names: string[]): Promise<string[]> =>
  Promise.all(names.map((name) => readFile(recipeFile(name), "utf8")));
