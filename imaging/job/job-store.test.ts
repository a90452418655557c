import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { JobStore } from "#imaging/job/job-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-jobs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps a job from its begin to its end", async () => {
  const store = new JobStore(folder);
  const id = await store.begin("check of a.lbi", { kind: "verify", image: "/a.lbi" });
  expect(await store.find(id)).toMatchObject({ what: "check of a.lbi", work: { image: "/a.lbi" } });
  expect(await store.interrupted()).toEqual([]); // it is ours, and we run
  await store.end(id);
  await store.end(id);
  await expect(store.find(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await readdir(folder)).toEqual([]);
});

it("says which note of a job cannot be removed", async () => {
  const file = join(folder, "job-00000000.json");
  await mkdir(file); // what unlink(2) cannot remove
  await expect(new JobStore(folder).end("job-00000000")).rejects.toMatchObject({
    code: "REMOVE_FAILED",
    details: { file },
  });
});
