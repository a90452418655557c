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
const PE32 = 0x10b;
const PE32_PLUS = 0x20b;
/** By the kind of the optional header: where its data directories begin, and its ImageBase. */
const DIRECTORIES: Readonly<Record<number, number>> = { [PE32]: 96, [PE32_PLUS]: 112 };
const COFF_HEADER = 20;
const SECTION_HEADER = 40;
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
export function readPeImports(bytes: Uint8Array): PeImports | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parse(file: Buffer): PeImports | undefined {
  if (file.toString("latin1", 0, 2) !== "MZ") return undefined;
  const coff = file.readUInt32LE(0x3c) + 4;
  if (file.toString("latin1", coff - 4, coff) !== "PE\0\0") return undefined;
  const optional = coff + COFF_HEADER;
  const magic = file.readUInt16LE(optional);
  const directories = DIRECTORIES[magic];
  if (directories === undefined) return undefined;
  const place = addresses(file, coff);
  const base = magic === PE32 ? file.readUInt32LE(optional + 28) : 0;
  const count = file.readUInt32LE(optional + directories - 4);
  const table = (index: number) => (count > index ? file.readUInt32LE(optional + directories + index * 8) : 0);
  const names = (index: number, entry: typeof IMPORT, address: (at: number) => number): string[] => {
    const found: string[] = [];
    const start = table(index);
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
    machine: file.readUInt16LE(coff),
    imports: [
      ...plain.map((library) => ({ library, isDelayed: false })),
      ...delayed.map((library) => ({ library, isDelayed: true })),
    ],
  };
}

/** From addresses of the image in memory to offsets in its file, by its section table. @throws RangeError */
function addresses(file: Buffer, coff: number): (address: number) => number {
  const optional = coff + COFF_HEADER;
  const headers = file.readUInt32LE(optional + 60);
  const first = optional + file.readUInt16LE(coff + 16);
  const sections = Array.from({ length: file.readUInt16LE(coff + 2) }, (_, i) => {
    const at = first + i * SECTION_HEADER;
    return { address: file.readUInt32LE(at + 12), size: file.readUInt32LE(at + 16), start: file.readUInt32LE(at + 20) };
  });
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
