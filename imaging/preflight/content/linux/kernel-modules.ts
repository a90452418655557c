import type { SystemTree } from "#imaging/installed/system-tree.ts";
import {
  builtinAliases,
  type ModuleAliases,
  moduleAliases,
  underscored,
} from "#imaging/preflight/content/linux/module-aliases.ts";
import { readText } from "#imaging/preflight/content/read-text.ts";

/** What a kernel has for hardware, by what lies beside its modules (depmod(8)). Names of modules have underscores. */
export interface KernelModules {
  readonly builtin: ReadonlySet<string>;
  /** Of those in modules: what each needs first. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly aliases: ModuleAliases;
  readonly builtinAliases: ModuleAliases;
}

const MOST_LINES = 100_000;
const FOLDERS = ["usr/lib/modules", "lib/modules"];

/** Versions of kernels that have a folder of modules, sorted. */
export async function moduleVersions(tree: SystemTree): Promise<string[]> {
  const names = new Set<string>();
  for (const folder of FOLDERS) for (const name of await tree.list(folder)) names.add(name);
  return [...names].sort();
}

/** Undefined when there is no list of that kernel's modules. @param version as `uname --kernel-release` says it */
export async function readKernelModules(tree: SystemTree, version: string): Promise<KernelModules | undefined> {
  const first = async <T>(read: (path: string) => Promise<T | undefined>, name: string): Promise<T | undefined> => {
    for (const folder of FOLDERS) {
      const found = await read(`${folder}/${version}/${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const dependencies = await first((path) => readText(tree, path), "modules.dep");
  if (dependencies === undefined) return undefined;
  const builtin = (await first((path) => readText(tree, path), "modules.builtin")) ?? "";
  return {
    builtin: new Set(builtin.split("\n", MOST_LINES).filter(Boolean).map(moduleName)),
    needs: dependenciesOf(dependencies),
    aliases: moduleAliases((await first((path) => readText(tree, path), "modules.alias")) ?? ""),
    builtinAliases: builtinAliases((await first(tree.read, "modules.builtin.modinfo")) ?? new Uint8Array()),
  };
}

/** "kernel/drivers/ata/ahci.ko.xz: kernel/drivers/ata/libahci.ko.xz" */
function dependenciesOf(text: string): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const line of text.split("\n", MOST_LINES)) {
    const [path, list] = line.split(":");
    if (path && list !== undefined) needs.set(moduleName(path), list.split(" ").filter(Boolean).map(moduleName));
  }
  return needs;
}

/** "kernel/drivers/ata/ahci.ko.xz" -> "ahci" */
export const moduleName = (path: string): string =>
  underscored((path.split("/").at(-1) ?? "").replace(/\.ko(\.\w+)?$/, ""));
