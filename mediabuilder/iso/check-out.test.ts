import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkIsoOut } from "./check-out.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-out-"));
});

/** As `xorriso -V <id>` writes it: the identifiers of sector 16, padded with blanks. */
async function isoNamed(id: string): Promise<string> {
  const bytes = Buffer.alloc(40_000);
  bytes.write("CD001", 32_769, "latin1");
  bytes.write(id.padEnd(32), 32_808, "latin1");
  const path = join(folder, `${id}.iso`);
  await writeFile(path, bytes);
  return path;
}

test("a new name, and an ISO that Lifeboat made before, can be written", async () => {
  await checkIsoOut(join(folder, "new.iso"));
  await checkIsoOut(await isoNamed("LIFEBOAT"));
});

test("any other file stays: another ISO, an image, an empty file", async () => {
  const [image, empty] = [join(folder, "office.lbi"), join(folder, "empty.iso")];
  await writeFile(image, "x".repeat(40_000));
  await writeFile(empty, "");
  const others = [await isoNamed("DEBIAN"), await isoNamed("LIFEBOAT2"), image, empty];
  for (const path of others) await expect(checkIsoOut(path)).rejects.toMatchObject({ code: "FILE_EXISTS" });
});

test("a folder, a device, and a name in a folder that is not there are refused", async () => {
  const [inner, device] = [join(folder, "inner"), join(folder, "null.iso")];
  await mkdir(inner);
  await symlink("/dev/null", device);
  for (const path of [inner, device, join(folder, "none/new.iso"), "/dev/null/new.iso", "/proc/new.iso"])
    await expect(checkIsoOut(path), path).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
