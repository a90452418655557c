import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { countColours, decodePng, encodePng, parsePpm } from "#imaging/prove/qemu/picture.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** A PPM with another colour in each pixel. */
function samplePpm(width: number, height: number): Uint8Array {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]);
}

describe("picture", () => {
  it("writes PNG that file(1) recognises and whose rows inflate to the pixels", async () => {
    const directory = await mkdtemp(join(tmpdir(), "lifeboat-png-"));
    await using _ = { [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
    const ppm = samplePpm(101, 37);
    const png = join(directory, "x.png");
    const encoded = encodePng(parsePpm(ppm));
    await writeFile(png, encoded);
    const { stdout } = await runTool("file", [png]);
    expect(stdout).toContain("PNG image data, 101 x 37, 8-bit/color RGB, non-interlaced");
    const data = Buffer.from(encoded);
    const at = data.indexOf("IDAT");
    const rows = inflateSync(data.subarray(at + 4, at + 4 + data.readUInt32BE(at - 4)));
    const pixels = Array.from({ length: 37 }, (_, y) => rows.subarray(y * 304 + 1, (y + 1) * 304));
    expect(Buffer.concat(pixels).equals(ppm.subarray(ppm.length - 101 * 37 * 3))).toBe(true);
  });

  it("refuses a cut-off file", () => {
    expect(() => parsePpm(samplePpm(10, 10).subarray(0, 200))).toThrow("cut off");
    expect(() => parsePpm(Buffer.from("P5\n1 1\n255\nx"))).toThrow("not a binary PPM");
  });

  it("reads its own PNG, and each filter that others use", () => {
    const rgb = Uint8Array.from({ length: 31 * 17 * 3 }, (_, i) => i * 7);
    const picture = { width: 31, height: 17, rgb };
    expect(decodePng(encodePng(picture))).toEqual(picture);
    // 2 by 5, one filter a row; what is added is 1 in each byte (W3C PNG, section 9.2).
    const rows = [0, 1, 2, 3, 4].flatMap((filter) => [filter, 1, 1, 1, 1, 1, 1]);
    const png = Buffer.from(encodePng({ width: 2, height: 5, rgb: new Uint8Array(30) }));
    const [from, to] = [png.indexOf("IDAT") - 4, png.indexOf("IEND") - 4];
    const packed = deflateSync(Buffer.from(rows));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(packed.length);
    const data = Buffer.concat([length, Buffer.from("IDAT"), packed, Buffer.alloc(4)]);
    const { rgb: decoded } = decodePng(Buffer.concat([png.subarray(0, from), data, png.subarray(to)]));
    const pixels = Array.from({ length: 10 }, (_, at) => decoded[at * 3]);
    // none: 1 1; left: 1 2; up: 2 3; mean of left and up: 2 (1+0+2>>1), 3 (1+(2+3>>1)); Paeth: 3, 4
    expect(pixels).toEqual([1, 1, 1, 2, 2, 3, 2, 3, 3, 4]);
  });

  it("refuses other kinds of PNG", () => {
    const png = Buffer.from(encodePng({ width: 1, height: 1, rgb: new Uint8Array(3) }));
    png[25] = 6; // RGBA
    expect(() => decodePng(png)).toThrow("not a PNG of 8-bit RGB");
    expect(() => decodePng(Buffer.from("GIF89a"))).toThrow("not a PNG");
  });

  it("counts colours", () => {
    expect(countColours({ width: 2, height: 2, rgb: new Uint8Array(12) })).toBe(1);
    expect(countColours({ width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 3, 2, 1) })).toBe(2);
  });
});
