import { readdirSync } from "node:fs";
import type { FuzzTarget } from "#test/fuzz/target.ts";

/** Every parser of bytes that somebody else may have written: one file each. */
export const TARGETS = new URL("targets/", import.meta.url);

export const targetNames = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length))
    .sort();

/** A thread loads the parser that it tries, and no other. */
export async function loadTarget(folder: string, name: string): Promise<FuzzTarget> {
  const module: { readonly target: FuzzTarget } = await import(new URL(`${name}.ts`, folder).href);
  if (module.target.name !== name) throw new Error(`${name}.ts holds the target ${module.target.name}`);
  return module.target;
}
