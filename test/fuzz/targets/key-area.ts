import { crc32 } from "node:zlib";
import { readBytes } from "#imaging/device/block-device.ts";
import { createKeyArea, keysOf, parseKeyArea } from "#imaging/keys/key-area.ts";
import { COPY_SIZE, KEY_AREA_SIZE, keyArea } from "#imaging/keys/key-area-format.ts";
import { readSlot } from "#imaging/keys/slot.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const IMAGE = "6b1ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f10";
const CHEAP = { log2N: 10, r: 1, p: 1 };
/** What a slot may cost at most: docs/format/keys.md, Slots. */
const MOST_MEMORY = 256 << 20;

const { bytes } = await createKeyArea(
  IMAGE,
  [
    { kind: "password", text: "one" },
    { kind: "password", text: "two" },
  ],
  CHEAP,
);

/** The keys of an encrypted image, up to the point where a password is tried: what a slot claims must be affordable. */
export const target: FuzzTarget = {
  name: "key-area",
  seeds: [{ name: "two passwords", content: () => bytes }],
  allowed: ["IMAGE_DAMAGED", "IMAGE_UNSUPPORTED", "READ_SHORT"],
  reseal(image) {
    for (const at of [0, COPY_SIZE]) {
      if (at + COPY_SIZE > image.size) return;
      const copy = image.bytes(at, COPY_SIZE);
      const view = new DataView(copy.buffer, copy.byteOffset);
      view.setUint32(keyArea.fields.crc32.at, 0, true);
      view.setUint32(keyArea.fields.crc32.at, crc32(copy), true);
      image.write(copy, at);
    }
  },
  async parse(device) {
    const area = parseKeyArea(await readBytes(device, 0, KEY_AREA_SIZE), "case", IMAGE);
    for (const slot of area.slots) {
      const found = readSlot(slot);
      if (found.state !== "used") continue;
      const { log2N, r, p } = found.slot;
      promise(128 * 2 ** log2N * r <= MOST_MEMORY && p <= 16, () => `a slot of N 2^${log2N}, r ${r}, p ${p}`);
    }
    promise(keysOf(area).length <= area.slots.length, () => "more keys than slots");
    return "accepted";
  },
};
