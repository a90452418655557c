/** Where the headers of a program for firmware or Windows lie in its file (Microsoft PE Format, "Overview"). */
export interface PeHeaders {
  /** Bytes of the file, all of them. */
  readonly coff: number;
  readonly optional: number;
  readonly isPlus: boolean;
  /** Of each section's header. */
  readonly sections: readonly number[];
  /** Machine of the COFF header: 0x8664 is x64. */
  readonly machine: number;
  /** Where a data directory's address and size stand; undefined where the program has none of this number. */
  readonly directoryAt: (index: number) => number | undefined;
}

const PE32 = 0x10b;
const PE32_PLUS = 0x20b;
/** Of the optional header: where the data directories begin, by its kind. */
const DIRECTORIES: Readonly<Record<number, number>> = { [PE32]: 96, [PE32_PLUS]: 112 };
const DIRECTORY = 8;
const COFF_HEADER = 20;
const SECTION_HEADER = 40;

/** @returns what `parse` makes of a PE image; undefined for what is none, or one that ends before it should */
export function parsePe<T>(bytes: Uint8Array, parse: (file: Buffer, headers: PeHeaders) => T): T | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const headers = headersOf(file);
    return headers && parse(file, headers);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @throws RangeError */
function headersOf(file: Buffer): PeHeaders | undefined {
  if (file.toString("latin1", 0, 2) !== "MZ") return undefined;
  const coff = file.readUInt32LE(0x3c) + 4;
  if (file.toString("latin1", coff - 4, coff) !== "PE\0\0") return undefined;
  const optional = coff + COFF_HEADER;
  const magic = file.readUInt16LE(optional);
  const directories = DIRECTORIES[magic];
  if (directories === undefined) return undefined;
  const count = file.readUInt32LE(optional + directories - 4);
  const first = optional + file.readUInt16LE(coff + 16);
  return {
    ...{ coff, optional, isPlus: magic === PE32_PLUS, machine: file.readUInt16LE(coff) },
    sections: Array.from({ length: file.readUInt16LE(coff + 2) }, (_, i) => first + i * SECTION_HEADER),
    directoryAt: (index) => (count > index ? optional + directories + index * DIRECTORY : undefined),
  };
}
