import { expect, test } from "vitest";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { DamagedChunks } from "#imaging/restore/damaged-chunks.ts";
import { say } from "#imaging/words/say.ts";

const image = { chunks: 4, manifest: { regions: [{ label: "partition 2 (ext4)", diskOffset: 0 }] } };
const table = {
  ...{ first: 0, count: 4, region: [0, 0, 0, 0], rawLength: [4096, 4096, 4096, 4096] },
  ...{ firstRun: [0, 1, 2, 3, 4], runOffset: [8192, 12288, 16384, 20480] },
} as unknown as ChunkTable;

test("a damaged piece is said with its part and its problem by their keys, once", () => {
  const damaged = new DamagedChunks(image as never);
  const problems = [
    { chunk: 1, problem: "its content does not match its SHA-256" },
    { chunk: 2, problem: "from a newer engine" },
  ];
  const sentences = damaged.add(table, problems);
  const region = say("region.volume", { number: 2, filesystem: "ext4" });
  expect(damaged.list()).toMatchObject([
    { chunk: 1, regionSaid: region.said, problemSaid: { key: "damage.content", values: {} } },
    { chunk: 2, problem: "from a newer engine" },
  ]);
  expect(damaged.list()[1]?.problemSaid).toBeUndefined();
  expect(sentences[0]?.said?.values).toMatchObject({ region, problem: say("damage.content") });
  expect(damaged.first).toContain("chunk 1 of partition 2 (ext4), 4096 bytes");
  expect(damaged.add(table, problems)).toEqual([]);
});
