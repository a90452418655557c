import { readdir, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packName } from "#imaging/repository/chunk-index.ts";
import { packEntry, placeEntry } from "#imaging/repository/format.ts";
import { openIndexFile } from "#imaging/repository/index-file.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { addFile, changeNoise, keepCopy, makeDisk } from "#test/engine/repository/changing-disk.ts";
import { captureInto, check, failure, makeRepository, prune, repair } from "#test/engine/repository/repo-space.ts";

const MIB = 1 << 20;

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

/** What the index says of every chunk, whatever its files are called and however they are cut. */
async function rowsOf(root: string): Promise<string[]> {
  const { id } = await openRepository(root);
  const rows: string[] = [];
  for (const name of await readdir(join(root, "index"))) {
    if (!name.endsWith(".lbx")) continue;
    const file = await openIndexFile(join(root, "index", name), id);
    for await (const row of indexRows(file)) {
      const entry = placeEntry.parse(row);
      const pack = packEntry.parse(file.packRows.subarray(entry.pack * packEntry.size));
      const place = `${packName(pack.stream, pack.number)}@${entry.place}`;
      rows.push(`${Buffer.from(entry.id).toString("hex")} ${place} ${entry.storedLength} ${entry.codec}`);
    }
  }
  return rows.sort();
}

const indexFiles = async (root: string): Promise<string[]> =>
  (await readdir(join(root, "index"))).filter((name) => name.endsWith(".lbx")).map((name) => join(root, "index", name));

const DAMAGES: readonly (readonly [string, (path: string) => Promise<void>])[] = [
  ["are deleted", (path) => rm(path)],
  ["are empty", (path) => truncate(path, 0)],
  ["have a bad header", (path) => writeAt(path, 40, Uint8Array.of(0xff))],
  ["have a bad page of chunks", (path) => writeAt(path, 2 * 4096 + 100, noise(32, 4))],
  ["end too early", async (path) => truncate(path, (await readFile(path)).length - 4096)],
];

describe.each([
  ["plain", false],
  ["encrypted", true],
])("the index of a repository that is %s", (flavour, encrypted) => {
  let root: string;
  let wanted: string[];
  const copies: (readonly [string, string])[] = [];
  beforeAll(async () => {
    const disk = await makeDisk(space.path(`${flavour}.img`));
    root = await makeRepository(space.path(flavour), encrypted);
    for (const [round, level] of (["normal", "none", "normal"] as const).entries()) {
      await changeNoise(disk, round * MIB, 200_000, 31 + round);
      await addFile(disk, `file${round}.txt`, Buffer.from(`line ${round}\n`.repeat(9000)));
      const { image } = await captureInto(root, disk, { level });
      copies.push([image, await keepCopy(disk, `${round}`)]);
    }
    wanted = await rowsOf(root);
    expect(wanted.length).toBeGreaterThan(40);
  });

  test.each(DAMAGES)("is made anew to the row when its files %s", async (_name, damage) => {
    for (const path of await indexFiles(root)) await damage(path);
    expect((await check(root)).touched).toHaveLength(3);
    expect((await failure(prune(root)))?.code).toBe("INDEX_DAMAGED");
    expect((await repair(root)).problems).toEqual([]);
    expect(await rowsOf(root)).toEqual(wanted);
    expect(await check(root, true)).toMatchObject({ problems: [], touched: [], whole: 3 });
  });

  test("is the same after clean-ups have merged it", async () => {
    await prune(root);
    await prune(root);
    expect(await rowsOf(root)).toEqual(wanted);
    expect(await readdir(join(root, "condemned"))).toEqual([]);
    for (const [image, copy] of copies) expect(await imageDiffers(image, copy)).toEqual([]);
  });
});
