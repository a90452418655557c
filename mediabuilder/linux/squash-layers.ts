import { cp, mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { recipeFile } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { trimVersions } from "./firmware-layer.ts";
import { squash } from "./squash.ts";
import { MODULE_LAYERS, moveFiles, trimFiles, trimModules } from "./trim.ts";

/**
 * `<stage>/base.sqfs`: the root without what a rescue system does not use, and Node. Enough to start without a screen.
 * `<stage>/aside/NAME`: files of the root that the layer NAME brings, and not the base: kernel modules, and what files-kiosk.txt names.
 */
export async function squashBase(workDir: string, root: Stage, node: Stage, log: Log): Promise<Stage> {
  const recipes = [
    "trim-base.txt",
    "trim-modules.txt",
    "files-kiosk.txt",
    ...MODULE_LAYERS.map((layer) => `modules-${layer}.txt`),
  ];
  return buildStage(
    workDir,
    {
      name: "base",
      inputs: ["base 3", root.hash, node.hash, ...(await readRecipes(recipes))],
      build: async (folder) => {
        const tree = await copyRoot(root, folder);
        for (const layer of MODULE_LAYERS) await mkdir(join(folder, "aside", layer), { recursive: true });
        await trimModules(tree, join(folder, "aside"));
        await trimFiles(tree, "trim-base.txt");
        await moveFiles(tree, "files-kiosk.txt", join(folder, "aside/kiosk"));
        await mkdir(join(tree, "opt/lifeboat"), { recursive: true });
        await cp(join(node.path, "node"), join(tree, "opt/lifeboat/node"));
        await squash(tree, join(folder, "base.sqfs"), "kept");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
}

interface LayerSource {
  readonly name: string;
  readonly root: Stage;
  readonly layer: Stage;
  readonly base: Stage;
  /** Lists of what is removed, besides trim-layer.txt. */
  readonly trims?: readonly string[];
  /** Lists of what stays although trim-layer.txt names it. */
  readonly keeps?: readonly string[];
}

/** `<stage>/NAME.sqfs`: what packages add (layer.ts), without what a rescue system does not use, and with what the base leaves to it. */
export async function squashLayer(
  workDir: string,
  { name, root, layer, base, trims = [], keeps = [] }: LayerSource,
  log: Log,
): Promise<Stage> {
  const lists = ["trim-layer.txt", ...trims];
  return buildStage(
    workDir,
    {
      name,
      inputs: ["layer 2", name, layer.hash, base.hash, ...(await readRecipes([...lists, ...keeps]))],
      build: async (folder) => {
        const tree = await copyRoot(layer, folder);
        await dropAccounts(name, tree, join(root.path, "root"));
        const kept = join(folder, "kept");
        for (const list of keeps) await moveFiles(tree, list, kept);
        for (const list of lists) await trimFiles(tree, list);
        await addFiles(kept, tree);
        await rm(kept, { recursive: true, force: true });
        await addFiles(join(base.path, "aside", name), tree);
        if (name === "firmware") await trimVersions(tree);
        await squash(tree, join(folder, `${name}.sqfs`), "kept");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
}

/** The list of accounts is the root's. A package that needs another one is for setup-root.sh: a layer's list would hide that of the layer below. */
async function dropAccounts(name: string, tree: string, root: string): Promise<void> {
  for (const file of ["etc/passwd", "etc/group", "etc/shadow", "etc/gshadow"]) {
    const own = await readFile(join(tree, file), "utf8").catch(() => undefined);
    if (own === undefined) continue;
    const known = accountsOf(await readFile(join(root, file), "utf8"));
    const added = accountsOf(own).filter((account) => !known.includes(account));
    if (added.length > 0) throw new Error(`${name}: ${file} has ${added.join(", ")}, which setup-root.sh must make`);
    await rm(join(tree, file));
  }
}

const accountsOf = (text: string): string[] => text.split("\n").map((line) => line.split(":")[0] ?? "");

async function addFiles(files: string, tree: string): Promise<void> {
  if (!(await stat(files).catch(() => undefined))) return;
  await runTool("cp", ["-a", `${files}/.`, tree], { purpose: "add files that were moved aside to a layer" });
}

/** By cp, because Node's copy keeps neither owners nor device nodes (an overlay marks a removed file with one). */
export async function copyRoot(stage: Stage, folder: string): Promise<string> {
  const tree = join(folder, "tree");
  await runTool("cp", ["-a", "--reflink=auto", join(stage.path, "root"), tree], { purpose: "copy a root" });
  return tree;
}

const readRecipes = (names: readonly string[]): Promise<string[]> =>
  Promise.all(names.map((name) => readFile(recipeFile(name), "utf8")));
