/** A name as it stands in a cell: Latin-1 with a byte a character where that is enough, else UTF-16LE. */
export interface StoredName {
  readonly compressed: boolean;
  readonly bytes: Uint8Array;
}

export function storeName(name: string): StoredName {
  let compressed = true;
  for (let at = 0; at < name.length; at++) compressed &&= name.charCodeAt(at) <= 0xff;
  return { compressed, bytes: Buffer.from(name, compressed ? "latin1" : "utf16le") };
}

/** Lone surrogates stay what they are; an odd last byte is left out. */
export const readName = (bytes: Uint8Array, compressed: boolean): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(compressed ? "latin1" : "utf16le");
