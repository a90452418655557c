import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { ChunkMap } from "#imaging/filesystem/btrfs/chunk-map.ts";

const chunk = (start: number, end: number) => ({ start, end, copies: [start * 10], used: new ExtentList() });

test("a chunk is found by any range within it, and by none that leaves it", () => {
  const map = new ChunkMap();
  for (const [start, end] of [
    [100, 200],
    [200, 300],
    [500, 600],
  ] as const)
    expect(map.append(chunk(start, end))).toBe(true);
  expect(map.find(100, 200)?.start).toBe(100);
  expect(map.find(200, 201)?.start).toBe(200);
  expect(map.find(599, 600)?.start).toBe(500);
  for (const [start, end] of [
    [99, 101],
    [150, 250],
    [300, 301],
    [450, 550],
    [600, 601],
  ] as const)
    expect(map.find(start, end)).toBeUndefined();
});

test("chunks that overlap or are out of order are not taken", () => {
  const map = new ChunkMap();
  expect(map.find(0, 1)).toBeUndefined();
  map.append(chunk(100, 200));
  expect(map.append(chunk(199, 250))).toBe(false);
  expect(map.append(chunk(0, 50))).toBe(false);
  expect(map.chunks).toHaveLength(1);
});
