import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMark, readMarkOrPin, writeMark } from "#imaging/repository/mark.ts";

let folder: string;
let point: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-mark-"));
  point = join(folder, "a.lbi");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const MARK = { pinned: false, note: "one", labels: ["two"] };

test("what was written is read, and a point without a mark has none", async () => {
  expect(await readMarkOrPin(point, undefined)).toEqual({ pinned: false, labels: [] });
  await writeMark(point, MARK, undefined);
  expect(await readMark(point, undefined)).toEqual(MARK);
});

test.each([
  ["is empty", (path: string) => truncate(path, 0)],
  ["is cut off", (path: string) => truncate(path, 80)],
  ["is something else", (path: string) => writeFile(path, "{}")],
  ["is too long", (path: string) => truncate(path, 1 << 30)],
])("a point whose mark %s counts as pinned", async (_name, damage) => {
  await writeMark(point, MARK, undefined);
  await damage(join(folder, "a.mark"));
  await expect(readMark(point, undefined)).rejects.toMatchObject({ code: "IMAGE_DAMAGED" });
  expect(await readMarkOrPin(point, undefined)).toMatchObject({ pinned: true });
});
