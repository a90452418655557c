/** Bytes at the start that are looked at to tell UTF-16 without a mark from text. */
const LOOKED_AT = 512;

/**
 * Text of an .inf file. Windows takes UTF-16 with a mark, and the code page of its language; packages of today are also
 * UTF-8. What is none of these is taken as Windows-1252: section names, file names and hardware ids are ASCII in all of them.
 */
export function decodeInf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes).replaceAll("\0", "");
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = start.filter((byte, at) => at % 2 === 1 && byte === 0).length;
  if (zeros > start.length / 4) return "utf-16le";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
