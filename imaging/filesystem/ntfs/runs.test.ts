import { expect, it } from "vitest";
import { decodeRuns } from "#imaging/filesystem/ntfs/runs.ts";

const decode = (...bytes: number[]) => decodeRuns(Uint8Array.from(bytes), 0, 10_000);

it("adds signed distances, as in the example of the NTFS documentation", () =>
  expect(decode(0x21, 0x18, 0x34, 0x12, 0x21, 0x10, 0x00, 0xff, 0x11, 0x02, 0xfe, 0)).toEqual([
    { vcn: 0, lcn: 0x1234, length: 0x18 },
    { vcn: 0x18, lcn: 0x1134, length: 0x10 },
    { vcn: 0x28, lcn: 0x1132, length: 2 },
  ]));
it("keeps the place across a sparse run", () =>
  expect(decode(0x11, 4, 16, 0x01, 8, 0x11, 4, 16, 0)).toEqual([
    { vcn: 0, lcn: 16, length: 4 },
    { vcn: 4, lcn: undefined, length: 8 },
    { vcn: 12, lcn: 32, length: 4 },
  ]));
it("starts at the extension's first cluster", () =>
  expect(decodeRuns(Uint8Array.of(0x11, 1, 9, 0), 77, 100)).toEqual([{ vcn: 77, lcn: 9, length: 1 }]));
it.each([
  ["no end", [0x11, 4, 16]],
  ["a cut pair", [0x21, 4, 16]],
  ["no length", [0x10, 4, 0]],
  ["a length of zero", [0x11, 0, 4, 0]],
  ["a negative length", [0x11, 0x80, 4, 0]],
  ["a length beyond the volume", [0x31, 0xff, 0xff, 0xff, 0x7f, 0]],
  ["a place before the volume", [0x11, 4, 0xff, 0]],
  ["a place behind it", [0x21, 4, 0x0f, 0x27, 0]],
  ["sizes above 8", [0x19, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]],
  ["64-bit values", [0x88, 255, 255, 255, 255, 255, 255, 255, 127, 255, 255, 255, 255, 255, 255, 255, 127, 0]],
])("refuses %s", (_what, bytes) => expect(decode(...bytes)).toBeUndefined());
