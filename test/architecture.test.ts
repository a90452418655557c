import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDERS = ["base", "imaging", "cli", "rescue", "mediabuilder", "pxe", "ui"] as const;
type Folder = (typeof FOLDERS)[number];

const MOST_LINES = 400;

/** What each part of the house may import of ours, beside itself. */
const MAY_IMPORT: Readonly<Record<Folder, readonly RegExp[]>> = {
  base: [],
  imaging: [/^base\//],
  rescue: [/^base\//, /^imaging\//, /^package\.json$/],
  cli: [
    /^base\//,
    /^imaging\//,
    /^mediabuilder\//,
    /^pxe\//,
    /^rescue\/api\/(client|contract)\.ts$/,
    /^rescue\/support\//,
    /^package\.json$/,
  ],
  mediabuilder: [/^base\//, /^imaging\//, /^package\.json$/],
  pxe: [/^base\//],
  // contrast.ts: a few sums, which the medium's splash and the pages must do alike.
  ui: [/^rescue\/api\/contract\.ts$/, /^pxe\/console\/contract\.ts$/, /^base\/contrast\.ts$/],
};

/** What a part must not know at all. */
const MUST_NOT_HAVE: Readonly<Partial<Record<Folder, readonly (readonly [RegExp, string])[]>>> = {
  base: [
    [/from "node:(http|https|net|fs)/, "files or network"],
    [/\bprocess\.(env|argv)\b/, "process.env or process.argv"],
  ],
  imaging: [
    [/from "node:(http|https|net|dgram)"/, "network"],
    [/\bprocess\.(env|argv|exit)\b/, "process.env, argv or exit"],
    [/\bconsole\./, "console"],
  ],
  pxe: [
    [/\bprocess\.(env|argv|exit)\b/, "process.env, argv or exit"],
    [/\bconsole\./, "console"],
  ],
  ui: [[/from "node:/, "node: modules"]],
};

interface Source {
  readonly path: string;
  readonly folder: Folder;
  readonly isTest: boolean;
  readonly text: string;
}

async function sources(): Promise<Source[]> {
  const all: Source[] = [];
  for (const folder of FOLDERS)
    for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(ROOT, join(entry.parentPath, entry.name));
      if (!entry.isFile() || !/\.tsx?$/.test(path) || path.startsWith("ui/dist/")) continue;
      all.push({ path, folder, isTest: /\.test\.tsx?$/.test(path), text: readFileSync(join(ROOT, path), "utf8") });
    }
  return all;
}

/** The modules a file names, as paths from the root; packages and node: modules are left out. */
function importsOf({ path, text }: Pick<Source, "path" | "text">): string[] {
  const names = [...text.matchAll(/(?:^|[\s;])(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name as string);
  return names.flatMap((name) => {
    if (name.startsWith("#")) return [name.slice(1)];
    if (name.startsWith(".")) return [relative(ROOT, resolve(ROOT, dirname(path), name))];
    return [];
  });
}

const files = await sources();
const partOf = (path: string): string => path.split("/")[0] ?? "";

/** Why this import is not allowed; undefined when it is. */
function importFault({ path, folder, isTest }: Omit<Source, "text">, target: string): string | undefined {
  const to = partOf(target);
  if (to === folder) return undefined;
  if (to === "test") return isTest ? undefined : `${path}: nothing imports test/ but tests (${target})`;
  // The interface's texts are held against the engine's errors and words by a test.
  if (folder === "ui" && isTest && ["base/errors.ts", "imaging/words/say.ts"].includes(target)) return undefined;
  if (MAY_IMPORT[folder].some((rule) => rule.test(target))) return undefined;
  return `${path}: ${folder}/ must not import ${target}`;
}

test("it walks the code", () => {
  expect(files.length).toBeGreaterThan(80);
  const all = files.flatMap((file) => importsOf(file));
  expect(all.length).toBeGreaterThan(200);
  for (const folder of FOLDERS) expect(files.some((file) => file.folder === folder)).toBe(true);
});

test("imports go only the ways that the house has", () => {
  const faults = files.flatMap((file) => importsOf(file).map((target) => importFault(file, target)));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test.each([
  ["base/x.ts", "imaging/extent.ts", true],
  ["imaging/x.ts", "base/errors.ts", false],
  ["imaging/x.ts", "rescue/api/contract.ts", true],
  ["imaging/x.ts", "test/doubles/memory-device.ts", true],
  ["mediabuilder/x.ts", "rescue/server.ts", true],
  ["mediabuilder/x.ts", "imaging/disk/gpt.ts", false],
  ["pxe/x.ts", "base/errors.ts", false],
  ["pxe/x.ts", "imaging/system/run-tool.ts", true],
  ["rescue/x.ts", "pxe/tftp/server.ts", true],
  ["cli/x.ts", "pxe/tftp/server.ts", false],
  ["ui/x.tsx", "rescue/api/contract.ts", false],
  ["ui/x.tsx", "rescue/api/jobs.ts", true],
  ["ui/x.tsx", "pxe/console/contract.ts", false],
  ["ui/x.tsx", "pxe/console/access.ts", true],
  ["ui/x.tsx", "base/units.ts", true],
  ["rescue/x.ts", "cli/output.ts", true],
  ["cli/x.ts", "rescue/api/client.ts", false],
  ["cli/x.ts", "rescue/network/network.ts", true],
])("a file %s that imports %s: refused %s", (path, target, refused) => {
  const folder = partOf(path) as Folder;
  expect(importFault({ path, folder, isTest: false }, target) !== undefined).toBe(refused);
});

test("relative, side-effect, dynamic and type imports are all seen", () => {
  const text =
    'import "./a.ts";\nimport type { B } from "#base/b.ts";\nexport * from "../c.ts";\nawait import("#ui/d.ts");\nimport z from "zod";';
  expect(importsOf({ path: "cli/x/y.ts", text })).toEqual(["cli/x/a.ts", "base/b.ts", "cli/c.ts", "ui/d.ts"]);
});

test("no part knows what it must not", () => {
  const faults = files
    .filter((file) => !file.isTest && file.path !== "ui/build.ts") // the script that bundles the page runs on Node
    .flatMap(({ path, folder, text }) =>
      (MUST_NOT_HAVE[folder] ?? []).filter(([pattern]) => pattern.test(text)).map(([, what]) => `${path}: ${what}`),
    );
  expect(faults).toEqual([]);
});

test(`no file is longer than ${MOST_LINES} lines`, () => {
  const long = files.filter(({ text }) => text.split("\n").length > MOST_LINES + 1).map(({ path }) => path);
  expect(long).toEqual([]);
});

test("what Node cannot strip, and what the house does not use, is nowhere", () => {
  const patterns: readonly (readonly [RegExp, string])[] = [
    [/^export default /m, "default export"],
    [/^(export )?(const )?enum /m, "enum"],
    [/^(export )?namespace /m, "namespace"],
    [/\b(TODO|FIXME)\b/, "unfinished work"],
    [/\b(test|it|describe)\.(skip|only|todo)\b/, "skipped test"],
  ];
  const faults = files.flatMap(({ path, text }) =>
    patterns.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${path}: ${what}`),
  );
  expect(faults).toEqual([]);
});
