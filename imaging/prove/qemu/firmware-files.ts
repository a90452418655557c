import { constants } from "node:fs";
import { access, copyFile } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import type { Firmware } from "#imaging/prove/qemu/options.ts";

type Uefi = Exclude<Firmware, "bios">;

/** Debian's package `ovmf`. */
export const OVMF_CODE: Readonly<Record<Uefi, string>> = {
  uefi: "/usr/share/OVMF/OVMF_CODE_4M.fd",
  "uefi-secure-boot": "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd",
};

/** The `.ms` store has Microsoft's keys enrolled and Secure Boot on. */
const OVMF_VARIABLES: Readonly<Record<Uefi, string>> = {
  uefi: "/usr/share/OVMF/OVMF_VARS_4M.fd",
  "uefi-secure-boot": "/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
};

/** @throws TOOL_MISSING without the package */
export async function copyVariables(firmware: Uefi, target: string): Promise<void> {
  for (const file of [OVMF_CODE[firmware], OVMF_VARIABLES[firmware]]) {
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw new LifeboatError("TOOL_MISSING", { tool: `ovmf (${file})`, purpose: "boot a VM by UEFI" }, { cause });
    });
  }
  await copyFile(OVMF_VARIABLES[firmware], target);
}
