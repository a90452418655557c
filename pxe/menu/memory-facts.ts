import { ipxeSetting } from "#base/ipxe-words.ts";

/** Modules that are asked for: who has more has enough. */
const MODULES = [0, 1, 2, 3, 4, 5, 6, 7];
/** SMBIOS 3.7, section 7.18: type 17 is a module of memory, its size a word at offset 0x0c. */
const TYPE = 17;
const SIZE = 0x0c;
/** Section 7.17: type 16 is a board's array of modules, with how many it has at offset 0x0d. */
const ARRAY = 16;
const SLOTS = 0x0d;
const EMPTY = 0;
const UNKNOWN = 0xffff;
/** The size is in another field, which counts from 32 GiB less a MiB on: enough for all that is started here. */
const LARGE = 0x7fff;
const IN_KIB = 0x8000;

/** The end of an address by which iPXE tells what it knows of the memory: "?m=0002.." */
export const IPXE_MEMORY = `?m=${MODULES.map((one) => ipxeSetting(`smbios/${one}.${TYPE}.${SIZE}.2:hexraw`)).join(".")}`;

/**
 * Lines for GRUB, and the end of an address by which it tells the same. A module that is not there would be an error on the screen, so the
 * board is asked first how many it has. Where GRUB has no smbios command it tells nothing.
 */
export const GRUB_MEMORY: { readonly lines: readonly string[]; readonly query: string } = {
  lines: [
    `smbios --type ${ARRAY} --get-word ${SLOTS} --set slots`,
    ...MODULES.map((one) => {
      const ask = `smbios --type ${TYPE} --match ${one + 1} --get-word ${SIZE} --set m${one}`;
      return `if [ "$slots" -gt ${one} ]; then ${ask}; fi`;
    }),
  ],
  query: `?g=${MODULES.map((one) => `$m${one}`).join(".")}`,
};

/** What a boot loader has told: bytes of RAM. Undefined: nothing that can be relied on. */
export function memoryOf(query: { readonly m?: unknown; readonly g?: unknown }): number | undefined {
  const ofIpxe = words(query.m, /^[0-9a-f]{4}$/i, (text) => Buffer.from(text, "hex").readUInt16LE());
  const ofGrub = words(query.g, /^\d{1,5}$/, Number);
  const sizes = [...ofIpxe, ...ofGrub].filter((size) => size !== EMPTY && size !== UNKNOWN && size <= UNKNOWN);
  const bytes = sizes.reduce((sum, size) => sum + bytesOf(size), 0);
  return bytes > 0 ? bytes : undefined;
}

const bytesOf = (size: number): number =>
  size === LARGE ? 32 * 2 ** 30 : size & IN_KIB ? (size & ~IN_KIB) << 10 : size * 2 ** 20;

function words(text: unknown, pattern: RegExp, read: (word: string) => number): number[] {
  if (typeof text !== "string" || text.length > 100) return [];
  return text
    .split(".")
    .filter((word) => pattern.test(word))
    .map(read);
}
