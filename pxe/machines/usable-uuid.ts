/**
 * UUIDs that boards are shipped with where their vendor has set none. They say nothing of who somebody is. A template that was never
 * filled in: AMI's in both orders of bytes; others were seen in bug reports of inventory programs.
 */
const EMPTY: ReadonlySet<string> = new Set([
  "03000200-0400-0500-0006-000700080009",
  "00020003-0004-0005-0006-000700080009",
  "01234567-8910-1112-1314-151617181920",
  "12345678-1234-5678-90ab-cddeefaabbcc",
  "11111111-2222-3333-4444-555555555555",
]);

/** Digits that are all the same are no UUID (SMBIOS 3.7, section 7.2.1: all ones and all zeros say that there is none). */
const ONE_DIGIT = /^([0-9a-f])\1*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The UUID in lower case, where it can tell one machine from another; else undefined. */
export function usableUuid(text: string | undefined): string | undefined {
  const uuid = text?.toLowerCase();
  if (uuid === undefined || !UUID.test(uuid) || EMPTY.has(uuid)) return undefined;
  return ONE_DIGIT.test(uuid.replaceAll("-", "")) ? undefined : uuid;
}

const WORDS =
  /^(|0+|none|default string|not specified|to be filled.*|system serial number|123456789|n\/a|unknown|invalid)$/i;

/** A serial number, where the vendor has set one. */
export function usableSerial(text: string | undefined): string | undefined {
  const serial = text?.trim();
  return serial === undefined || WORDS.test(serial) ? undefined : serial;
}
