import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readList, recipeFile, SOURCE_DATE_EPOCH } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { aptOptions } from "./debian.ts";

/**
 * What the packages of a list add to the root: `<stage>/root` holds only new and changed files (the upper side of an overlay), so the
 * layer is stacked on the base in the same way when the rescue system runs.
 */
export async function buildLayer(workDir: string, base: Stage, name: string, log: Log): Promise<Stage> {
  const packages = await readList(`packages-${name}.txt`);
  const script = recipeFile("install-layer.sh");
  return buildStage(
    workDir,
    {
      name: `layer-${name}`,
      inputs: ["layer 2", base.hash, ...packages, await readFile(script)],
      build: async (folder) => {
        const [upper, work, merged] = ["root", "work", "merged"].map((part) => join(folder, part)) as [
          string,
          string,
          string,
        ];
        for (const part of [upper, work, merged]) await mkdir(part);
        const apt = await aptOptions(log);
        await runTool(
          "unshare",
          ["--mount", "--propagation=private", script, join(base.path, "root"), upper, work, merged, ...packages],
          {
            purpose: `install the ${name} layer of the rescue system`,
            env: { APT_OPTIONS: apt.join("\n"), SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH) },
          },
        );
        for (const part of [work, merged]) await rm(part, { recursive: true });
      },
    },
    log,
  );
}
