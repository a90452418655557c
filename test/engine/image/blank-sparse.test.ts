import { truncate, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

test("a blank disk comes back onto a new sparse file, and no restore marker stays", async () => {
  const [source, target] = [space.path("blank.img"), space.path("blank.out")];
  for (const path of [source, target]) {
    await writeFile(path, "");
    await truncate(path, 32 << 20);
  }
  await lifeboatJson("capture", source, "--to", space.path("blank.lbi"));
  await lifeboatJson("restore", space.path("blank.lbi"), "--to", target, "--yes-erase", target);
  expect(await sha256File(target)).toBe(await sha256File(source));
});
