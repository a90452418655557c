import type { Sentence } from "#base/sentence.ts";

/** What can be wrong, as far as it can be seen; docs/pxe.md explains each. Codes stay; words may change. */
export const DIAGNOSES = [
  ...(["SERVER_NOT_RUNNING", "PORT_TAKEN", "ADDRESS_GONE", "SERVICE_SILENT", "FIREWALL"] as const),
  ...(["NOTHING_HEARD", "NO_BOOT_OPTION", "UNKNOWN_ARCHITECTURE", "NO_FILE_FOR_ARCHITECTURE", "NO_FILE"] as const),
  ...(["NOT_APPROVED", "REFUSED", "STARTS_FROM_DISK", "RELAY_UNKNOWN", "NO_ADDRESS", "OTHER_DHCP_SERVER"] as const),
  ...(["OFFER_NOT_TAKEN", "FILE_MISSING", "TRANSFER_BROKEN", "SECURE_BOOT", "KERNEL_NOT_ASKED"] as const),
  ...(["WAITS_AT_MENU", "MENU_REFUSED"] as const),
  ...(["RESCUE_NOT_UP", "TOO_LITTLE_MEMORY", "MACHINE_PROBLEM"] as const),
];

export interface Diagnosis {
  readonly code: (typeof DIAGNOSES)[number];
  /** likely: other causes look the same from here. */
  readonly certainty: "sure" | "likely";
  /** What was seen, what it means, and what to do next. */
  readonly seen: Sentence;
  readonly means: Sentence;
  readonly next: Sentence;
}
