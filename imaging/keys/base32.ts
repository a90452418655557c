/** Crockford's base32: no I, L, O and U, which are misread (https://www.crockford.com/base32.html). */
export const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As somebody typed it: case, dashes and spaces do not matter, O is 0, I and L are 1. */
export const canonicalBase32 = (typed: string): string =>
  typed
    .normalize("NFKC") // full-width letters and digits, as East Asian keyboards type them
    .replace(/[\s\p{Dash}]/gu, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");

/** 5 bits a character, from the highest bit of the first byte on. Bits that fill no character are left out. */
export function encodeBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join("");
}

export function decodeBase32(text: string): Buffer {
  const bits = [...text].map((character) => BASE32.indexOf(character).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** In groups of four, with dashes between them. */
export const grouped = (text: string): string => (text.match(/.{1,4}/g) ?? []).join("-");

/** The first character that no text of base32 has. */
export const foreignTo32 = (text: string): string | undefined =>
  [...text].find((character) => !BASE32.includes(character));
