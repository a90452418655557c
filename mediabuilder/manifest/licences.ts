import { copyFile, glob, mkdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyTree } from "../linux/copy-tree.ts";
import { squash } from "../linux/squash.ts";
import { projectRoot } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";
import type { NpmPackage } from "./npm-packages.ts";

const DOCUMENTS = "usr/share/doc";

/** What the copyright files below roots say, by the name of their package; the first root that has one speaks. */
export async function readCopyrights(roots: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const root of roots)
    for await (const path of glob("*/copyright", { cwd: join(root, DOCUMENTS) }))
      if (!found.has(dirname(path))) found.set(dirname(path), await readFile(join(root, DOCUMENTS, path), "utf8"));
  return found;
}

/**
 * `<stage>/licences.sqfs`: the copyright files and licences of all that is on the medium, which many of them ask to go along. It is not
 * one of the layers: nothing is loaded of it. `stages` are the root and the layers of packages.
 */
export const buildLicences = (
  workDir: string,
  stages: readonly Stage[],
  npm: readonly NpmPackage[],
  log: Log,
): Promise<Stage> =>
  buildStage(
    workDir,
    {
      name: "licences",
      inputs: ["licences 2", ...stages.map(({ hash }) => hash), JSON.stringify(npm)],
      build: async (folder) => {
        const tree = join(folder, "tree");
        for (const stage of stages) await copyDebian(join(stage.path, "root"), tree);
        for (const { name } of npm) await copyNpm(name, join(tree, "npm", name));
        await copyFile(join(projectRoot, "LICENSE"), join(tree, "lifeboat"));
        await squash(tree, join(folder, "licences.sqfs"), "root");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );

async function copyDebian(root: string, tree: string): Promise<void> {
  for await (const path of glob("*/copyright", { cwd: join(root, DOCUMENTS) })) {
    await mkdir(join(tree, "debian"), { recursive: true });
    await copyFile(join(root, DOCUMENTS, path), join(tree, "debian", dirname(path)));
  }
  const common = join(root, "usr/share/common-licenses");
  if (await stat(common).catch(() => undefined)) await copyTree(common, join(tree, "common"));
}

async function copyNpm(name: string, to: string): Promise<void> {
  const from = join(projectRoot, "node_modules", name);
  for await (const file of glob("{LICEN[CS]E,licen[cs]e,COPYING,NOTICE}*", { cwd: from })) {
    await mkdir(to, { recursive: true });
    await copyFile(join(from, file), join(to, file));
  }
}
