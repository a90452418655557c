import { expect, it } from "vitest";
import { bytesOf, GIB, inUnit, MIB, unitFor } from "#ui/parts/size.ts";

it("reads sizes as people write them", () => {
  expect([bytesOf("1", "GiB"), bytesOf(" 0,5 ", "GiB"), bytesOf("1.5", "GiB")]).toEqual([GIB, GIB / 2, 1.5 * GIB]);
  expect([bytesOf("700", "MiB"), bytesOf("2", "TiB")]).toEqual([700 * MIB, 2048 * GIB]);
  expect(["", "abc", "-1", "0"].map((text) => bytesOf(text, "GiB"))).toEqual(Array(4).fill(undefined));
});

it("takes a unit that is written out before the one of the field", () => {
  expect([bytesOf("700 MiB", "GiB"), bytesOf("700m", "GiB"), bytesOf("1,5GiB", "MiB")]).toEqual([
    ...[700 * MIB, 700 * MIB, 1.5 * GIB],
  ]);
  expect([bytesOf("2 T", "MiB"), bytesOf("2 tib", "GiB")]).toEqual([2048 * GIB, 2048 * GIB]);
  // 500 MB, as on a label, are another size; and what is left when a number was rubbed out is none.
  expect(["500 MB", "MiB", "1 x", "1 MiB 2"].map((text) => bytesOf(text, "GiB"))).toEqual(Array(4).fill(undefined));
});

it("takes the unit in which a size is more than a part of one", () => {
  expect([160 * MIB, 1023 * MIB, GIB, 5000 * GIB].map(unitFor)).toEqual(["MiB", "MiB", "GiB", "GiB"]);
});

it("writes in a field what reads back as the same, to a hundredth", () => {
  expect([inUnit(20 * GIB, "GiB"), inUnit(20 * GIB, "MiB"), inUnit(512 * MIB, "GiB")]).toEqual(["20", "20480", "0.5"]);
});
