import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { errorCodes, errorTable } from "#base/errors.ts";
import { Manifest, PartitionInfo, Region } from "#imaging/image/manifest.ts";
import { generatedPages, renderPage, structNames } from "#test/docs/pages.ts";

const read = (name: string): Promise<string> =>
  readFile(generatedPages.find((page) => page.name === name)?.path ?? name, "utf8");

test.each(generatedPages)("docs/$name is up to date (else: node test/docs/generate.ts)", async ({ path, render }) => {
  const page = await readFile(path, "utf8");
  expect(page).toBe(render(page));
});

test("the format's pages have every structure", async () => {
  const names = ["image", "keys", "repository", "move", "clone-wire"];
  const pages = await Promise.all(names.map((name) => read(`format/${name}.md`)));
  const page = pages.join("");
  for (const name of structNames) expect(page).toContain(`<!-- struct: ${name} -->`);
});

test("the format's page explains every key of the manifest", async () => {
  const page = await read("format/image.md");
  const keys = [Manifest, PartitionInfo, Region].flatMap((schema) => Object.keys(schema.shape));
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

test("the page of errors has every code, and explains every exit status", async () => {
  const page = await read("errors.md");
  for (const code of errorCodes) expect(page).toContain(`\`${code}\``);
  for (const exit of new Set(errorTable().map((row) => row.exit)))
    expect(page).toMatch(new RegExp(`^\\| ${exit} \\|`, "m"));
});

test("a marker that names nothing is a mistake", () => {
  expect(() => renderPage("<!-- struct: nothing -->\n<!-- end -->")).toThrow("nothing is called struct: nothing");
});

test("each claim of the threat model names a test that exists", async () => {
  const page = await readFile("docs/threat-model.md", "utf8");
  const claims = [...page.matchAll(/^\| (?!claim|---|asset)([^|]+) \| ([^|]+) \|$/gm)].filter(([line]) =>
    line.includes(".ts`"),
  );
  const missing: string[] = [];
  for (const [, claim = "", tests = ""] of claims) {
    const named = [...tests.matchAll(/`([\w/.-]+\.ts)` "([^"]+)"/g)];
    if (named.length === 0) missing.push(`${claim}: no test`);
    for (const [, file = "", title = ""] of named)
      if (!(await readFile(file, "utf8").catch(() => "")).includes(title)) missing.push(`${file}: ${title}`);
  }
  expect(missing).toEqual([]);
  expect(claims.length).toBeGreaterThan(25);
});
