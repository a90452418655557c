const IEC = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** "5.20 GiB": binary units with at most three significant digits. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // Half a unit below the next one would print as "1024 KiB".
  while (value >= 1023.5 && unit < IEC.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits).replace(/\.0+$/, "")} ${IEC[unit]}`;
}

/** "30 MiB", "51201 MiB", "31.5 KiB": a place on a disk, in the largest unit in which it is exact to a tenth. */
export function formatPlace(bytes: number): string {
  const unit = IEC.findLastIndex((_, power) => (bytes * 10) % 1024 ** power === 0 && bytes >= 1024 ** power);
  return unit < 0 ? `${bytes} B` : `${bytes / 1024 ** unit} ${IEC[unit]}`;
}

/** "1 h 4 min", "3 min 5 s", "12 s". */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  if (s >= 60) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${s} s`;
}

/** "2026-11-23 02:36 UTC", from a time as ISO 8601 has it, which is in UTC. */
export const formatTime = (iso: string): string => iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, "$1 $2 UTC");

const FACTORS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** "650M", "4.7G", "100MiB", "1048576": bytes, by powers of 1024. @returns undefined when it is no size. */
export function parseBytes(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (FACTORS[(unit ?? "").toUpperCase()] ?? Number.NaN));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** "90", "90s", "15m", "2h": seconds. @returns undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([smh]?)$/.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * ({ s: 1, m: 60, h: 3600 }[unit || "s"] ?? 1);
}
