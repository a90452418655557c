import { existsSync } from "node:fs";
import { DRIVERS_FOLDER } from "#base/medium-settings.ts";

/** Firmware and boot loaders start from these; what has none of them holds data alone. */
const BOOT_TYPES = [
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", // EFI system partition
  "21686148-6449-6e6f-744e-656564454649", // BIOS boot partition
  "bc13c2ff-59e6-4262-a352-b275fd6f7172", // extended boot loader partition
  "0xef",
];

interface Startable {
  readonly type: string;
  readonly active: boolean;
}

/** Whether a computer may be meant to start from it. */
export const mayStart = ({ partitions }: { readonly partitions: readonly Startable[] }): boolean =>
  partitions.some(({ type, active }) => active || BOOT_TYPES.includes(type));

/** Folders with drivers that the rescue medium was built with; none on other machines. */
export const mediumDrivers = (): string[] => (existsSync(DRIVERS_FOLDER) ? [DRIVERS_FOLDER] : []);
