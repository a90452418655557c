import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newestPackage } from "./newest-package.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lifeboat-newest-"));
  await mkdir(join(root, "var/lib/dpkg/info"), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const day = (text: string) => new Date(`${text}T12:00:00Z`);
async function put(path: string, date: Date) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), "");
  await utimes(join(root, path), date, date);
}
const list = (name: string, ...paths: string[]) =>
  writeFile(join(root, "var/lib/dpkg/info", `${name}.list`), ["/.", ...paths, ""].join("\n"));

test("the youngest file that a package has brought, and nothing that was made since", async () => {
  await put("usr/bin/old", day("2026-01-02"));
  await put("boot/vmlinuz", day("2026-03-04"));
  // A file that a package's script has written again, one of no package, a link, folders: all of today.
  await put("etc/shells", day("2026-09-09"));
  await put("usr/lib/cache", day("2026-09-09"));
  await symlink("old", join(root, "usr/bin/link"));
  await list("old", "/usr", "/usr/bin", "/usr/bin/old", "/usr/bin/link", "/usr/share/doc/old/changelog.gz");
  await list("linux-image:amd64", "/boot", "/boot/vmlinuz", "/etc/shells");
  expect(await newestPackage(root)).toEqual(day("2026-03-04"));
});

test("a root without packages is no root", async () => {
  await expect(newestPackage(root)).rejects.toThrow("no files of Debian packages");
});
