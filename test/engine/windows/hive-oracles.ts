import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Values of a hive as programs of others read them: lower-case "key|name" to "type:hex". */
export type Values = ReadonlyMap<string, string>;

interface DumpedKey {
  readonly name: string;
  readonly values: readonly (readonly [name: string, type: number, hex: string])[];
  readonly keys: readonly DumpedKey[];
}

/** By python3-hivex. */
export function hivexValues(path: string): Values {
  const program = "test/engine/registry/dump_hive.py";
  const text = execFileSync("/usr/bin/python3", [program, path], { encoding: "utf8", maxBuffer: 256 << 20 });
  const found = new Map<string, string>();
  const walk = (key: DumpedKey, path: string) => {
    for (const [name, type, hex] of key.values) found.set(`${path}|${name}`.toLowerCase(), `${type}:${hex}`);
    for (const one of key.keys) walk(one, path === "" ? one.name : `${path}\\${one.name}`);
  };
  walk(JSON.parse(text) as DumpedKey, "");
  return found;
}

/** By hivexsh(1): the lines that `lsval` prints of a key. */
export function hivexshValues(path: string, key: string): string[] {
  const script = `load ${path}\ncd \\${key}\nlsval\n`;
  const text = execFileSync("hivexsh", { input: script, encoding: "utf8" });
  return text.split("\n").filter((line) => line !== "");
}

/** By reged(8) of chntpw: the .reg text of a key with all below it. */
export function regedExport(path: string, key: string): string {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-reged-"));
  try {
    const out = join(folder, "out.reg");
    execFileSync("reged", ["-x", path, "PREFIX", key, out], { stdio: "pipe" });
    return readFileSync(out, "latin1");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By hivexregedit: takes a .reg file of ours in. */
export function mergeReg(path: string, reg: string, prefix: string): void {
  execFileSync("hivexregedit", ["--merge", "--prefix", prefix, path, reg], { stdio: "pipe" });
}
