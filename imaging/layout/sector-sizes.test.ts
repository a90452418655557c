import { expect, test } from "vitest";
import type { LayoutSource, LayoutWish } from "#imaging/layout/layout.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { sampleSource, sourcePartition } from "#test/doubles/sample-layout.ts";

const MIB = 1 << 20;
const GIB = 1 << 30;
const plan = (source: LayoutSource, size: number, wish: LayoutWish, sectorSize: number) =>
  planLayout(source, { size, sectorSize, name: "the target" }, wish);

test("sectors of another size: whole ones for each partition, or the reason why not", () => {
  const odd = sourcePartition(4, 10 * MIB + 512);
  const layout = plan(sampleSource([odd]), 20 * GIB, { mode: "keep" }, 4096);
  expect(layout.partitions[3]).toMatchObject({ size: 10 * MIB + 4096, change: "none" });
  const refused = sourcePartition(4, 10 * MIB, { refused: "its blocks have 1024 bytes" });
  expect(() => plan(sampleSource([refused]), 20 * GIB, { mode: "keep" }, 4096)).toThrow("SECTOR_SIZE_UNFIT");
});

test.each(["keep", "fill", "shrink"] as const)("%s: what needs more on larger sectors gets it", (mode) => {
  const esp = sourcePartition(4, 64 * MIB, { remade: true, least: 258 * MIB + 4096, most: 16 * GIB });
  const source = sampleSource([esp]);
  const { partitions } = plan(source, 20 * GIB, { mode }, 4096);
  const [made] = partitions.filter(({ source }) => source === 4);
  expect(made).toMatchObject({ change: "remake" });
  expect(made?.size).toBeGreaterThanOrEqual(258 * MIB + 4096);
  expect(made?.size).toBeLessThan(mode === "fill" ? 16 * GIB : 260 * MIB);
  const before = source.partitions.reduce((sum, { size }) => sum + size, 8 * MIB);
  expect(() => plan(source, before, { mode: "keep" }, 4096)).toThrow("LAYOUT_TOO_SMALL");
});
