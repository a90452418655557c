import { makeLoadOption, parseLoadOption } from "#imaging/boot/entries/load-option.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const DRIVE = { partition: 2, start: 4096, size: 131072, signature: "4c494645-0000-4000-8000-000000000002" };

/** Variables of firmware: whatever wrote them last. */
export const target: FuzzTarget = {
  name: "load-option",
  share: 0.3,
  seeds: [
    { name: "gpt", content: () => makeLoadOption("debian", { ...DRIVE, table: "gpt" }, "\\EFI\\debian\\shimx64.efi") },
    { name: "mbr", content: () => makeLoadOption("", { ...DRIVE, table: "mbr", signature: "0a0b0c0d" }, "\\x") },
  ],
  allowed: [],
  async parse(device) {
    const bytes = await readBytes(device, 0, Math.min(device.size, 1 << 18));
    const option = parseLoadOption(bytes);
    if (!option) return "none";
    const { description, path, data, drive } = option;
    promise(
      8 + description.length * 2 + path.length + data.length <= bytes.length,
      () => "it has more than it was given",
    );
    promise(drive === undefined || Number.isSafeInteger(drive.start), () => `a start at ${drive?.start}`);
    return "accepted";
  },
};
