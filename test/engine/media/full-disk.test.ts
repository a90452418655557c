import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { squash } from "#mediabuilder/linux/squash.ts";
import { writeTogether } from "#mediabuilder/manifest/publish.ts";
import { sayingNoRoom } from "#mediabuilder/no-room.ts";
import { buildStage } from "#mediabuilder/stage.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
let folder = "";
let small = "";

/** A file system of 4 MiB. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-full-"));
  small = join(folder, "small");
  await mkdir(small);
  await runTool("mount", ["-t", "tmpfs", "-o", "size=4m", "small", small]);
});
afterEach(async () => {
  await runTool("umount", [small]);
  await rm(folder, { recursive: true });
});

test("a layer that has no room leaves nothing, and the error names the file system", async () => {
  const tree = join(folder, "tree");
  await mkdir(tree);
  await writeFile(join(tree, "random"), randomBytes(8 * MIB));
  const stage = {
    name: "layer",
    inputs: ["x"],
    build: async (out: string) => void (await squash(tree, join(out, "x.sqfs"), "root")),
  };
  const built = sayingNoRoom([folder, small], () => buildStage(small, stage, () => {}));
  await expect(built).rejects.toMatchObject({ code: "BUILD_NO_ROOM", details: { folder: small } });
  expect(await readdir(small)).toEqual([]);
});

test("documents are all there, or those that were there before", async () => {
  const [one, two] = [join(small, "manifest.json"), join(small, "sbom.json")] as const;
  await writeTogether({ [one]: "old", [two]: "old" });
  const large = "x".repeat(8 * MIB);
  const written = sayingNoRoom([small], () => writeTogether({ [one]: "new", [two]: large }));
  await expect(written).rejects.toMatchObject({ code: "BUILD_NO_ROOM" });
  expect(await readdir(small)).toEqual(["manifest.json", "sbom.json"]);
  expect(await readFile(one, "utf8")).toBe("old");
});
