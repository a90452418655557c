import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { builtUi } from "#test/ui/browser.ts";

const MOST_JS_GZ = 100_000;

it("is small, holds no schema library, and needs nothing that a strict content policy forbids", async () => {
  const folder = await builtUi("build");
  expect((await readdir(folder)).toSorted()).toEqual(["app.css", "app.js", "favicon.svg", "index.html"]);
  const [script, html] = await Promise.all(["app.js", "index.html"].map((f) => readFile(join(folder, f), "utf8")));
  const size = gzipSync(script ?? "").length;
  console.log(`app.js: ${size} bytes gz`);
  expect(size).toBeLessThan(MOST_JS_GZ);
  expect(script).not.toMatch(/ZodError|new Function|\beval\(/);
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|style=|\bon\w+=/);
});
