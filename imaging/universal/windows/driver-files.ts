import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DriverPackage } from "#imaging/universal/windows/find-driver-packages.ts";
import { readInstallSection } from "#imaging/universal/windows/inf/install-section.ts";
import { sourceOf } from "#imaging/universal/windows/inf/source-disks.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/** Bytes of one file of a driver, and of all that are put into one Windows. */
const MOST_FILE = 128 << 20;
export const MOST_STAGED = 512 << 20;
const MOST_FILES = 2000;
const MOST_INSTALLS = 1000;

/** A file of a package. */
export interface PackageFile {
  /** Place in the package, with slashes, as its folder has it. */
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * A file of a package, whatever the case of its name; undefined when it is not there. A name never leads out of the folder.
 * @param source with backslashes, as an .inf names it
 */
export async function readPackageFile(folder: string, source: string): Promise<PackageFile | undefined> {
  const found: string[] = [];
  for (const name of source.split(/[\\/]/).filter((part) => part !== "" && part !== ".")) {
    if (name === "..") return undefined;
    const names = await readdir(join(folder, ...found)).catch((): string[] => []);
    const own = names.find((one) => one.toLowerCase() === name.toLowerCase());
    if (own === undefined) return undefined;
    found.push(own);
  }
  const place = join(folder, ...found);
  const kind = await lstat(place).catch(() => undefined); // a link could lead anywhere
  if (found.length === 0 || !kind?.isFile() || kind.size > MOST_FILE) return undefined;
  return { path: found.join("/"), content: await readFile(place) };
}

export interface StagedPackage {
  readonly files: readonly PackageFile[];
  /** Names of files that its .inf speaks of and that are not there. */
  readonly missing: readonly string[];
}

/** All files that installing a package asks for: its .inf, its catalogs, what its sections copy. */
export async function packageFiles(one: DriverPackage, target: TargetSystem, room: number): Promise<StagedPackage> {
  const { inf, description, folder } = one;
  const installs = [...new Set(description.models.map(({ install }) => install))].slice(0, MOST_INSTALLS);
  const copied = installs.flatMap((install) =>
    readInstallSection(inf, install, target).files.map(({ source }) => source),
  );
  const listed = ["SourceDisksFiles", `SourceDisksFiles.${target.architecture}`]
    .flatMap((section) => inf.section(section) ?? [])
    .flatMap(({ key }) => (key === undefined ? [] : [sourceOf(inf, inf.text(key).trim(), target)]));
  const names = [inf.name, ...description.catalogs, ...copied, ...listed];
  const wanted = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].slice(0, MOST_FILES);
  const files: PackageFile[] = [];
  const missing: string[] = [];
  let left = room;
  for (const name of wanted) {
    const file = left > 0 ? await readPackageFile(folder, name) : undefined;
    left -= file?.content.length ?? 0;
    if (file && left >= 0) files.push(file);
    else missing.push(name);
  }
  return { files, missing };
}
