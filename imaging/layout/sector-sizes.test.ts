import { expect, test } from "vitest";
import type { LayoutSource, LayoutWish } from "#imaging/layout/layout.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { sectorFit } from "#imaging/layout/sector-fit.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";
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

/** Bytes of a sector: before, and on the target; `sector` as the file system has it. */
const LARGER = { from: 512, to: 4096, sector: undefined };
const volume = (type: string) => ({ name: "vg0/a", filesystem: { type, blockSize: 512 } });
test.each([
  ["ext4", LARGER, undefined],
  ["ntfs", LARGER, undefined],
  ["exfat", LARGER, undefined],
  ["BitLocker", LARGER, undefined],
  ["zfs_member", LARGER, undefined],
  [undefined, LARGER, undefined],
  ["LVM2_member", LARGER, { contents: [volume("xfs")] }],
  ["LVM2_member", LARGER, undefined],
])("why %s cannot live on other sectors is said with its key", (type, sizes, region) => {
  const filesystem = type === undefined ? undefined : { type, blockSize: 1024 };
  const { refused } = sectorFit({ filesystem, type: "" } as never, region as never, sizes);
  expect(hear(refused ?? "").said, refused).toBeDefined();
});

test("a refusal has partition and reason by their keys", () => {
  const refused = sourcePartition(4, 10 * MIB, { refused: "no tool makes an exFAT anew with all that is in it" });
  const planned = () => plan(sampleSource([refused]), 20 * GIB, { mode: "keep" }, 4096);
  expect(planned).toThrow(
    expect.objectContaining({
      said: { partition: { key: "layout.partition", values: expect.anything() }, reason: say("sector.exfat").said },
    }),
  );
});
