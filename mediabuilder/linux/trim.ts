import { glob, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readList } from "../recipe.ts";
import { runTool } from "../tool.ts";
import { runRootTool } from "./root-tool.ts";

/** Removes what a list of globs names below `root`. A glob that matches nothing is fine: packages change. */
export async function trimFiles(root: string, listName: string): Promise<void> {
  for (const pattern of await readList(listName)) {
    for await (const path of glob(pattern, { cwd: root })) await rm(join(root, path), { recursive: true, force: true });
  }
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

/**
 * Drops the modules in the listed folders, unless one that stays needs them, and unpacks the others: squashfs compresses plain files
 * better than already compressed ones. (The signature is a part of the plain file, so it still loads under lockdown.)
 */
export async function trimModules(root: string): Promise<void> {
  const version = await kernelVersion(root);
  const folder = join(root, "usr/lib/modules", version);
  const dependencies = parseModulesDep(await readFile(join(folder, "modules.dep"), "utf8"));
  const dropped = (await readList("trim-modules.txt")).map((name) => `kernel/${name}/`);
  const wanted = [...dependencies.keys()].filter((module) => !dropped.some((prefix) => module.startsWith(prefix)));
  const kept = new Set(withDependencies(wanted, dependencies));
  for await (const path of glob("kernel/**/*.ko*", { cwd: folder })) {
    if (!kept.has(path.replace(/\.xz$/, ""))) await rm(join(folder, path));
  }
  await unpackModules(folder);
  await runRootTool(root, "usr/sbin/depmod", ["-b", root, version], "index the kernel modules");
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
