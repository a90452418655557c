import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hear } from "#imaging/words/hear.ts";

/** Where a piece of an image is looked at, and what is said of one that is damaged. */
const FILES = ["worker/read-chunk.ts", "image/record.ts", "image/sealed-record.ts"];

test.each(FILES)("each problem that %s finds is found by its words", (file) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  const problems = [...source.matchAll(/problem: (?:"([^"]+)"|`([^`]+)`)|, "(it [^"]+)"\)/g)].map(
    ([, text, made, reported]) => text ?? made?.replaceAll(/\$\{[^}]+\}/g, "x") ?? reported ?? "",
  );
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(hear(problem).said?.key, problem).toMatch(/^damage\./);
});
