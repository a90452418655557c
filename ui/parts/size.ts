export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** What sizes are typed in. */
export const sizeUnits = ["MiB", "GiB", "TiB"] as const;
export type SizeUnit = (typeof sizeUnits)[number];
export const bytesOfUnit: Readonly<Record<SizeUnit, number>> = { MiB: MIB, GiB: GIB, TiB: 1024 * GIB };

/** In which a size is a number that people read, and of which a hundredth is a step that they want. */
export const unitFor = (bytes: number): SizeUnit => (bytes < GIB ? "MiB" : "GiB");

/**
 * Bytes for "12.5", to a MiB, or for "700 MiB" in whatever unit; undefined for what is no size. Both signs that people write before
 * decimals are taken.
 */
export function bytesOf(text: string, unit: SizeUnit): number | undefined {
  const [, digits = "", letter] = /^([^a-z]*?)(?:([mgt])(?:ib)?)?$/i.exec(text.trim()) ?? [];
  const number = Number(digits.trim().replace(",", "."));
  if (digits.trim() === "" || !Number.isFinite(number) || number <= 0) return undefined;
  const own = letter && sizeUnits.find((one) => one.startsWith(letter.toUpperCase()));
  return Math.round((number * bytesOfUnit[own || unit]) / MIB) * MIB;
}

/** "12.5": what stands in a field. */
export const inUnit = (bytes: number, unit: SizeUnit): string =>
  String(Math.round((bytes / bytesOfUnit[unit]) * 100) / 100);

export const roundUpMib = (bytes: number): number => Math.ceil(bytes / MIB) * MIB;
export const roundDownMib = (bytes: number): number => Math.floor(bytes / MIB) * MIB;
