import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Key } from "#imaging/registry/key.ts";

/** A key with all below it, as dump_hive.py prints it. Names of subkeys are in the hive's order. */
export interface Tree {
  readonly name: string;
  readonly class: string | null;
  readonly values: readonly (readonly [name: string, type: number, hex: string])[];
  readonly keys: readonly Tree[];
}

const DUMP = fileURLToPath(new URL("dump_hive.py", import.meta.url));

/** What hivex reads of hives' files. */
export function hivexTrees(paths: readonly string[]): Tree[] {
  const printed = execFileSync("/usr/bin/python3", ["-B", DUMP, ...paths], { maxBuffer: 1 << 30, encoding: "utf8" });
  return printed
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const byCodePoint = ([left]: readonly [string, ...unknown[]], [right]: readonly [string, ...unknown[]]): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

/** What we read of one. */
export function treeOf(key: Key): Tree {
  return {
    name: key.name,
    class: key.className ?? null,
    values: key
      .values()
      .map(({ name, type, bytes }) => [name, type, Buffer.from(bytes).toString("hex")] as const)
      .sort(byCodePoint),
    keys: key.subkeys().map(treeOf),
  };
}
