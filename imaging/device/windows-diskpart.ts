/**
 * What diskpart prints, read without knowing its language. It has no other form than text for people, and it is what every Windows PE has:
 * wmic, PowerShell and WMI are parts that most lack. Relied on:
 * - a table is a line of groups of dashes with its rows below it, up to an empty line;
 * - a row begins with words that have no digits, and a number; a row of disks goes on with a state that has no digits, and a size: a number, a
 *   blank, and a unit that begins with K, M, G, T or P, in Latin or Cyrillic letters, or with none of them for bytes;
 * - in `detail disk` the line with the disk's id (a GUID in braces, or eight hexadecimal digits, behind a colon) comes behind the
 *   model's, and is followed by the type's; lines of "name : value" go on up to the table of volumes;
 * - the lines behind the location path are, in this order: read-only now, read-only, boot, page file, hibernation file, crash dump, cluster;
 * - a volume's letter stands alone below the second group of dashes;
 * - nothing in Windows PE is clustered: what that line says is the language's "No".
 * Older ones lack lines at the end of that list; then nothing is said of them.
 */
export interface ListedDisk {
  readonly number: number;
  /** Rounded down to a number of `unit`; undefined where the unit is not understood. */
  readonly size: number | undefined;
  /** Bytes of the unit that the size is rounded to. */
  readonly unit: number;
}

export interface DetailedDisk {
  readonly model: string;
  /** Its GUID in lower case without braces, or the signature of an MBR: "a1b2c3d4". "00000000" where it has no table. */
  readonly id: string;
  /** "NVMe", "SATA", "USB", as it is written. */
  readonly type: string;
  /** "PCIROOT(0)#PCI(1D00)#PCI(0000)#NVME(P00T00L00)": where it is plugged in. */
  readonly location: string | undefined;
  readonly readOnly: boolean;
  readonly holdsPageFile: boolean;
  /** Letters of its mounted volumes. */
  readonly letters: readonly string[];
  /** Volumes on it, with a letter or without. None: it is off line, or empty. */
  readonly volumes: number;
}

const DASHES = /^\s*-{2,}(?:\s+-{2,})+\s*$/;
const UNITS: Readonly<Record<string, number>> = { "": 0, K: 1, К: 1, M: 2, М: 2, G: 3, Г: 3, T: 4, Т: 4, P: 5, П: 5 };
/** Words, number, state, size, unit. */
const DISK_ROW = /^[\s*]*\D+?(\d{1,4})\s+\D+?(\d+)\s+([KMGTPКМГТП]?)/u;
const DISK_ID = /^[^:]*:\s*(?:\{([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}|([\da-f]{8}))\s*$/i;
const LOCATION = /:\s*([A-Z]{3,}ROOT\(.*|ACPI\(.*)$/;
const VALUE = /^[^:]+?\s*:\s*(.*?)\s*$/;
/** Words and a number. */
const VOLUME_ROW = /^[\s*]*\D+?\d{1,4}(?=\s)/;
/** Letters of two columns: whether a table is padded by letters or by columns, nobody has told. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g;

/** Rows of the first table. @returns undefined where there is none */
function tableRows(lines: readonly string[]): string[] | undefined {
  const start = lines.findIndex((line) => DASHES.test(line));
  if (start < 0) return undefined;
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => line.trim() === "");
  return end < 0 ? below : below.slice(0, end);
}

/** Letters of a line: diskpart prints none beyond a window's width; patterns are not tried on more. */
const MOST_LETTERS = 400;
const linesOf = (text: string): string[] =>
  text
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => line.slice(0, MOST_LETTERS));

/** Of `list disk`. @returns undefined for a text that is no list */
export function parseDiskList(text: string): ListedDisk[] | undefined {
  const rows = tableRows(linesOf(text));
  return rows?.flatMap((row) => {
    const [, number, size, letter = ""] = DISK_ROW.exec(row) ?? [];
    if (number === undefined) return [];
    const unit = 1024 ** (UNITS[letter.toUpperCase()] ?? 0);
    // "0 B" of an empty reader; a larger number of bytes is a unit that was not understood.
    const isKnown = unit > 1 || size === "0";
    return [{ number: Number(number), size: isKnown ? Number(size) * unit : undefined, unit }];
  });
}

/** Of `detail disk`. @returns undefined for a text that does not describe one */
export function parseDiskDetail(text: string): DetailedDisk | undefined {
  const lines = linesOf(text);
  const at = lines.findIndex((line) => DISK_ID.test(line));
  if (at < 0) return undefined;
  const [, guid, signature] = DISK_ID.exec(lines[at] as string) ?? [];
  const before = lines.slice(0, at).filter((line) => line.trim() !== "");
  const table = lines.findIndex((line) => DASHES.test(line));
  const own = lines.slice(at + 1, table < 0 ? undefined : table);
  const locationAt = own.findIndex((line) => LOCATION.test(line));
  const flags = own.slice(locationAt + 1).flatMap((line) => VALUE.exec(line)?.[1] ?? []);
  const [readOnlyNow, readOnly, , pageFile] = locationAt < 0 ? [] : flags;
  const no = flags.length >= 7 ? flags[6] : undefined;
  const isYes = (value: string | undefined) => no !== undefined && value !== undefined && value !== no;
  const volumes = table < 0 ? [] : volumeLetters(lines[table] as string, tableRows(lines) ?? []);
  return {
    model: (before.at(-1) ?? "").trim(),
    id: (guid ?? signature ?? "").toLowerCase(),
    type: VALUE.exec(own[0] ?? "")?.[1] ?? "",
    location: locationAt < 0 ? undefined : LOCATION.exec(own[locationAt] as string)?.[1]?.trim(),
    readOnly: isYes(readOnlyNow) || isYes(readOnly),
    holdsPageFile: isYes(pageFile),
    letters: volumes.filter((letter) => letter !== undefined),
    volumes: volumes.length,
  };
}

/** Of each volume its letter, which stands alone below the second group of dashes. */
function volumeLetters(dashes: string, rows: readonly string[]): (string | undefined)[] {
  const second = /-\s+(?=-)/.exec(dashes);
  const start = second ? second.index + second[0].length : 0;
  return rows.flatMap((row) => {
    const words = VOLUME_ROW.exec(row)?.[0];
    if (words === undefined) return [];
    const shift = words.match(WIDE)?.length ?? 0;
    const cell = row.slice(Math.max(words.length, start - shift - 1), start + 4).trim();
    return [/^[A-Z]$/.test(cell) ? cell : undefined];
  });
}
