import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyOf } from "#imaging/repository/chunk-id.ts";
import { ENTRIES_PER_PAGE, PACK_SIZE, PAGE_SIZE, type PlaceEntry, placeEntry } from "#imaging/repository/format.ts";
import { entryPageOffset, type IndexFile, openIndexFile, packOf } from "#imaging/repository/index-file.ts";
import { mergedPath, openIndexLookup } from "#imaging/repository/index-lookup.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { mergeRows } from "#imaging/repository/merge-rows.ts";
import { PlaceList } from "#imaging/repository/place-list.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";

const REPOSITORY = "11111111-2222-4333-8444-555555555555";
const STREAM = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-index-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Entry i of a sequence that is the same in every run. @param first bytes that all ids begin with */
function entry(i: number, pack = i % 3, first: readonly number[] = []): PlaceEntry {
  const id = new Uint8Array(32);
  let state = i * 2654435761 + 1;
  for (let at = 0; at < 32; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    id[at] = state >>> 24;
  }
  id.set(first);
  return { id, pack, place: 256 + i, storedLength: 1000 + i, codec: 1 };
}

async function make(name: string, entries: readonly PlaceEntry[], packs = 3): Promise<IndexFile> {
  const list = new PlaceList();
  for (const one of entries) list.add(one);
  const path = join(folder, name);
  const rows = Array.from({ length: packs }, (_, number) => ({ stream: STREAM, number, size: 1 << 20 }));
  await writeIndex(path, { repositoryId: REPOSITORY, indexId: STREAM, packs: rows, rows: list.sorted() });
  return await openIndexFile(path, REPOSITORY);
}

/** @param lengths how much of each pack is there; 128 MiB hold every place of the entries here */
function lookupOf({ path, header, directory }: IndexFile, lengths = Float64Array.of(PACK_SIZE, PACK_SIZE, PACK_SIZE)) {
  const offset = entryPageOffset(header, 0);
  return openIndexLookup({ path, offset, entries: header.entries, directory, lengths, sealed: false });
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test.each([0, 1, ENTRIES_PER_PAGE, ENTRIES_PER_PAGE + 1, 5000])(
  "of %i chunks each is found, and no other",
  async (count) => {
    const file = await make(
      "a.lbx",
      range(count).map((i) => entry(i)),
    );
    using lookup = lookupOf(file);
    const found = range(count).map((i) => lookup.find(entry(i).id)?.place);
    expect(found).toEqual(range(count).map((i) => entry(i).place));
    for (const i of range(50)) expect(lookup.find(entry(1_000_000 + i).id)).toBeUndefined();
    expect(file.header.entries).toBe(count);
    expect(packOf(file, 2)).toEqual({ stream: STREAM, number: 2, size: 1 << 20 });
  },
);

test("chunks whose ids begin alike over several pages are found", async () => {
  const alike = range(4 * ENTRIES_PER_PAGE).map((i) => entry(i, 0, [1, 2, 3, 4, 5, 6]));
  expect(new Set(alike.map(({ id }) => keyOf(id))).size).toBe(1);
  using lookup = lookupOf(await make("a.lbx", [...range(300).map((i) => entry(i)), ...alike]));
  for (const one of alike) expect(lookup.find(one.id)).toMatchObject({ place: one.place });
});

test("what is in a pack that may not be relied on is not found", async () => {
  using lookup = lookupOf(
    await make(
      "a.lbx",
      range(300).map((i) => entry(i)),
    ),
    Float64Array.of(PACK_SIZE, 0, PACK_SIZE),
  );
  for (const i of range(300)) expect(lookup.find(entry(i).id) !== undefined).toBe(i % 3 !== 1);
});

test("every flipped bit of a small index is noticed, or leads nowhere", async () => {
  const entries = range(100).map((i) => entry(i));
  const { path } = await make("a.lbx", entries);
  const whole = await readFile(path);
  for (let bit = 0; bit < whole.length * 8; bit += 1009) {
    const damaged = Buffer.from(whole);
    damaged[bit >>> 3] = (damaged[bit >>> 3] as number) ^ (1 << (bit & 7));
    await writeFile(path, damaged);
    const file = await openIndexFile(path, REPOSITORY).catch((error: { code: string }) => error);
    if ("code" in file) {
      expect(file.code).toBe("INDEX_DAMAGED");
      continue;
    }
    using lookup = lookupOf(file);
    const found = entries.map(({ id }) => lookup.find(id));
    for (const [i, place] of found.entries()) if (place) expect(place).toMatchObject({ ...entries[i] });
    expect(found.filter((place) => !place).length).toBeGreaterThan(0);
  }
});

test("a file that was cut off, or is of another repository, is refused", async () => {
  const { path } = await make(
    "a.lbx",
    range(500).map((i) => entry(i)),
  );
  await expect(openIndexFile(path, STREAM)).rejects.toMatchObject({ code: "INDEX_DAMAGED" });
  await writeFile(path, (await readFile(path)).subarray(0, 3 * PAGE_SIZE));
  await expect(openIndexFile(path, REPOSITORY)).rejects.toMatchObject({ code: "INDEX_DAMAGED" });
});

test("who has the old name of a merged file in hand finds it all the same", async () => {
  const file = await make("a.lbx", [entry(1)]);
  await writeFile(mergedPath(file.path), await readFile(file.path));
  rmSync(file.path);
  using lookup = lookupOf(file);
  expect(lookup.find(entry(1).id)).toMatchObject({ place: entry(1).place });
});

test("merged files have all entries in order, without those of packs that go", async () => {
  const [one, two] = [range(400), range(300).map((i) => 200 + i)];
  const files = [
    await make(
      "a.lbx",
      one.map((i) => entry(i)),
    ),
    await make(
      "b.lbx",
      two.map((i) => entry(i)),
    ),
  ];
  const { packs, rows } = mergeRows(files, (file, pack) => !(file === 0 && pack === 1));
  expect(packs.map(({ number }) => number)).toEqual([0, 2, 1]);
  const merged: PlaceEntry[] = [];
  for await (const row of rows) merged.push(placeEntry.parse(row));
  const ids = merged.map(({ id }) => Buffer.from(id).toString("hex"));
  expect(ids).toEqual([...new Set(ids)].toSorted());
  const kept = new Set([...one.filter((i) => i % 3 !== 1), ...two]);
  expect(merged.map(({ place }) => place - 256).toSorted((a, b) => a - b)).toEqual([...kept].toSorted((a, b) => a - b));
  for (const { place, pack } of merged) expect(packs[pack]?.number).toBe((place - 256) % 3);
  expect((await Array.fromAsync(indexRows(files[0] as IndexFile))).length).toBe(400);
});
