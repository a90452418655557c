import { certificateSubject } from "#imaging/preflight/machine/certificate.ts";

/** EFI_CERT_X509_GUID and EFI_CERT_SHA256_GUID as they lie in memory (UEFI 2.10, 32.4.1). */
const X509 = "a159c0a5e494a74a87b5ab155c2bf072";
const SHA256 = "2616c4c14c509240aca941f936934328";
const LIST_HEADER = 28;
const OWNER = 16;
const HASH = 32;
const MOST_HASHES = 16384;

export interface SignatureLists {
  /** Common names of whom its certificates are. */
  readonly names: readonly string[];
  /** SHA-256 of programs, hexadecimal. */
  readonly hashes: readonly string[];
}

/** The value of db, dbx or MokListRT (EFI_SIGNATURE_LIST, UEFI 2.10, 32.4.1). What is cut off or malformed ends it. */
export function readSignatureLists(bytes: Uint8Array): SignatureLists {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const names = new Set<string>();
  const hashes: string[] = [];
  for (let at = 0; at + LIST_HEADER <= data.length; ) {
    const type = data.toString("hex", at, at + 16);
    const size = data.readUInt32LE(at + 16);
    const first = at + LIST_HEADER + data.readUInt32LE(at + 20);
    const each = data.readUInt32LE(at + 24);
    const end = at + size;
    if (size < LIST_HEADER || end > data.length || each <= OWNER) break;
    for (let entry = first; entry + each <= end; entry += each) {
      const value = data.subarray(entry + OWNER, entry + each);
      const subject = type === X509 ? certificateSubject(value) : undefined;
      if (subject !== undefined) names.add(subject);
      if (type === SHA256 && value.length === HASH && hashes.length < MOST_HASHES) hashes.push(value.toString("hex"));
    }
    at = end;
  }
  return { names: [...names], hashes };
}
