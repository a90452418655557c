import { access, readFile } from "node:fs/promises";
import { hostname, totalmem } from "node:os";
import { join } from "node:path";
import type { System } from "#rescue/api/contract.ts";
import { readMedium } from "#rescue/inventory/medium.ts";
import { windowsFirmware } from "#rescue/inventory/windows-system.ts";

export interface SystemOptions {
  readonly version: string;
  readonly isRescue: boolean;
  /** What people call it, once that is known. */
  readonly machine?: string | undefined;
  /** Where sysfs is mounted. */
  readonly sysfs?: string;
}

/** EFI_GLOBAL_VARIABLE, UEFI 2.10, 3.3. */
const SECURE_BOOT = "firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/** What this machine is, as the pages show it. */
export async function readSystem({ version, isRescue, machine, sysfs = "/sys" }: SystemOptions): Promise<System> {
  const common = { version, hostname: hostname(), memoryBytes: totalmem(), isRescue, ...(machine && { machine }) };
  if (process.platform === "win32") return { ...(await windowsFirmware()), ...common };
  const isUefi = await access(join(sysfs, "firmware/efi")).then(
    () => true,
    () => false,
  );
  return {
    ...common,
    firmware: isUefi ? "uefi" : "bios",
    secureBoot: isUefi && (await readSecureBoot(sysfs)),
    ...(isRescue && { medium: await readMedium() }),
  };
}

/** efivarfs puts four bytes of attributes before the value (Linux, Documentation/filesystems/efivarfs.rst). */
async function readSecureBoot(sysfs: string): Promise<boolean> {
  const variable = await readFile(join(sysfs, SECURE_BOOT)).catch(() => undefined);
  return variable?.[4] === 1;
}
