import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serverWords } from "#pxe/words/words.ts";

/** Said by machines, which know nothing of the server's words: it knows theirs by the text. */
const FOLDERS = ["rescue", "rescue/unattended", "rescue/deployment", "pxe/fleet"];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8")),
).join("\n");

test("what the server takes for a machine's words is still what machines say", () => {
  const said = Object.entries(serverWords).filter(([key]) => /^told\.(restore|stopped)/.test(key));
  const gone = said.flatMap(([key, text]) => (typeof text === "string" && sources.includes(text) ? [] : [key]));
  // What they say of orders (says.*) is one list for both. "a restore has failed" is made of the job's state.
  expect(gone).toEqual(["told.restore-failed"]);
  expect(said.length).toBeGreaterThan(gone.length);
});
