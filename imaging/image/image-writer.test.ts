import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ImageWriter } from "#imaging/image/image-writer.ts";
import { partialPath } from "#imaging/image/volumes.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-writer-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("leaves the unfinished file of a capture that still runs alone", async () => {
  const path = join(folder, "a.lbi");
  await writeFile(partialPath(path), "being written");
  const other = await open(partialPath(path), "r+");
  await expect(ImageWriter.create(path, sampleImage().manifest, [], { volumeSize: 0 })).rejects.toMatchObject({
    code: "JOB_BUSY",
  });
  expect(await readFile(partialPath(path), "utf8")).toBe("being written");
  await other.close();
  await using _writer = await ImageWriter.create(path, sampleImage().manifest, [], { volumeSize: 0 });
  expect((await readFile(partialPath(path))).toString("latin1", 0, 8)).toBe("LIFEBOAT");
});

it("says why a capture ended, also when its unfinished files cannot be removed", async () => {
  const path = join(folder, "b.lbi");
  const capture = async () => {
    await using _writer = await ImageWriter.create(path, sampleImage().manifest, [], { volumeSize: 1 << 24 });
    await mkdir(`${path}.002.partial`); // what unlink(2) cannot remove
    throw new Error("the first error");
  };
  await expect(capture()).rejects.toThrow("the first error");
});
