import { ascii, at, bits64, bytes, guid, i8, magic, struct, u8, u16, u32, u64, utf16, uuid } from "#base/struct.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { crafted, text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const everything = struct("Everything", "every type of field of base/struct.ts", 144, {
  magic: at(0, magic("FUZZ"), ""),
  byte: at(4, u8, ""),
  signed: at(5, i8, ""),
  short: at(6, u16, ""),
  int: at(8, u32, ""),
  size: at(16, u64, ""),
  bits: at(24, bits64, ""),
  raw: at(32, bytes(16), ""),
  latin: at(48, ascii(32), ""),
  wide: at(80, utf16(32), ""),
  guid: at(112, guid, ""),
  uuid: at(128, uuid, ""),
});

/** base/struct.ts, on which the parsers of everything binary stand: what was parsed is written back the same. */
export const target: FuzzTarget = {
  name: "structs",
  seeds: [
    {
      name: "everything",
      content: () =>
        crafted(
          everything.size,
          [0, text("FUZZ")],
          [4, Uint8Array.from({ length: 13 }, (_, i) => i * 17)],
          [24, Uint8Array.from({ length: 24 }, (_, i) => 255 - i)],
          [48, text("Latin")],
          [80, Buffer.from("wide", "utf16le")],
          [112, Uint8Array.from({ length: 32 }, (_, i) => i)],
        ),
    },
  ],
  allowed: ["STRUCT_BAD_VALUE", "STRUCT_TRUNCATED"],
  async parse(device) {
    const value = everything.parse(await readBytes(device, 0, Math.min(device.size, 4096)));
    const again = everything.serialise(everything.parse(everything.serialise(value)));
    promise(Buffer.compare(again, everything.serialise(value)) === 0, () => "it does not come back the same");
    return "accepted";
  },
};
