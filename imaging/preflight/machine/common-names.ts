/** X.520 commonName, 2.5.4.3, as DER writes the identifier (ITU-T X.690, 8.19). */
const COMMON_NAME = Buffer.from("0603550403", "hex");
/** UTF8String, PrintableString, TeletexString, IA5String; BMPString has two bytes a letter. */
const TEXT_TAGS = [0x0c, 0x13, 0x14, 0x16];
const BMP_STRING = 0x1e;
const MOST_NAMES = 1024;

/**
 * The common names in certificates and signatures: of who signed, and of who vouches for them. They are found without
 * the structure around them, so a name says who claims to have signed, not that it is true: firmware checks that.
 */
export function commonNames(bytes: Uint8Array): string[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const names = new Set<string>();
  for (let at = data.indexOf(COMMON_NAME); at >= 0 && names.size < MOST_NAMES; at = data.indexOf(COMMON_NAME, at + 1)) {
    const tag = data[at + COMMON_NAME.length];
    const length = data[at + COMMON_NAME.length + 1] ?? 0;
    const start = at + COMMON_NAME.length + 2;
    if (length === 0 || length > 127 || start + length > data.length) continue;
    const text = data.subarray(start, start + length);
    if (tag !== undefined && TEXT_TAGS.includes(tag)) names.add(text.toString("utf8"));
    else if (tag === BMP_STRING && length % 2 === 0) names.add(Buffer.from(text).swap16().toString("utf16le"));
  }
  return [...names];
}
