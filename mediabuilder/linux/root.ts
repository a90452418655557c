import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readList, recipeFile, SOURCE_DATE_EPOCH } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { aptOptions, aptSources, KEYRING, PATH_FILTERS, SUITE } from "./debian.ts";

/** What runs inside it: the second is called by the first. */
const SCRIPTS = ["setup-root.sh", "list-packages.sh"];

/**
 * The Debian root that all layers are made from: `<stage>/root`, with all that dpkg put there. It is also where the kernel, the signed
 * boot loaders and GRUB's modules come from. Built as root by mmdebstrap; apt checks the signatures with Debian's keyring.
 */
export async function buildRoot(workDir: string, mirror: string, log: Log): Promise<Stage> {
  const packages = await readList("packages-base.txt");
  const scripts = await Promise.all(SCRIPTS.map((name) => readFile(recipeFile(name))));
  const sources = aptSources(mirror);
  return buildStage(
    workDir,
    {
      name: "root",
      inputs: ["root 2", SUITE, ...sources, ...packages, ...PATH_FILTERS, ...scripts],
      build: async (folder) => {
        const apt = await aptOptions(log);
        await runTool(
          // A mount namespace of its own: when the build is killed, the mounts inside the root go with it.
          "unshare",
          [
            "--mount",
            "--propagation=private",
            "mmdebstrap",
            "--mode=root",
            "--variant=minbase",
            "--format=directory",
            `--keyring=${KEYRING}`,
            ...apt.map((line) => `--aptopt=${line}`),
            ...PATH_FILTERS.map((line) => `--dpkgopt=${line}`),
            `--include=${packages.join(",")}`,
            `--customize-hook=${recipeFile("setup-root.sh")}`,
            SUITE,
            join(folder, "root"),
            ...sources,
          ],
          // The kernel package would build an initramfs that nothing uses.
          {
            purpose: "make the Debian root of the rescue system",
            // A library that is loaded here is not in there, and packages' scripts take the complaint for an answer (shim-signed, mokutil).
            env: { INITRD: "No", SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH), LD_PRELOAD: undefined },
            onLine: (line) => showStep(line, log),
          },
        );
      },
    },
    log,
  );
}

const showStep = (line: string, log: Log): void => {
  if (/^[IWE]: /.test(line)) log(`mmdebstrap: ${line.slice(3)}`);
};
