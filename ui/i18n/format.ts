type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Numbers, sizes, dates and durations as people of one language write them. Sizes are in bytes, times in seconds. */
export interface Format {
  number(value: number, maximumFractionDigits?: number): string;
  /** "465.8 GiB" */
  bytes(bytes: number): string;
  /** "51,201 MiB": a place on a disk, in the largest unit in which it is exact to a tenth. */
  place(bytes: number): string;
  /** "465.8 GiB (500 GB)": the second is what is printed on the label. */
  diskSize(bytes: number): string;
  /** "412 MiB/s" */
  rate(bytesPerSecond: number): string;
  /** Of a ratio from 0 to 1. */
  percent(ratio: number): string;
  dateTime(iso: string): string;
  /** Of a day, in UTC. */
  date(iso: string): string;
  /** "21:03" */
  time(iso: string): string;
  /** "1 hour, 4 minutes", exact to the second below an hour. */
  duration(seconds: number): string;
  /** Rounded as an estimate deserves: "12 minutes", "1 hour, 40 minutes". */
  estimate(seconds: number): string;
  list(items: readonly string[]): string;
  plural(count: number, forms: PluralForms): string;
}

const IEC = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;
const DECIMAL = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
/** A no-break space: a number never stands at the end of a line without its unit. */
const SPACE = "\u00a0";

function scaled(value: number, base: number, units: readonly string[]): { value: number; unit: string } {
  let unit = 0;
  let rest = value;
  // rounding 1023.96 to one digit would show "1,024 KiB"
  while (rest >= base - 0.05 && unit < units.length - 1) {
    rest /= base;
    unit++;
  }
  return { value: rest, unit: units[unit] ?? "" };
}

function splitDuration(seconds: number): [hours: number, minutes: number, seconds: number] {
  const s = Math.max(0, Math.round(seconds));
  return [Math.floor(s / 3600), Math.floor((s % 3600) / 60), s % 60];
}

/** Coarser the longer it is: nobody plans by the second for the next hour. */
export function roundEstimate(seconds: number): number {
  const step = seconds < 50 ? 10 : seconds < 1800 ? 60 : seconds < 3600 ? 300 : 600;
  return Math.max(step, Math.round(seconds / step) * step);
}

const made = new Map<string, Format>();

/** The same one for a language each time: what Intl makes is dear. */
export function createFormat(locale: string): Format {
  const format = made.get(locale) ?? makeFormat(locale);
  made.set(locale, format);
  return format;
}

/** What a language's catalogue uses: tsc holds each message to all forms that the language has beside "other". */
export const pluralOf =
  <F extends Intl.LDMLPluralRule>(locale: string) =>
  (count: number, forms: Readonly<Record<F | "other", string>>): string =>
    createFormat(locale).plural(count, forms);

function makeFormat(locale: string): Format {
  const rules = new Intl.PluralRules(locale);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const units = new Intl.ListFormat(locale, { type: "unit" });
  const number = (value: number, maximumFractionDigits = 1) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const sized = (bytes: number, base: number, names: readonly string[]) => {
    const s = scaled(bytes, base, names);
    return `${number(s.value, s.value >= 100 || s.unit === "B" ? 0 : 1)}${SPACE}${s.unit}`;
  };
  const duration = (total: number) => {
    const [h, m, s] = splitDuration(total);
    const parts = [
      h > 0 && unit(h, "hour"),
      m > 0 && unit(m, "minute"),
      h === 0 && (s > 0 || m === 0) && unit(s, "second"),
    ];
    return units.format(parts.filter((part) => part !== false));
  };
  return {
    number,
    bytes: (bytes) => sized(bytes, 1024, IEC),
    place: (bytes) => {
      const at = IEC.findLastIndex((_, power) => (bytes * 10) % 1024 ** power === 0 && bytes >= 1024 ** power);
      return at < 0 ? sized(bytes, 1024, IEC) : `${number(bytes / 1024 ** at)}${SPACE}${IEC[at]}`;
    },
    diskSize: (bytes) => `${sized(bytes, 1024, IEC)} (${sized(bytes, 1000, DECIMAL)})`,
    rate: (bytesPerSecond) => `${sized(bytesPerSecond, 1024, IEC)}/s`,
    percent: (ratio) => new Intl.NumberFormat(locale, { style: "percent" }).format(Math.floor(ratio * 100) / 100),
    dateTime: (iso) => dates.format(new Date(iso)),
    date: (iso) => days.format(new Date(iso)),
    time: (iso) => times.format(new Date(iso)),
    duration,
    estimate: (seconds) => duration(roundEstimate(seconds)),
    list: (items) => lists.format(items),
    plural: (count, forms) => (forms[rules.select(count)] ?? forms.other).replaceAll("#", number(count)),
  };
}
