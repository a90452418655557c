import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { quotedName, shellUnquote } from "#imaging/explore/copy/shell-unquote.ts";

const NAMES = [
  "plain",
  "with space",
  "it's",
  "'",
  "a\nb\t",
  "Übergröße",
  "'x'\n$.txt",
  "\\back\\slash",
  "\u0001\u007f",
  "a: b",
  "-",
];

/** cp itself says it, of a file that is not there. */
function saidOf(name: string): string {
  const { stderr } = spawnSync("cp", ["--", `/nowhere/${name}`, "/nowhere/else"], {
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    encoding: "utf8",
  });
  return stderr.trimEnd();
}

test.each(NAMES)("%j is read as cp(1) quotes it", (name) => {
  expect(quotedName(saidOf(name))).toEqual({
    ...{ before: "cp: cannot stat ", name: `/nowhere/${name}`, after: ": No such file or directory" },
  });
});

test("pieces of every kind are joined", () => {
  expect(shellUnquote("'a b'\\''c'$'\\303\\234\\n''d'")).toBe("a b'cÜ\nd");
});

test("what stands around a name is kept", () => {
  expect(quotedName("error reading '/a/b c': Input/output error")).toEqual({
    ...{ before: "error reading ", name: "/a/b c", after: ": Input/output error" },
  });
  expect(quotedName("no name here")).toBeUndefined();
});
