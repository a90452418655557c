import { bootErrors } from "#base/errors/boot.ts";
import { hiveErrors } from "#base/errors/hive.ts";
import { windowsErrors } from "#base/errors/windows.ts";

/** Errors that end the work on one part of a system alone, and are its problems then; what to do about each is its "-next". */
export const problemWords = {
  "problem.BOOT_NO_PLACE": bootErrors.BOOT_NO_PLACE.text,
  "problem.BOOT_NO_PLACE-next": bootErrors.BOOT_NO_PLACE.next,
  "problem.BOOT_GAP_TOO_SMALL": bootErrors.BOOT_GAP_TOO_SMALL.text,
  "problem.BOOT_GAP_TOO_SMALL-next": bootErrors.BOOT_GAP_TOO_SMALL.next,
  "problem.BOOT_SECTORS_UNFIT": bootErrors.BOOT_SECTORS_UNFIT.text,
  "problem.BOOT_SECTORS_UNFIT-next": bootErrors.BOOT_SECTORS_UNFIT.next,
  "problem.BOOT_LOADER_MISSING": bootErrors.BOOT_LOADER_MISSING.text,
  "problem.BOOT_LOADER_MISSING-next": bootErrors.BOOT_LOADER_MISSING.next,
  "problem.BOOT_KERNEL_MISSING": bootErrors.BOOT_KERNEL_MISSING.text,
  "problem.BOOT_KERNEL_MISSING-next": bootErrors.BOOT_KERNEL_MISSING.next,
  "problem.BOOT_ESP_FULL": bootErrors.BOOT_ESP_FULL.text,
  "problem.BOOT_ESP_FULL-next": bootErrors.BOOT_ESP_FULL.next,
  "problem.BOOT_ENTRY_REFUSED": bootErrors.BOOT_ENTRY_REFUSED.text,
  "problem.BOOT_ENTRY_REFUSED-next": bootErrors.BOOT_ENTRY_REFUSED.next,
  "problem.WINDOWS_UNKNOWN": windowsErrors.WINDOWS_UNKNOWN.text,
  "problem.WINDOWS_UNKNOWN-next": windowsErrors.WINDOWS_UNKNOWN.next,
  "problem.INF_INVALID": windowsErrors.INF_INVALID.text,
  "problem.INF_INVALID-next": windowsErrors.INF_INVALID.next,
  "problem.NOT_A_HIVE": hiveErrors.NOT_A_HIVE.text,
  "problem.NOT_A_HIVE-next": hiveErrors.NOT_A_HIVE.next,
  "problem.HIVE_UNSUPPORTED": hiveErrors.HIVE_UNSUPPORTED.text,
  "problem.HIVE_UNSUPPORTED-next": hiveErrors.HIVE_UNSUPPORTED.next,
  "problem.HIVE_DIRTY": hiveErrors.HIVE_DIRTY.text,
  "problem.HIVE_DIRTY-next": hiveErrors.HIVE_DIRTY.next,
  "problem.HIVE_DAMAGED": hiveErrors.HIVE_DAMAGED.text,
  "problem.HIVE_DAMAGED-next": hiveErrors.HIVE_DAMAGED.next,
  "problem.HIVE_FULL": hiveErrors.HIVE_FULL.text,
  "problem.HIVE_FULL-next": hiveErrors.HIVE_FULL.next,
  "problem.NOT_A_BCD": hiveErrors.NOT_A_BCD.text,
  "problem.NOT_A_BCD-next": hiveErrors.NOT_A_BCD.next,
};
