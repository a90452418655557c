import type { Machine } from "../dhcp/boot-request.ts";

/** What people call them, in every language. */
export const FIRMWARE_NAMES: Readonly<Record<Machine, string>> = {
  bios: "BIOS",
  ia32: "UEFI (32 bit)",
  x64: "UEFI (x64)",
  arm32: "UEFI (ARM, 32 bit)",
  arm64: "UEFI (ARM64)",
};
