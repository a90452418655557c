import { at, bytes, struct, u8, u16, u32 } from "#base/struct.ts";

const SPEC = "Microsoft FAT specification 1.03";

const fileEntry = struct("directory entry of a file", `${SPEC}, section 6`, 32, {
  name: at(0, bytes(11), "00 ends the directory, E5 is deleted"),
  attributes: at(11, u8, "0F: a part of a long name"),
  lowerCase: at(12, u8, "08: the name, 10: the extension is in lower case (Windows NT)"),
  clusterHigh: at(20, u16, "FAT32"),
  modifiedTime: at(22, u16, ""),
  modifiedDate: at(24, u16, ""),
  clusterLow: at(26, u16, ""),
  size: at(28, u32, "bytes; 0 for a folder"),
});

/** What a directory says of a file, as far as a copy has to have it. */
export interface FatName {
  /** Without a long one, the bytes of the short one, in whatever code page. */
  readonly name: string;
  readonly isLong: boolean;
  readonly isFolder: boolean;
  /** Read-only 01, hidden 02, system 04, folder 10, archive 20. */
  readonly attributes: number;
  /** Date and time as 32 bits. */
  readonly modified: number;
  readonly cluster: number;
  readonly size: number;
}

const LONG_NAME = 0x0f;
const VOLUME = 0x08;
const FOLDER = 0x10;

/** The files and folders in a directory's bytes, without "." and "..", and the slots up to its end. */
export function namesIn(directory: Uint8Array): { names: FatName[]; slots: number } {
  const names: FatName[] = [];
  let long = "";
  let slots = 0;
  for (let offset = 0; offset + 32 <= directory.length; offset += 32) {
    const raw = directory.subarray(offset, offset + 32);
    if (raw[0] === 0) break;
    slots++;
    if (raw[0] === 0xe5) long = "";
    else if (((raw[11] ?? 0) & 0x3f) === LONG_NAME) long = longPart(raw) + long;
    else {
      const entry = fileEntry.parse(raw);
      if (!(entry.attributes & VOLUME) && raw[0] !== 0x2e) names.push(nameOf(entry, long));
      long = "";
    }
  }
  return { names, slots };
}

function nameOf(entry: ReturnType<typeof fileEntry.parse>, long: string): FatName {
  return {
    name: long === "" ? shortName(entry.name, entry.lowerCase) : long,
    isLong: long !== "",
    isFolder: (entry.attributes & FOLDER) !== 0,
    attributes: entry.attributes & 0x37,
    modified: entry.modifiedDate * 0x10000 + entry.modifiedTime,
    cluster: entry.clusterHigh * 0x10000 + entry.clusterLow,
    size: entry.attributes & FOLDER ? 0 : entry.size,
  };
}

/** 13 characters of a long name, UTF-16 (section 7); it ends with 0, and FFFF fills the rest. */
function longPart(raw: Uint8Array): string {
  const view = new DataView(raw.buffer, raw.byteOffset, 32);
  const units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map((place) => view.getUint16(place, true));
  const end = units.indexOf(0);
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end)));
}

/** 8 and 3 characters, filled up with blanks. A first byte E5 is written as 05. */
function shortName(raw: Uint8Array, lowerCase: number): string {
  const text = String.fromCharCode(raw[0] === 0x05 ? 0xe5 : (raw[0] ?? 0), ...raw.subarray(1));
  const part = (from: number, end: number, flag: number) => {
    const name = text.slice(from, end).trimEnd();
    return lowerCase & flag ? name.toLowerCase() : name;
  };
  const extension = part(8, 11, 0x10);
  return part(0, 8, 0x08) + (extension === "" ? "" : `.${extension}`);
}
