import { expect, it } from "vitest";
import { bytesOf, GIB, inUnit, MIB } from "#ui/parts/size.ts";

it("reads sizes as people write them", () => {
  expect([bytesOf("1", "GiB"), bytesOf(" 0,5 ", "GiB"), bytesOf("1.5", "GiB")]).toEqual([GIB, GIB / 2, 1.5 * GIB]);
  expect([bytesOf("700", "MiB"), bytesOf("2", "TiB")]).toEqual([700 * MIB, 2048 * GIB]);
  expect(["", "abc", "-1", "0"].map((text) => bytesOf(text, "GiB"))).toEqual(Array(4).fill(undefined));
});

it("writes in a field what reads back as the same, to a hundredth", () => {
  expect([inUnit(20 * GIB, "GiB"), inUnit(20 * GIB, "MiB"), inUnit(512 * MIB, "GiB")]).toEqual(["20", "20480", "0.5"]);
});
