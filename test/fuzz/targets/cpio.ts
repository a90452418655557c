import { readBytes } from "#imaging/device/block-device.ts";
import { CpioReader } from "#imaging/universal/linux/cpio.ts";
import { archive } from "#test/doubles/cpio-archive.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const MAIN = archive({
  usr: "",
  "usr/lib/modules/6.12/kernel/drivers/ata/ahci.ko": "x".repeat(3000),
  init: "#!/bin/sh",
});
/** Bytes; small, so that headers come in pieces. */
const PIECE = 1000;

/** The archives of a start file, which lies on somebody else's disk. */
export const target: FuzzTarget = {
  name: "cpio",
  seeds: [
    { name: "one", content: () => MAIN },
    { name: "two", content: () => Buffer.concat([MAIN, Buffer.alloc(512), archive({ second: "x" })]) },
  ],
  allowed: [],
  dictionary: ["070701", "070702", "TRAILER!!!", "00000000", "ffffffff", "0000000b"],
  async parse(device) {
    const size = Math.min(device.size, 1 << 20);
    const reader = new CpioReader((entry) => entry.size <= 4096);
    let given = 0;
    for (let at = 0; at < size && !reader.isForeign; at += PIECE) {
      const piece = await readBytes(device, at, Math.min(PIECE, size - at));
      given += piece.length;
      for (const { name, size: bytes, content } of reader.push(piece)) {
        promise(
          content === undefined || content.length === bytes,
          () => `${content?.length} bytes instead of ${bytes}`,
        );
        promise(name.length <= 4096, () => `a name of ${name.length} bytes`);
        promise(bytes >= 0 && bytes < 2 ** 32, () => `a content of ${bytes} bytes`);
      }
      promise(reader.consumed <= given, () => `${reader.consumed} of ${given} bytes taken`);
    }
    if (reader.isForeign) return reader.isWhole ? "something else behind" : "damaged";
    return reader.isWhole ? "accepted" : "no end";
  },
};
