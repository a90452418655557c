import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { countColours, encodePng, parsePpm } from "#imaging/prove/qemu/picture.ts";
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

  it("counts colours", () => {
    expect(countColours({ width: 2, height: 2, rgb: new Uint8Array(12) })).toBe(1);
    expect(countColours({ width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 3, 2, 1) })).toBe(2);
  });
});
