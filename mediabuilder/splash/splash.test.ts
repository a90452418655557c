import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { screenPicture } from "./screen-picture.ts";
import { splashColours, splashSvg } from "./splash-svg.ts";

const MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 124"><path d="M0 0"/></svg>';

test("the drawing has the medium's name, as text and nothing else, and its colours", () => {
  const colours = { background: "#102030", text: "#fefefe", accent: "#ff0000" };
  const svg = splashSvg(MARK, { name: `<b> & "Müller's"`, colours });
  expect(svg).toContain(`>&#60;b&#62; &#38; "Müller's"</text>`);
  expect(svg).toContain('fill="#102030"');
  expect(svg).toMatch(/splash__sea \{ stroke: #fefefe \} \.splash__band \{ stroke: #ff0000 \}/);
  expect(svg).toContain('<svg x="230" y="0" width="180" height="186" xmlns="http://www.w3.org/2000/svg" viewBox');
});

test("a logo stands in the mark's place; a long name is written smaller", () => {
  const svg = splashSvg(MARK, { name: "W".repeat(40), colours: {} }, Buffer.from("png"));
  expect(svg).toContain('href="data:image/png;base64,cG5n"');
  expect(svg).not.toContain("<path");
  expect(svg).toContain('font-size="20"');
  expect(splashSvg(MARK, { name: "Lifeboat", colours: {} })).toContain('font-size="30"');
});

test.each([
  [{}, { background: "#0f2d45", text: "#ffffff" }],
  [{ background: "#ffffff" }, { background: "#ffffff", text: "#000000" }],
  [{ text: "#1c1c1c" }, { background: "#0f2d45", text: "#ffffff" }],
  [
    { background: "#ffffff", text: "#1c1c1c" },
    { background: "#ffffff", text: "#1c1c1c" },
  ],
])("of the colours %o what is read against is %o", (colours, shown) => {
  expect(splashColours({ name: "x", colours })).toEqual(shown);
});

test("a picture is lines that awk can read: no zero, and no end of a line, in any pixel", () => {
  const rgb = Uint8Array.of(0, 10, 255, 1, 2, 3, 0x0f, 0x2d, 0x45, 10, 10, 10);
  const packed = screenPicture({ width: 2, height: 2, rgb }, { background: "#0a2d00", text: "#ffffff" });
  const expected = [
    Buffer.from("2 2 0a2d00 ffffff\n"),
    Buffer.from("012d0bff0a", "hex"),
    Buffer.from("ff0b01ff030201ff0a", "hex"),
    Buffer.from("452d0fff0b0b0bff0a", "hex"),
  ];
  expect(gunzipSync(packed).toString("hex")).toBe(Buffer.concat(expected).toString("hex"));
  expect(packed.readUInt32LE(4)).toBe(0); // RFC 1952: no date
});
