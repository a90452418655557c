import { type PeHeaders, parsePe } from "#imaging/preflight/content/boot/pe-headers.ts";

/** What a program for Windows asks the loader for ("PE Format", Microsoft). */
export interface PeImports {
  /** Machine of the COFF header: 0x8664 is x64. */
  readonly machine: number;
  readonly imports: readonly PeImport[];
}

export interface PeImport {
  /** As it is written there: "KERNEL32.dll". */
  readonly library: string;
  /** Loaded when it is first called, not when the program starts. */
  readonly isDelayed: boolean;
}

export const MACHINE_X64 = 0x8664;
const IMPORT_TABLE = 1;
const DELAY_IMPORT_TABLE = 13;
/** Sizes of one entry, and where the address of the library's name stands in it. */
const IMPORT = { size: 20, name: 12 };
const DELAY_IMPORT = { size: 32, name: 4 };
/** Of a delay-load descriptor's attributes: its addresses count from the image's base. All linkers of this century set it. */
const RELATIVE = 1;
/** Real programs have some dozens; the loader itself has no bound. */
const MOST_LIBRARIES = 1024;
const MOST_LETTERS = 256;
const LIBRARY_NAME = /^[\x21-\x7e]+$/;

/** @returns undefined for what is no PE image, or one whose tables lead outside of it */
export const readPeImports = (bytes: Uint8Array): PeImports | undefined => parsePe(bytes, parse);

function parse(file: Buffer, headers: PeHeaders): PeImports {
  const { optional, isPlus, machine, directoryAt } = headers;
  const place = addresses(file, headers);
  const base = isPlus ? 0 : file.readUInt32LE(optional + 28); // ImageBase
  const names = (index: number, entry: typeof IMPORT, address: (at: number) => number): string[] => {
    const found: string[] = [];
    const directory = directoryAt(index);
    const start = directory === undefined ? 0 : file.readUInt32LE(directory);
    if (start === 0) return found;
    for (let at = place(start); ; at += entry.size) {
      const name = address(at);
      if (name === 0) return found;
      if (found.length === MOST_LIBRARIES) throw new RangeError("more libraries than any program has");
      found.push(nameAt(file, place(name)));
    }
  };
  const plain = names(IMPORT_TABLE, IMPORT, (at) => file.readUInt32LE(at + IMPORT.name));
  const delayed = names(DELAY_IMPORT_TABLE, DELAY_IMPORT, (at) => {
    const name = file.readUInt32LE(at + DELAY_IMPORT.name);
    return name === 0 || (file.readUInt32LE(at) & RELATIVE) !== 0 ? name : name - base;
  });
  return {
    machine,
    imports: [
      ...plain.map((library) => ({ library, isDelayed: false })),
      ...delayed.map((library) => ({ library, isDelayed: true })),
    ],
  };
}

/** From addresses of the image in memory to offsets in its file, by its section table. @throws RangeError */
function addresses(file: Buffer, { optional, sections: at }: PeHeaders): (address: number) => number {
  const headers = file.readUInt32LE(optional + 60);
  const sections = at.map((header) => ({
    address: file.readUInt32LE(header + 12),
    size: file.readUInt32LE(header + 16),
    start: file.readUInt32LE(header + 20),
  }));
  return (address) => {
    const section = sections.find((one) => address >= one.address && address < one.address + one.size);
    if (section) return section.start + address - section.address;
    if (address < headers) return address;
    throw new RangeError(`the address ${address} is in no section`);
  };
}

function nameAt(file: Buffer, at: number): string {
  const end = file.indexOf(0, at);
  if (at >= file.length || end < 0 || end - at > MOST_LETTERS) throw new RangeError("a name without end");
  const name = file.toString("latin1", at, end);
  if (!LIBRARY_NAME.test(name)) throw new RangeError("a name of other letters");
  return name;
}
