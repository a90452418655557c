import { loaderOf } from "#imaging/boot/efi/loader-kind.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { efiProgram } from "#test/doubles/efi-program.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** Files on an EFI system partition. */
export const target: FuzzTarget = {
  name: "efi-program",
  share: 0.3,
  seeds: [
    { name: "shim", content: () => efiProgram({ sections: [".text", ".vendor_cert", ".sbat"], says: "UEFI SHIM" }) },
    {
      name: "grub",
      content: () => efiProgram({ architecture: "aa64", sections: [".text", "mods"], says: "/EFI/debian\0" }),
    },
  ],
  allowed: [],
  async parse(device) {
    const loader = loaderOf(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    if (!loader) return "none";
    promise(loader.home === undefined || /^[\w.-]{1,31}$/.test(loader.home), () => `a folder ${loader.home}`);
    return "accepted";
  },
};
