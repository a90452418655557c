import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createPartial, publishFile, removePartials, takeNamesBack } from "#imaging/image/partial-files.ts";

/** Of this name a failing medium tells nothing. */
const UNSEEN = "unseen.lbi";
vi.mock("node:fs/promises", async (original) => {
  const real = await original<{ lstat: (path: string) => Promise<unknown> }>();
  const lstat = (path: string) =>
    path.endsWith(UNSEEN) ? Promise.reject(Object.assign(new Error("EIO"), { code: "EIO" })) : real.lstat(path);
  return { ...real, lstat };
});

let folder: string;
let image: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-partial-"));
  image = join(folder, "a.lbi");
});
afterEach(() => rmSync(folder, { recursive: true }));

const everything = async () => true;

it("gives a finished file its name, and never the name of another one", async () => {
  await writeFile(`${image}.partial`, "whole");
  await publishFile(`${image}.partial`, image);
  expect([await readdir(folder), await readFile(image, "utf8")]).toEqual([["a.lbi"], "whole"]);
  await writeFile(`${image}.partial`, "other");
  await expect(publishFile(`${image}.partial`, image)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  expect(await readFile(image, "utf8")).toBe("whole");
});

it("takes link(2) at its word that the name is taken, and replaces nothing that a look does not find", async () => {
  const unseen = join(folder, UNSEEN);
  await writeFile(unseen, "whole");
  await writeFile(`${unseen}.partial`, "other");
  await expect(publishFile(`${unseen}.partial`, unseen)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  expect(await readFile(unseen, "utf8")).toBe("whole");
});

it("says which file did not get which name", async () => {
  const details = { from: `${image}.partial`, to: image, reason: expect.stringContaining("ENOENT") };
  await expect(publishFile(`${image}.partial`, image)).rejects.toMatchObject({ code: "RENAME_FAILED", details });
});

it("takes names back, and says which one it could not", async () => {
  await writeFile(image, "whole");
  await takeNamesBack(image, everything);
  expect(await readdir(folder)).toEqual(["a.lbi.partial"]);
  rmSync(`${image}.partial`);
  // As if the medium had been pulled between the look at the file and the change of its name.
  const details = { from: image, to: `${image}.partial` };
  await expect(takeNamesBack(image, everything)).rejects.toMatchObject({ code: "RENAME_FAILED", details });
});

it("says what it could not make or remove", async () => {
  await expect(createPartial(join(folder, "none/a.lbi"))).rejects.toMatchObject({
    code: "CREATE_FAILED",
    details: { file: join(folder, "none/a.lbi.partial") },
  });
  await mkdir(`${image}.002.partial`); // what unlink(2) cannot remove
  await expect(removePartials(image)).rejects.toMatchObject({
    code: "REMOVE_FAILED",
    details: { file: `${image}.002.partial` },
  });
});
