import { glob, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readList } from "../recipe.ts";
import { runTool } from "../tool.ts";
import { runRootTool } from "./root-tool.ts";

/** Removes what a list of globs names below `root`. A glob that matches nothing is fine: packages change. */
export async function trimFiles(root: string, listName: string): Promise<void> {
  for await (const path of listedIn(root, listName)) await rm(join(root, path), { recursive: true, force: true });
}

/** Moves what a list of globs names from below `root` to below `aside`. */
export async function moveFiles(root: string, listName: string, aside: string): Promise<void> {
  for await (const path of listedIn(root, listName)) await moveTo(aside, root, path);
}

async function* listedIn(root: string, listName: string): AsyncGenerator<string> {
  for (const pattern of await readList(listName)) yield* glob(pattern, { cwd: root });
}

/** The only kernel version below lib/modules. */
export async function kernelVersion(root: string): Promise<string> {
  const versions = await readdir(join(root, "usr/lib/modules"));
  const [version, ...more] = versions;
  if (version === undefined || more.length > 0) {
    throw new Error(`expected one kernel in ${root}, found: ${versions.join(", ") || "none"}`);
  }
  return version;
}

/** "kernel/fs/fat/vfat.ko" -> its dependencies, from modules.dep. Names are without the ending of a compressed file. */
export function parseModulesDep(text: string): Map<string, string[]> {
  const plain = (path: string) => path.replace(/\.(xz|zst|gz)$/, "");
  const rows = text.split("\n").filter((line) => line.includes(":"));
  return new Map(
    rows.map((line) => {
      const [module = "", rest = ""] = line.split(":");
      return [plain(module), rest.trim().split(/\s+/).filter(Boolean).map(plain)];
    }),
  );
}

/** The modules and all that they need, sorted. */
export function withDependencies(
  modules: Iterable<string>,
  dependencies: ReadonlyMap<string, readonly string[]>,
): string[] {
  const found = new Set<string>();
  const waiting = [...modules];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (found.has(module)) continue;
    found.add(module);
    waiting.push(...(dependencies.get(module) ?? []));
  }
  return [...found].sort();
}

/** Layers that bring kernel modules of their own: images/rescue/modules-NAME.txt. */
export const MODULE_LAYERS = ["firmware", "prove", "kiosk", "speech"] as const;

/**
 * Drops the listed modules, unless one that stays needs them; puts those of other layers below `aside`/NAME; and unpacks
 * them all: squashfs compresses plain files better than already compressed ones. (The signature is a part of the plain file, so it
 * still loads under lockdown.) The index is of all of them, so a layer that is stacked needs none.
 */
export async function trimModules(root: string, aside: string): Promise<void> {
  const version = await kernelVersion(root);
  const folder = join(root, "usr/lib/modules", version);
  const dependencies = parseModulesDep(await readFile(join(folder, "modules.dep"), "utf8"));
  const places = new Map<string, string>();
  for (const layer of MODULE_LAYERS) {
    const there = modulesIn([...dependencies.keys()], await readList(`modules-${layer}.txt`));
    for (const module of withDependencies(there, dependencies)) places.set(module, join(aside, layer));
  }
  const dropped = new Set(modulesIn([...dependencies.keys()], await readList("trim-modules.txt")));
  const wanted = [...dependencies.keys()].filter((module) => !dropped.has(module));
  for (const module of withDependencies(wanted, dependencies)) places.set(module, root);
  for await (const path of glob("kernel/**/*.ko*", { cwd: folder }))
    if (!places.has(path.replace(/\.xz$/, ""))) await rm(join(folder, path));
  await unpackModules(folder);
  await runRootTool(root, "usr/sbin/depmod", ["-b", root, version], "index the kernel modules");
  for (const [module, place] of places)
    if (place !== root) await moveTo(join(place, folder.slice(root.length)), folder, module);
}

/** Those that are listed, or in a listed folder. */
const modulesIn = (modules: readonly string[], names: readonly string[]): string[] =>
  modules.filter((module) =>
    names.some((name) => module.startsWith(`kernel/${name}/`) || module === `kernel/${name}.ko`),
  );

async function moveTo(place: string, folder: string, module: string): Promise<void> {
  await mkdir(dirname(join(place, module)), { recursive: true });
  await rename(join(folder, module), join(place, module));
}

/** Decompresses every .ko.xz below a folder in place. */
export async function unpackModules(folder: string): Promise<void> {
  const packed = [];
  for await (const path of glob("**/*.ko.xz", { cwd: folder })) packed.push(join(folder, path));
  const batch = 200; // keeps the command line short
  for (let at = 0; at < packed.length; at += batch) {
    await runTool("xz", ["-d", "-T1", ...packed.slice(at, at + batch)], { purpose: "unpack kernel modules" });
  }
}
