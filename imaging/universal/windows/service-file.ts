import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { Key } from "#imaging/registry/key.ts";

export const DRIVERS = "/Windows/System32/drivers";

/**
 * Where a driver's service has its file, as a path of the system: what its ImagePath says ("System32\drivers\x.sys",
 * "\SystemRoot\System32\...", "\??\C:\Windows\..."), or what Windows takes without one.
 */
export function serviceFile(service: Key | undefined, name: string): string {
  const said = service?.value("ImagePath")?.text?.trim().replaceAll("/", "\\") ?? "";
  if (said === "") return `${DRIVERS}/${name}.sys`;
  const path = said
    .replace(/^"([^"]*)".*$/, "$1")
    .replace(/^\\\?\?\\/, "")
    .replace(/^(\\SystemRoot|%SystemRoot%|%windir%)(?=\\)/i, "\\Windows")
    .replace(/^[a-z]:(?=\\)/i, "");
  return (path.startsWith("\\") ? path : `\\Windows\\${path}`).replaceAll("\\", "/");
}

/** Names of files in a folder, which has thousands, read once. */
export type HasFile = (path: string) => Promise<boolean>;

export function fileFinder(tree: SystemTree): HasFile {
  const folders = new Map<string, Promise<Set<string>>>();
  return async (path) => {
    const cut = path.lastIndexOf("/");
    const folder = path.slice(0, cut).toLowerCase();
    const names =
      folders.get(folder) ?? tree.list(folder).then((all) => new Set(all.map((name) => name.toLowerCase())));
    folders.set(folder, names);
    return (await names).has(path.slice(cut + 1).toLowerCase()) && (await tree.kind(path)) === "file";
  };
}
