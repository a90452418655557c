import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A package that was installed when a layer was made. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly maintainer: string;
  readonly homepage: string;
  /** Of the .deb file in Debian's archive; absent for one that was given as a file. */
  readonly sha256?: string;
}

/** What images/rescue/list-packages.sh wrote into a stage. */
export async function readPackages(folder: string): Promise<DebianPackage[]> {
  const [installed, archive] = await Promise.all(
    ["packages.txt", "archive.txt"].map((name) => readFile(join(folder, name), "utf8")),
  );
  return parsePackages(installed ?? "", archive ?? "");
}

/** Sorted by name. */
export function parsePackages(installed: string, archive: string): DebianPackage[] {
  const hashes = new Map(
    archive
      .split(/\n\s*\n/)
      .map(fields)
      .map((of) => [keyOf(of["Package"], of["Version"], of["Architecture"]), of["SHA256"]]),
  );
  const rows = installed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
  const packages = rows.map(
    ([name = "", version = "", architecture = "", source = "", sourceVersion = "", maintainer = "", homepage = ""]) => {
      const sha256 = hashes.get(keyOf(name, version, architecture));
      return { name, version, architecture, source, sourceVersion, maintainer, homepage, ...(sha256 && { sha256 }) };
    },
  );
  return packages.sort((a, b) =>
    keyOf(a.name, a.version, a.architecture) < keyOf(b.name, b.version, b.architecture) ? -1 : 1,
  );
}

/** Those of a layer that the root below it does not have. */
export function addedPackages(packages: readonly DebianPackage[], below: readonly DebianPackage[]): DebianPackage[] {
  const has = new Set(below.map(({ name, version, architecture }) => keyOf(name, version, architecture)));
  return packages.filter(({ name, version, architecture }) => !has.has(keyOf(name, version, architecture)));
}

const keyOf = (name = "", version = "", architecture = ""): string => `${name} ${version} ${architecture}`;

/** One paragraph of deb822(5); of the fields none has several lines. */
const fields = (paragraph: string): Record<string, string> =>
  Object.fromEntries(
    paragraph.split("\n").flatMap((line) => {
      const at = line.indexOf(": ");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
    }),
  );
