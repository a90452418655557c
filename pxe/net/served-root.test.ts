import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ServedRoot, safeParts } from "./served-root.ts";

let folder: string;
let root: ServedRoot;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-root-"));
  await mkdir(join(folder, "srv/Boot"), { recursive: true });
  await mkdir(join(folder, "srv-secret"));
  await writeFile(join(folder, "srv/Boot/BCD"), "boot");
  await writeFile(join(folder, "srv/a..b"), "dots");
  await writeFile(join(folder, "srv-secret/key"), "secret");
  await writeFile(join(folder, "secret"), "secret");
  await symlink("Boot/BCD", join(folder, "srv/inside"));
  await symlink("../secret", join(folder, "srv/outside"));
  await symlink(join(folder, "srv-secret"), join(folder, "srv/folder-outside"));
  execFileSync("mkfifo", [join(folder, "srv/fifo")]);
  root = await ServedRoot.open(join(folder, "srv"));
});
afterAll(() => rm(folder, { recursive: true }));

async function content(name: string): Promise<string> {
  const found = await root.find(name);
  if (typeof found === "string") return `(${found})`;
  try {
    return (await found.handle.readFile("utf8")) + found.size;
  } finally {
    await found.handle.close();
  }
}

test.each(["Boot/BCD", "/Boot/BCD", "\\Boot\\BCD", "//Boot/./BCD", "inside"])("%s is served", async (name) => {
  expect(await content(name)).toBe("boot4");
});

test.each([
  "../secret",
  "Boot/../../secret",
  "..\\secret",
  "Boot\\..\\..\\secret",
  "/..",
  "outside",
  "folder-outside/key",
  "../srv-secret/key",
  "Boot/BCD\0.efi",
  "Boot",
  "/",
  "",
  "fifo",
])("%j is not", async (name) => expect(await content(name)).toBe("(forbidden)"));

test("dots in a name lead nowhere", async () => expect(await content("a..b")).toBe("dots4"));

test.each(["none", "Boot/BCD/x", "x".repeat(300)])("%s is missing", async (name) => {
  expect(await content(name)).toBe("(missing)");
});

test("a path has no part that leads up, whatever it is made of", () => {
  for (const name of ["a/b", "./a", "/a\\b/", "a//b"]) expect(safeParts(name)).not.toContain("..");
  expect(safeParts("a/../b")).toBeUndefined();
  expect(safeParts("a".repeat(5000))).toBeUndefined();
});

test.each(["secret", "nothing"])("%s is no root", async (name) => {
  await expect(ServedRoot.open(join(folder, name))).rejects.toMatchObject({ code: "PXE_ROOT_MISSING" });
});
