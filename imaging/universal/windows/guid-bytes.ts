const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Bytes of a GUID as Windows stores them: its first three groups are little-endian. */
export function guidBytes(guid: string): Uint8Array<ArrayBuffer> {
  const digits = guid.replaceAll(/[{}-]/g, "");
  const bytes = new Uint8Array(16);
  for (const [index, at] of GUID_ORDER.entries())
    bytes[at] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}
