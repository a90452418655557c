import { expect, test } from "vitest";
import { Manifest } from "#imaging/image/manifest.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";

const { manifest } = sampleImage();
const wrong = [...manifest.regions, ...Array<object>(10_000).fill({})];

test.each([
  ["regions", { ...manifest, regions: wrong }],
  ["partitions", { ...manifest, partitions: wrong }],
  ["contents of a region", { ...manifest, regions: [{ ...manifest.regions[0], contents: wrong }] }],
  ["problems of a table", { ...manifest, table: { type: "gpt", problems: wrong } }],
  ["warnings", { ...manifest, warnings: wrong }],
])("%s that are all wrong are one wrong item: a hostile manifest collects no memory", (_what, json) => {
  const { issues } = Manifest.safeParse(json).error ?? { issues: [] };
  expect(issues).toHaveLength(1);
});

test("what is wrong is named with its place", () => {
  const regions = [...manifest.regions, { ...manifest.regions[0], contents: [{}] }];
  const [issue] = Manifest.safeParse({ ...manifest, regions }).error?.issues ?? [];
  expect(issue?.path).toEqual(["regions", manifest.regions.length, "contents", 0, "name"]);
  expect(Manifest.parse(manifest)).toEqual(manifest);
});
