import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyTree } from "./copy-tree.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "copy-tree-"));
  await mkdir(join(folder, "from/card"), { recursive: true });
  await writeFile(join(folder, "from/card/one.bin"), "one");
  await symlink("card/one.bin", join(folder, "from/two.bin"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a link leads where it did, also where this machine's folder is not", async () => {
  await copyTree(join(folder, "from"), join(folder, "to"));
  expect(await readlink(join(folder, "to/two.bin"))).toBe("card/one.bin");
  await rm(join(folder, "from"), { recursive: true });
  expect(await readFile(join(folder, "to/two.bin"), "utf8")).toBe("one");
});

test("what is named by a link is copied itself", async () => {
  await copyTree(join(folder, "from/two.bin"), join(folder, "three.bin"));
  await rm(join(folder, "from"), { recursive: true });
  expect(await readFile(join(folder, "three.bin"), "utf8")).toBe("one");
});
