import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ImageWriter, partialPath } from "#imaging/image/image-writer.ts";
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
  await expect(ImageWriter.create(path, sampleImage().manifest, [])).rejects.toMatchObject({ code: "JOB_BUSY" });
  expect(await readFile(partialPath(path), "utf8")).toBe("being written");
  await other.close();
  await using writer = await ImageWriter.create(path, sampleImage().manifest, []);
  expect((await readFile(writer.partialPath)).toString("latin1", 0, 8)).toBe("LIFEBOAT");
});
