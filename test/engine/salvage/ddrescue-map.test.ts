import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { parseMap } from "#imaging/salvage/ddrescue-map.ts";
import { readPatiently } from "#imaging/salvage/patient-read.ts";
import { writeMap } from "#imaging/salvage/write-map.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import { run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";

const MIB = 1 << 20;
const SIZE = 4 * MIB;
const CAPTURED = [
  { start: 0, end: MIB },
  { start: 2 * MIB, end: 3 * MIB },
];
const BAD: BadExtent[] = [
  { start: 4096, end: 8192, state: "bad" },
  { start: 2 * MIB, end: 2 * MIB + 65536, state: "given-up" },
  { start: 2 * MIB + 512 * 1024, end: 3 * MIB, state: "not-tried" },
];

let folder: ReturnType<typeof scratch>;
let disk: string;
let map: string;
const content = noise(SIZE, 5);

beforeEach(() => {
  folder = scratch();
  disk = join(folder.path, "disk.img");
  map = join(folder.path, "disk.lbi.map");
  writeFileSync(disk, content);
});
afterEach(() => folder[Symbol.dispose]());

const source = (bad: readonly BadExtent[]) => ({
  ...{ disk, size: SIZE, captured: CAPTURED, bad },
  ...{ writer: "lifeboat 0", time: new Date(0) },
});

/** Blocks of a kind as ddrescuelog lists them: numbers of 512 bytes. */
const listed = (kind: string): number[] =>
  run("ddrescuelog", `--list-blocks=${kind}`, map).split("\n").filter(Boolean).map(Number);
const sectors = (...ranges: [number, number][]): number[] =>
  ranges.flatMap(([start, end]) => Array.from({ length: (end - start) / 512 }, (_, i) => start / 512 + i));

it("ddrescuelog reads the same from it", async () => {
  await writeMap(map, source(BAD));
  expect(listed("-")).toEqual(sectors([4096, 8192]));
  expect(listed("/")).toEqual(sectors([2 * MIB, 2 * MIB + 65536]));
  expect(listed("?")).toEqual(sectors([MIB, 2 * MIB], [2.5 * MIB, SIZE]));
  expect(listed("+")).toEqual(sectors([0, 4096], [8192, MIB], [2 * MIB + 65536, 2.5 * MIB]));
  expect(run("ddrescuelog", "-t", map)).toMatch(/bad-sector:\s+4096 B/);
  expect(existsSync(`${map}.partial`)).toBe(false);
});

it("we read ddrescue's own", () => {
  using faults = new FaultyIo(["read disk.img 8192 4096 EIO"]);
  const { status, stderr } = spawnSync("ddrescue", ["-q", disk, join(folder.path, "raw"), map], {
    env: { ...process.env, ...faults.env },
  });
  expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: "" });
  expect(parseMap(readFileSync(map, "utf8"))).toMatchObject({
    status: "+",
    blocks: [
      { start: 0, end: 8192, state: "+" },
      { start: 8192, end: 12288, state: "-" },
      { start: 12288, end: SIZE, state: "+" },
    ],
  });
});

it("ddrescue goes on from it: it reads what is missing and leaves the rest alone", async () => {
  await writeMap(map, source(BAD));
  const raw = join(folder.path, "raw");
  // What was captured is marked, to see that it is not read again.
  writeFileSync(raw, Buffer.alloc(SIZE, 0x55));
  run("ddrescue", "-q", "-r1", disk, raw, map);
  const expected = Buffer.from(content);
  for (const [start, end] of [
    [0, 4096],
    [8192, MIB],
    [2 * MIB + 65536, 2.5 * MIB],
  ] as const)
    expected.fill(0x55, start, end);
  expect(readFileSync(raw).equals(expected)).toBe(true);
  expect(parseMap(readFileSync(map, "utf8"))).toMatchObject({
    status: "+",
    blocks: [{ start: 0, end: SIZE, state: "+" }],
  });
});

it("its own advice reads again only what failed", async () => {
  await writeMap(map, source(BAD.slice(0, 2)));
  expect(readFileSync(map, "utf8")).toContain("ddrescuelog --change-types=?,+");
  const second = join(folder.path, "second.map");
  writeFileSync(second, run("ddrescuelog", "--change-types=?,+", map));
  const raw = join(folder.path, "raw");
  writeFileSync(raw, Buffer.alloc(SIZE));
  run("ddrescue", "-q", "-r1", disk, raw, second);
  const expected = Buffer.alloc(SIZE);
  for (const { start, end } of BAD.slice(0, 2)) content.copy(expected, start, start, end);
  expect(readFileSync(raw).equals(expected)).toBe(true);
});

it("finds the same bad sectors on the same disk as ddrescue", async () => {
  const rules = ["read disk.img 5120 512 EIO", "read disk.img 1049088 3072 EIO", "read disk.img 4193792 512 EIO"];
  using faults = new FaultyIo(rules);
  const theirs = join(folder.path, "theirs.map");
  spawnSync("ddrescue", ["-q", disk, join(folder.path, "raw"), theirs], { env: { ...process.env, ...faults.env } });
  const script = `
    import { createBudget } from "#imaging/salvage/budget.ts";
    import { readPatiently } from "#imaging/salvage/patient-read.ts";
    import { writeMap } from "#imaging/salvage/write-map.ts";
    import { openPositional } from "#imaging/worker/positional-io.ts";
    using file = openPositional(${JSON.stringify(disk)}, "r");
    const budget = createBudget();
    const bad = [0, 1, 2, 3].flatMap((i) => readPatiently(file, new Uint8Array(${MIB}), i * ${MIB}, { sectorSize: 512, budget }));
    await writeMap(${JSON.stringify(map)}, { disk: "d", size: ${SIZE}, captured: [{ start: 0, end: ${SIZE} }], bad, writer: "w", time: new Date(0) });`;
  const node = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, ...faults.env },
  });
  expect(String(node.stderr)).toBe("");
  const bad = (path: string) => parseMap(readFileSync(path, "utf8")).blocks.filter(({ state }) => state === "-");
  expect(bad(map)).toEqual(bad(theirs));
  expect(bad(map)).toHaveLength(3);
});

it("a sound disk is read as it is through the same path", () => {
  using file = openPositional(disk, "r");
  const bytes = Buffer.alloc(SIZE);
  expect(readPatiently(file, bytes, 0, { sectorSize: 512, budget: createBudget() })).toEqual([]);
  expect(bytes.equals(content)).toBe(true);
});

it("a folder that cannot be written is named", async () =>
  await expect(writeMap(join(folder.path, "none", "x.map"), source([]))).rejects.toMatchObject({
    code: "CREATE_FAILED",
  }));
