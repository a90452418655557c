import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkPxeOut } from "./check-out.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-pxe-"));
});

async function setIn(name: string, files: readonly string[]): Promise<string> {
  const out = join(folder, name);
  await mkdir(join(out, "live"), { recursive: true });
  for (const file of files) await writeFile(join(out, file), "x");
  await writeFile(join(out, "manifest.json"), JSON.stringify({ files: files.map((file) => ({ file })) }));
  return out;
}

test("a new folder, an empty one, and a set as it was made can be written", async () => {
  await checkPxeOut(join(folder, "new"));
  await checkPxeOut(folder);
  await checkPxeOut(await setIn("set", ["vmlinuz", "live/base.sqfs"]));
});

test("a folder with anything else in it stays", async () => {
  const set = await setIn("set", ["vmlinuz"]);
  await writeFile(join(set, "live/office.lbi"), "");
  await expect(checkPxeOut(set)).rejects.toMatchObject({
    code: "FILE_EXISTS",
    details: { file: join(set, "live/office.lbi") },
  });
  await writeFile(join(folder, "photo.jpg"), "");
  await expect(checkPxeOut(folder)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  await expect(checkPxeOut(join(folder, "photo.jpg"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
  await expect(checkPxeOut(join(folder, "none/set"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
