import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Everything that starts Node for a user. */
const LAUNCHERS = ["lifeboat", "rescue/init/lifeboat", "rescue/init/server"];

test.each(LAUNCHERS)("%s bounds the memory of short-lived objects, as docs/memory.md says", async (launcher) => {
  const text = await readFile(fileURLToPath(new URL(`../${launcher}`, import.meta.url)), "utf8");
  const starts = text.split("\n").filter((line) => /^exec .*node/.test(line));
  expect(starts).toEqual([expect.stringContaining(" --max-semi-space-size=2 --max-old-space-size=256 ")]);
});
