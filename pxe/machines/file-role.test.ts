import { expect, test } from "vitest";
import { fileRole } from "./file-role.ts";

test.each([
  ["/live/vmlinuz", "kernel"],
  ["vmlinuz-6.12.efi", "kernel"],
  ["debian-installer/amd64/linux", "kernel"],
  ["/initrd.img", "initrd"],
  ["/live/base.sqfs", "layer"],
  ["bootx64.efi", "loader"],
  ["grubx64.efi.signed", "loader"],
  ["undionly.kpxe", "loader"],
  ["boot.ipxe", "script"],
  ["Boot\\BCD", "other"],
  ["sources\\boot.wim", "image"],
])("%s: %s", (file, role) => {
  expect(fileRole(file)).toBe(role);
});
