import { readFile, writeFile } from "node:fs/promises";
import { generatedPages } from "#test/docs/pages.ts";

/** Rewrites the generated parts of docs/: node test/docs/generate.ts */
for (const { path, render } of generatedPages) {
  const before = await readFile(path, "utf8");
  const after = render(before);
  if (after !== before) await writeFile(path, after);
  process.stdout.write(`${after === before ? "unchanged" : "rewritten"}  ${path}\n`);
}
