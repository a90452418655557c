import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleName, writeBundle } from "#rescue/support/bundle.ts";
import { redactor } from "#rescue/support/redact.ts";

const run = promisify(execFile);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bundle-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function unpacked(path: string): Promise<Record<string, string>> {
  const to = join(folder, "unpacked");
  await run("mkdir", [to]);
  await run("tar", ["-C", to, "-xzf", path]);
  const entries = await readdir(to, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.slice(to.length + 1), await readFile(file, "utf8")])),
  );
}

test("one folder with every source in it, without secrets; what could not be had says why", async () => {
  const out = join(folder, "sub/x.tar.gz");
  const sources = [
    { name: "a/b.txt", content: async () => "the password is hunter22\n" },
    { name: "gone.txt", content: () => Promise.reject(new Error("no hunter22 here")) },
  ];
  const report = await writeBundle(sources, redactor({ secrets: ["hunter22"] }), out);
  expect(report).toMatchObject({ path: out, missing: ["gone.txt: no (removed) here"] });
  const files = await unpacked(out);
  expect(Object.keys(files).toSorted()).toEqual(["x/README.txt", "x/a/b.txt", "x/gone.txt"]);
  expect(files["x/a/b.txt"]).toBe("the password is (removed)\n");
  expect(JSON.stringify(files)).not.toContain("hunter22");
  expect(await readdir(join(folder, "sub"))).toEqual(["x.tar.gz"]);
});

test("where nothing can be written nothing is left", async () => {
  await expect(writeBundle([], (text) => text, "/proc/x.tar.gz")).rejects.toMatchObject({ code: expect.any(String) });
});

test("its name says of which machine and when", () =>
  expect(bundleName(new Date("2026-11-29T12:03:04.567Z"))).toMatch(/^lifeboat-support-[\w.-]+-2026-11-29T120304Z$/));
