import { crc32 } from "node:zlib";
import { named } from "#imaging/filesystem/volume.ts";
import { bitLocker } from "#imaging/volume/bitlocker/bitlocker.ts";
import { readBitLocker } from "#imaging/volume/bitlocker/metadata.ts";
import { crafted, hex, KIB, MIB, text } from "#test/fuzz/make-seed.ts";
import { MAP_ERRORS } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SIZE = MIB;
const PLACES = [128 * KIB, 256 * KIB, 384 * KIB] as const;
const IDENTIFIER = hex("3bd66749292ed84a8399f6a339e3d001");

/** Nothing on Linux makes one, so it is put together as libbde describes it. */
function volume(isToGo: boolean): Uint8Array {
  const places = new DataView(new ArrayBuffer(24));
  for (const [i, place] of PLACES.entries()) places.setBigUint64(i * 8, BigInt(place), true);
  const at = isToGo ? 424 : 160;
  const image = crafted(SIZE, [0, hex("eb5890")], [3, text(isToGo ? "MSWIN4.1" : "-FVE-FS-")], [12, Uint8Array.of(2)]);
  image.set(IDENTIFIER, at);
  image.set(new Uint8Array(places.buffer), at + 16);
  for (const place of PLACES) image.set(metadata(), place);
  return image;
}

function metadata(): Uint8Array {
  const protector = crafted(28 + 8 + 60, [0, hex("000102030405060708090a0b0c0d0e0f")], [27, Uint8Array.of(8)]);
  protector.set(entry(0, 5, new Uint8Array(60).fill(3)), 28);
  const entries = [
    entry(2, 8, protector),
    entry(3, 5, new Uint8Array(28 + 44).fill(9)),
    entry(15, 15, moved(512 * KIB, 8 * KIB)),
  ];
  const length = entries.reduce((sum, { length: bytes }) => sum + bytes, 0);
  const block = crafted(Math.ceil((112 + length) / 16) * 16 + 8, [0, text("-FVE-FS-")]);
  const view = new DataView(block.buffer);
  view.setUint16(8, (block.length - 8) / 16, true);
  for (const [at, value] of [
    [10, 2],
    [12, 4],
    [14, 4],
    [100, 0x8004],
  ] as const)
    view.setUint16(at, value, true);
  view.setBigUint64(16, BigInt(SIZE), true);
  view.setUint32(28, 16, true);
  view.setBigUint64(56, BigInt(512 * KIB), true);
  view.setUint32(64, 48 + length, true);
  block.set(Buffer.concat(entries), 112);
  view.setUint32(block.length - 4, crc32(block.subarray(0, -8)), true);
  return block;
}

function entry(type: number, valueType: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + data.length);
  for (const [i, value] of [bytes.length, type, valueType, 1].entries())
    new DataView(bytes.buffer).setUint16(i * 2, value, true);
  bytes.set(data, 8);
  return bytes;
}

function moved(offset: number, size: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setBigUint64(0, BigInt(offset), true);
  view.setBigUint64(8, BigInt(size), true);
  return new Uint8Array(view.buffer);
}

/** BitLocker's metadata; without a key the volume is refused in words. */
export const target: FuzzTarget = {
  name: "bitlocker",
  seeds: [
    { name: "fixed", content: () => volume(false) },
    { name: "to-go", content: () => volume(true) },
  ],
  allowed: MAP_ERRORS,
  reseal,
  async parse(device) {
    const found = await readBitLocker(device);
    const opened = await bitLocker.open(device, named(device, "BitLocker"), { keys: [] });
    promise("reason" in opened && opened.reason.length > 0, () => "it opens without a key");
    if ("reason" in found) return "reason given";
    const { movedHeader, size } = found;
    promise(size > 0 && size <= device.size, () => `${size} bytes`);
    for (const { start, end } of [...found.metadata, movedHeader])
      promise(start > 0 && end > start && end <= size, () => `[${start}, ${end}) of ${size}`);
    return "accepted";
  },
};

function reseal(image: SparseImage): void {
  for (const place of PLACES) {
    if (!image.isChanged(place, 64 * KIB)) continue;
    const bytes = image.bytes(place, 64 * KIB);
    const end = new DataView(bytes.buffer).getUint16(8, true) * 16;
    if (end > bytes.length - 8) continue;
    const sum = new Uint8Array(4);
    new DataView(sum.buffer).setUint32(0, crc32(bytes.subarray(0, end)), true);
    image.write(sum, place + end + 4);
  }
}
