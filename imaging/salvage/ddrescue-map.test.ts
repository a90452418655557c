import { describe, expect, it } from "vitest";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { formatMap, mapBlocks, parseMap, statusFor } from "#imaging/salvage/ddrescue-map.ts";

const extent = (start: number, end: number) => ({ start, end });
const bad = (start: number, end: number, state: BadExtent["state"] = "bad") => ({ start, end, state });

describe("mapBlocks", () => {
  const blocks = (captured: [number, number][], spots: BadExtent[] = []) =>
    [
      ...mapBlocks(
        1000,
        captured.map(([start, end]) => extent(start, end)),
        spots,
      ),
    ].map(({ start, end, state }) => `${start}-${end}${state}`);

  it("tells what was read from what was not asked for", () =>
    expect(
      blocks([
        [100, 200],
        [300, 1000],
      ]),
    ).toEqual(["0-100?", "100-200+", "200-300?", "300-1000+"]));
  it("puts what failed between", () =>
    expect(
      blocks(
        [
          [0, 500],
          [500, 1000],
        ],
        [bad(0, 10), bad(100, 200, "given-up"), bad(490, 500), bad(500, 510), bad(990, 1000, "not-tried")],
      ),
    ).toEqual(["0-10-", "10-100+", "100-200/", "200-490+", "490-510-", "510-990+", "990-1000?"]));
  it("joins what was passed over with what was not asked for", () =>
    expect(blocks([[0, 500]], [bad(400, 500, "not-tried")])).toEqual(["0-400+", "400-1000?"]));
  it("a capture of nothing", () => expect(blocks([])).toEqual(["0-1000?"]));
});

it("the state is what ddrescue has to do next", () => {
  expect(statusFor([])).toBe("+");
  expect(statusFor([bad(0, 1)])).toBe("-");
  expect(statusFor([bad(0, 1), bad(1, 2, "given-up")])).toBe("/");
  expect(statusFor([bad(0, 1), bad(1, 2, "given-up"), bad(2, 3, "not-tried")])).toBe("?");
});

it("reads what it writes, with numbers beyond 32 bits", () => {
  const size = 16 * 2 ** 40;
  const blocks = [...mapBlocks(size, [extent(0, 2 ** 41), extent(2 ** 42, size)], [bad(2 ** 43, 2 ** 43 + 512)])];
  const text = [...formatMap(blocks, ["one", "two\nlines"], "-")].join("");
  expect(parseMap(text)).toEqual({ position: 0, status: "-", pass: 1, blocks });
  expect(text).toContain("# two lines\n");
});

describe("parseMap", () => {
  it("reads the manual's example", () => {
    const example = `# Mapfile. Created by GNU ddrescue version 1.27
# current_pos  current_status  current_pass
0x00120000     ?               1
#      pos        size  status
0x00000000  0x00117000  +
0x00117000  0x00000200  -
0x00117200  0x00001000  /   # a comment
0x00118200  0x00007E00  *
0x00120000  0x00048000  ?
`;
    expect(parseMap(example)).toEqual({
      position: 0x120000,
      status: "?",
      pass: 1,
      blocks: [
        { start: 0, end: 0x117000, state: "+" },
        { start: 0x117000, end: 0x117200, state: "-" },
        { start: 0x117200, end: 0x118200, state: "/" },
        { start: 0x118200, end: 0x120000, state: "*" },
        { start: 0x120000, end: 0x168000, state: "?" },
      ],
    });
  });
  it("reads decimal, octal and older files without a pass", () =>
    expect(parseMap("0 +\n0 010 +\n8 24 -\n")).toMatchObject({ pass: 1, blocks: [{ end: 8 }, { end: 32 }] }));
  it.each([
    ["nothing", "# only a comment\n", "status line"],
    ["a state it does not know", "0 + 1\n0 512 x\n", "line 2"],
    ["a gap", "0 + 1\n0 512 +\n1024 512 +\n", "line 3"],
    ["an overlap", "0 + 1\n0 512 +\n0 512 +\n", "line 3"],
    ["no size", "0 + 1\n0 +\n", "line 2"],
    ["an empty block", "0 + 1\n0 0 +\n", "line 2"],
    ["a number too large", "0 + 1\n0 0xFFFFFFFFFFFFFFFF +\n", "line 2"],
    ["a negative number", "0 + 1\n-5 5 +\n", "line 2"],
    ["more words", "0 + 1\n0 5 + 7\n", "line 2"],
    ["an image", "\u0000LIFEBOAT\n", "line 1"],
  ])("refuses %s", (_what, text, field) =>
    expect(() => parseMap(text)).toThrow(
      expect.objectContaining({ code: "STRUCT_BAD_VALUE", details: expect.objectContaining({ field }) }),
    ),
  );
});
