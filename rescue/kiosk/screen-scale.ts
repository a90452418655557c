import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A screen that is connected: its pixels, and its size in millimetres where its EDID tells. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly millimetres: number | undefined;
}

/** What the pages need at least, in CSS pixels (STYLE: layout L2). */
const LEAST = { width: 800, height: 600 };
/** Dots per inch of a screen at which a CSS pixel has so many of its own. 96 is what CSS means by an inch. */
const SCALES: readonly (readonly [dpi: number, scale: number])[] = [
  [270, 3],
  [185, 2],
  [140, 1.5],
];
/** Without a size: a laptop or a monitor with so many columns is one of small pixels. */
const MANY_COLUMNS = 3200;

/** How large the pages are drawn on a screen, so that they can be read at arm's length, and still fit. */
export function scaleFor({ width, height, millimetres }: Screen): number {
  const dpi = millimetres === undefined ? undefined : width / (millimetres / 25.4);
  const wanted =
    dpi === undefined ? (width >= MANY_COLUMNS ? 2 : 1) : (SCALES.find(([least]) => dpi >= least)?.[1] ?? 1);
  const most = Math.min(width / LEAST.width, height / LEAST.height);
  return Math.max(1, Math.min(wanted, Math.floor(most * 4) / 4));
}

/** Of several screens the one with the largest pixels counts: on it nothing must be too large to fit. */
export async function screenScale(sysfs = "/sys"): Promise<number> {
  const screens = await readScreens(sysfs);
  return screens.length === 0 ? 1 : Math.min(...screens.map(scaleFor));
}

async function readScreens(sysfs: string): Promise<Screen[]> {
  const folder = join(sysfs, "class/drm");
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const read = (file: string) => readFile(join(folder, name, file)).catch(() => Buffer.alloc(0));
      if ((await read("status")).toString().trim() !== "connected") return [];
      const mode = /^(\d+)x(\d+)/.exec((await read("modes")).toString());
      return mode
        ? [{ width: Number(mode[1]), height: Number(mode[2]), millimetres: widthIn(await read("edid")) }]
        : [];
    }),
  );
  return found.flat();
}

const EDID_BLOCK = 128;
const FIRST_TIMING = 54;

/**
 * The width of the picture in millimetres: VESA E-EDID 1.4, 3.10.2 (detailed timing, bytes 12 and 14), or 3.6.2 in centimetres. Some
 * screens have the shape there in place of the size (16 by 9): nothing of that width has this many pixels.
 * @returns undefined when it is not told
 */
export function widthIn(edid: Uint8Array): number | undefined {
  if (edid.length < EDID_BLOCK) return undefined;
  const at = (index: number): number => edid[index] as number;
  const isTiming = at(FIRST_TIMING) !== 0 || at(FIRST_TIMING + 1) !== 0;
  const detailed = isTiming ? at(FIRST_TIMING + 12) | ((at(FIRST_TIMING + 14) & 0xf0) << 4) : 0;
  const millimetres = detailed > 0 ? detailed : at(21) * 10;
  return millimetres >= 100 ? millimetres : undefined;
}
