import { expect, test } from "vitest";
import { checkKeys } from "#imaging/capture/check-keys.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";

const region = { label: "partition 3", start: 0, size: 4096, usedBytes: 512, mode: "used-blocks" } as const;
const opened = { ...region, kind: "volume", partition: 3, contents: [] } as const;
const volumes = [{ info: { number: 3 } }, { info: { number: 4 } }];
const mapped = (regions: readonly object[]) => ({ found: { survey: { volumes } }, regions }) as unknown as MappedSource;
const key = (partition: number) => [{ partition, keyFile: "key", key: new Uint8Array(1) }];

test("a key that opened its partition is fine, and none is needed", () => {
  checkKeys(key(3), mapped([opened]));
  checkKeys([], mapped([]));
});

test.each([
  ["no such partition", 5, [opened], "there is no partition 5"],
  ["not encrypted", 4, [opened, { ...region, kind: "volume", partition: 4 }], "partition 4 holds nothing"],
  ["the whole disk", 3, [{ ...region, kind: "disk" }], "taken as a whole"],
] as const)("a key that opens nothing is a mistake: %s", (_name, partition, regions, text) => {
  expect(() => checkKeys(key(partition), mapped(regions))).toThrow(text);
});
