import { expect, it } from "vitest";
import { applyFixups } from "#imaging/filesystem/ntfs/record.ts";

it("puts back the last two bytes of each 512", () => {
  const block = new Uint8Array(1024);
  block.set([9, 9, 1, 2, 3, 4], 48);
  block.set([9, 9], 510);
  block.set([9, 9], 1022);
  applyFixups(block, 48, 3);
  expect([...block.subarray(510, 512), ...block.subarray(1022)]).toEqual([1, 2, 3, 4]);
});

it.each([
  ["a torn half", 48, 3],
  ["too few entries", 48, 2],
  ["an array beyond the block", 1020, 3],
])("refuses %s", (_what, offset, count) => {
  const block = new Uint8Array(1024);
  block.set([9, 9], 48);
  expect(() => applyFixups(block, offset, count)).toThrow();
});
