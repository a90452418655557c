import { mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RecordFile } from "#imaging/image/record-file.ts";
import { openPlace } from "#imaging/image/volumes.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { writeMap } from "#imaging/salvage/write-map.ts";

let folder: string;
let victim: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-links-"));
  victim = join(folder, "somebody-elses");
  await writeFile(victim, "precious");
});
afterEach(() => rm(folder, { recursive: true }));

const intact = async () => expect(await readFile(victim, "utf8")).toBe("precious");

test("a link that somebody put where a small file is prepared is replaced, not followed", async () => {
  const path = join(folder, "a.lbi.job");
  await symlink(victim, `${path}.new`);
  await writeAtomically(path, "journal");
  await intact();
  expect([await readFile(path, "utf8"), (await stat(path)).mode & 0o777]).toEqual(["journal", 0o600]);
});

test("so is one where the map of bad sectors is prepared; nobody else may read it", async () => {
  const path = join(folder, "a.lbi.map");
  await symlink(victim, `${path}.partial`);
  await writeMap(path, { disk: "d", size: 512, captured: [], bad: [], writer: "w", time: new Date(0) });
  await intact();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a later volume of an unfinished image is not written through a link", async () => {
  const place = { path: join(folder, "a.lbi"), unfinished: true, volumeSize: 1 << 24 };
  await symlink(victim, join(folder, "a.lbi.002.partial"));
  await using file = new RecordFile(place, "r+");
  await expect(file.write(new Uint8Array(16), 1 << 24)).rejects.toMatchObject({ code: "CREATE_FAILED" });
  using threads = openPlace(place, "r+");
  expect(() => threads.write(new Uint8Array(16), 1 << 24)).toThrow(expect.objectContaining({ errno: "ELOOP" }));
  await intact();
});
