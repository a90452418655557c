import { BOOT_INFO, registryValue } from "#imaging/system/windows-command.ts";
import type { System } from "#rescue/api/contract.ts";

const SECURE_BOOT = `${BOOT_INFO}\\SecureBoot\\State`;

/** By what firmware Windows PE was started: 2 is UEFI ("wpeutil UpdateBootInfo", Microsoft). */
export async function windowsFirmware(): Promise<Pick<System, "firmware" | "secureBoot">> {
  const isUefi = (await registryValue(BOOT_INFO, "PEFirmwareType")) === "0x2";
  const secureBoot = isUefi && (await registryValue(SECURE_BOOT, "UEFISecureBootEnabled")) === "0x1";
  return { firmware: isUefi ? "uefi" : "bios", secureBoot };
}
