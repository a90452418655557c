export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** What sizes are typed in. */
export const sizeUnits = ["MiB", "GiB", "TiB"] as const;
export type SizeUnit = (typeof sizeUnits)[number];
export const bytesOfUnit: Readonly<Record<SizeUnit, number>> = { MiB: MIB, GiB: GIB, TiB: 1024 * GIB };

/** Bytes for "12.5", to a MiB; undefined for what is no number. Both signs that people write before decimals are taken. */
export function bytesOf(text: string, unit: SizeUnit): number | undefined {
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(number) || number <= 0) return undefined;
  return Math.round((number * bytesOfUnit[unit]) / MIB) * MIB;
}

/** "12.5": what stands in a field. */
export const inUnit = (bytes: number, unit: SizeUnit): string =>
  String(Math.round((bytes / bytesOfUnit[unit]) * 100) / 100);

export const roundUpMib = (bytes: number): number => Math.ceil(bytes / MIB) * MIB;
export const roundDownMib = (bytes: number): number => Math.floor(bytes / MIB) * MIB;
