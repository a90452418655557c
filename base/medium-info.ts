import * as z from "zod";

/**
 * What a rescue medium says of itself: `/.disk/medium.json` on ISO and stick. By it a newer Lifeboat sees that a stick is out of date, and
 * the rescue system how old it is. No node: import, the user interface may read it too.
 */
export const MediumInfo = z.object({
  format: z.literal(1),
  /** Of the build: another program, kernel or recipe is another one. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** Of Lifeboat: "0.2.0". */
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  /** When the newest of its Debian packages was made, the boot loaders and the kernel among them: it has no fix that is younger. */
  packagesAt: z.iso.datetime(),
});
export type MediumInfo = z.infer<typeof MediumInfo>;

/** On the medium. */
export const MEDIUM_INFO_FILE = ".disk/medium.json";

export const serialiseMediumInfo = (info: MediumInfo): string => `${JSON.stringify(info, null, 2)}\n`;

/** @returns undefined for what is none, or of a format that came later */
export function parseMediumInfo(text: string): MediumInfo | undefined {
  try {
    return MediumInfo.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** How a medium stands to one that is known. `differs`: another build of the same version and packages. */
export type MediumAge = "same" | "older" | "newer" | "differs";

/** A medium, or a Lifeboat without one, which knows its version alone. */
export type KnownMedium = Pick<MediumInfo, "version"> & Partial<MediumInfo>;

export function compareMedia(one: MediumInfo, known: KnownMedium): MediumAge {
  if (one.id === known.id) return "same";
  const time = ({ packagesAt }: KnownMedium) => Date.parse(packagesAt ?? one.packagesAt);
  const order = compareVersions(one.version, known.version) || time(one) - time(known);
  if (order !== 0) return order < 0 ? "older" : "newer";
  return known.id === undefined ? "same" : "differs";
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  return x.map((part, i) => part - (y[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Half a year: by then a Debian release has had fixes for its kernel and boot loaders, and hardware came out that it does not know. */
const OLD_DAYS = 180;

/** Days since its newest package was made; undefined on a machine whose clock is wrong: that was not in the future. */
export function ageInDays({ packagesAt }: Pick<MediumInfo, "packagesAt">, now: number): number | undefined {
  const days = Math.floor((now - Date.parse(packagesAt)) / DAY_MS);
  return days < 0 ? undefined : days;
}

export const isOld = (info: Pick<MediumInfo, "packagesAt">, now: number): boolean =>
  (ageInDays(info, now) ?? 0) > OLD_DAYS;
