import { crc32, deflateSync, inflateSync } from "node:zlib";

/** 8-bit RGB, rows from the top, three bytes a pixel without padding. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Binary portable pixmap as QEMU's screendump writes it (netpbm: ppm(5), raw format, maxval 255). */
export function parsePpm(file: Uint8Array): Picture {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(new TextDecoder("latin1").decode(file.subarray(0, 64)));
  if (!header) throw new Error("not a binary PPM of 8 bits a channel");
  const [all, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const rgb = file.subarray(all.length, all.length + width * height * 3);
  if (rgb.length < width * height * 3) throw new Error("the PPM is cut off");
  return { width, height, rgb };
}

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** PNG, colour type 2 (RGB), no filter (W3C PNG, sections 5.2, 11.2.1 and 11.2.3). */
export function encodePng({ width, height, rgb }: Picture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const stride = width * 3;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) rows.set(rgb.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** PNG of colour type 2 and 8 bits, not interlaced, as encodePng and rsvg-convert write it. Checksums are not looked at. */
export function decodePng(file: Uint8Array): Picture {
  const chunks = [...chunksOf(Buffer.from(file))];
  const header = chunks.find(({ type }) => type === "IHDR")?.body;
  if (header?.subarray(8).toString("hex") !== "0802000000") throw new Error("not a PNG of 8-bit RGB");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body)));
  const stride = width * 3;
  if (rows.length < (stride + 1) * height) throw new Error("the PNG is cut off");
  const rgb = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const above = y > 0 ? rgb.subarray((y - 1) * stride, y * stride) : new Uint8Array(stride);
    const filtered = rows.subarray(y * (stride + 1), (y + 1) * (stride + 1));
    unfilter(filtered[0] ?? 0, filtered.subarray(1), above, rgb.subarray(y * stride, (y + 1) * stride));
  }
  return { width, height, rgb };
}

function* chunksOf(png: Buffer): Generator<{ readonly type: string; readonly body: Buffer }> {
  for (let at = PNG_SIGNATURE.length; at + 8 <= png.length; at += 12 + png.readUInt32BE(at))
    yield {
      type: png.toString("latin1", at + 4, at + 8),
      body: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)),
    };
}

/** One row (W3C PNG, section 9.2). @param above the row above, unfiltered. @param row gets the pixels */
function unfilter(type: number, filtered: Uint8Array, above: Uint8Array, row: Uint8Array): void {
  for (let i = 0; i < row.length; i++) {
    const [left = 0, up = 0, corner = 0] = i < 3 ? [0, above[i]] : [row[i - 3], above[i], above[i - 3]];
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][type];
    if (predicted === undefined) throw new Error(`a PNG has no filter ${type}`);
    row[i] = (filtered[i] ?? 0) + predicted;
  }
}

/** W3C PNG, section 9.4. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [ofLeft, ofUp, ofCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (ofLeft <= ofUp && ofLeft <= ofCorner) return left;
  return ofUp <= ofCorner ? up : corner;
}

/** How many different colours there are: 1 on a blank screen, a handful in text mode. */
export function countColours({ rgb }: Picture): number {
  const seen = new Set<number>();
  for (let i = 0; i + 2 < rgb.length; i += 3)
    seen.add(((rgb[i] ?? 0) << 16) | ((rgb[i + 1] ?? 0) << 8) | (rgb[i + 2] ?? 0));
  return seen.size;
}
