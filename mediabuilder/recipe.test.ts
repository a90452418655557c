import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashTree, parseList, readList } from "./recipe.ts";

test("a list has one entry a line, with comments", () => {
  expect(parseList("# all\nudev\n\n  kmod  # modules\nlib#odd\n")).toEqual(["udev", "kmod", "lib#odd"]);
});

test("the package lists name nothing twice and ask for the signed boot chain", async () => {
  const packages = [...(await readList("packages-base.txt")), ...(await readList("packages-kiosk.txt"))];
  expect(new Set(packages).size).toBe(packages.length);
  expect(packages).toEqual(expect.arrayContaining(["shim-signed", "grub-efi-amd64-signed", "linux-image-amd64"]));
});

test("the hash of a tree sees names, contents and modes", async () => {
  const tree = await mkdtemp(join(tmpdir(), "lifeboat-recipe-"));
  await mkdir(join(tree, "bin"));
  const hashes = new Set<string>();
  const note = async () => hashes.add(await hashTree(tree));
  await writeFile(join(tree, "bin/a"), "1", { mode: 0o644 });
  await note();
  await note();
  expect(hashes.size).toBe(1);
  await chmod(join(tree, "bin/a"), 0o755);
  await note();
  await writeFile(join(tree, "bin/a"), "2");
  await note();
  await writeFile(join(tree, "bin/b"), "");
  await note();
  expect(hashes.size).toBe(4);
});
