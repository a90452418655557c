import { commonNames } from "#imaging/preflight/machine/common-names.ts";

/** Tags of DER (ITU-T X.690, 8.1). */
const SEQUENCE = 0x30;
const VERSION = 0xa0;

interface Element {
  readonly tag: number;
  /** Of its content. */
  readonly start: number;
  readonly end: number;
}

/**
 * Of whom a certificate is (RFC 5280, 4.1): the common name of its subject, not that of who issued it. What firmware has in
 * its lists vouches for what its own key has signed, not for all that its issuer did.
 * @returns undefined for what is no certificate, or names nobody
 */
export function certificateSubject(bytes: Uint8Array): string | undefined {
  const certificate = elementAt(bytes, 0);
  const signed = certificate?.tag === SEQUENCE ? elementAt(bytes, certificate.start) : undefined;
  if (signed?.tag !== SEQUENCE) return undefined;
  const parts: Element[] = [];
  for (let at = signed.start; at < signed.end && parts.length < 7; ) {
    const part = elementAt(bytes, at);
    if (!part) return undefined;
    parts.push(part);
    at = part.end;
  }
  // Version, serial number, signature, issuer, validity, subject; the first version has no version.
  const subject = parts[parts[0]?.tag === VERSION ? 5 : 4];
  return subject?.tag === SEQUENCE ? commonNames(bytes.subarray(subject.start, subject.end)).at(-1) : undefined;
}

function elementAt(bytes: Uint8Array, at: number): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const digits = first < 0x80 ? 0 : first - 0x80;
  if (digits > 4) return undefined;
  let length = digits === 0 ? first : 0;
  for (let i = 0; i < digits; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + digits;
  return start + length <= bytes.length ? { tag, start, end: start + length } : undefined;
}
