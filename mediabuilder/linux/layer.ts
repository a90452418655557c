import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { recipeFile, SOURCE_DATE_EPOCH } from "../recipe.ts";
import { buildStage, hashInputs, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { aptOptions } from "./debian.ts";

export interface LayerRecipe {
  readonly name: string;
  /** Names of Debian packages. */
  readonly packages: readonly string[];
  /** .deb files of this machine. */
  readonly debs?: readonly string[];
}

const SCRIPTS = ["install-layer.sh", "list-packages.sh"];

/**
 * What packages add to the root: `<stage>/root` holds only new and changed files (the upper side of an overlay), so the
 * layer is stacked on the base in the same way when the rescue system runs.
 */
export async function buildLayer(
  workDir: string,
  base: Stage,
  { name, packages, debs = [] }: LayerRecipe,
  log: Log,
): Promise<Stage> {
  const files = await Promise.all(
    [...SCRIPTS.map(recipeFile), ...debs].map(async (path) => hashInputs([await readFile(path)])),
  );
  return buildStage(
    workDir,
    {
      name: `layer-${name}`,
      inputs: ["layer 3", base.hash, ...packages, ...files],
      build: async (folder) => {
        const part = (name: string) => join(folder, name);
        for (const name of ["root", "work", "merged", "debs"]) await mkdir(part(name));
        // By number: what a file is called here need not be a name that apt takes.
        const local = debs.map((_path, at) => `${at}.deb`);
        for (const [at, path] of debs.entries()) await copyFile(path, join(part("debs"), `${at}.deb`));
        const apt = await aptOptions(log);
        const folders = [join(base.path, "root"), ...["root", "work", "merged", "debs"].map(part)];
        const wanted = [...packages, ...local.map((name) => `/run/debs/${name}`)];
        await runTool(
          "unshare",
          ["--mount", "--propagation=private", recipeFile("install-layer.sh"), ...folders, ...wanted],
          {
            purpose: `install the ${name} layer of the rescue system`,
            env: { APT_OPTIONS: apt.join("\n"), SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH) },
          },
        );
        for (const name of ["work", "merged", "debs"]) await rm(part(name), { recursive: true });
      },
    },
    log,
  );
}
