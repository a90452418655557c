import { LifeboatError } from "#base/errors.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { crafted } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const seed = { name: "ones", content: () => crafted(4096, [0, new Uint8Array(16).fill(1)]) };

/** Each byte of the start has a fault of its own, that shows when the byte is no longer what it was. */
export const target: FuzzTarget = {
  name: "faulty",
  seeds: [seed],
  allowed: ["STRUCT_BAD_VALUE"],
  bounds: { milliseconds: 1000, readBytes: 1 << 20, allocatedBytes: 16 << 20 },
  async parse(device) {
    if (device.size < 16) return "too short";
    const bytes = await readBytes(device, 0, 16);
    const found = bytes.findIndex((byte) => byte !== 1);
    switch (found) {
      case 0:
        throw new TypeError("untyped");
      case 1:
        // Each costs its time limit, so one value alone shows it.
        for (let n = 0; bytes[1] === 0x7f; n++) if (n < 0) return "never";
        break;
      case 2:
        for (let n = 0; n < 1000; n++) await readBytes(device, 0, Math.min(device.size, 4096)).catch(() => undefined);
        break;
      case 3:
        for (let n = 0; n < 100; n++) new Uint8Array(1 << 20).fill(n);
        break;
      case 4:
        await device.read(new Uint8Array(1), -1).catch(() => undefined);
        break;
      case 5:
        promise(false, () => "a broken promise");
        break;
      case 6:
        throw new LifeboatError("FILE_EXISTS", { file: "a code that it does not name" });
      case 7:
        throw new LifeboatError("STRUCT_BAD_VALUE", { struct: "s", field: "f", found: "what it may throw" });
      case 8:
        new Uint8Array(2 ** 33);
    }
    return "accepted";
  },
};
