/** Figures of one repository, the oldest first. `day`: "2026-11-30". */
export interface Figure {
  readonly day: string;
  readonly bytes: number;
}

/** In units of the drawing. */
export const WIDTH = 480;
export const HEIGHT = 160;
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 8, 8, 24];

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

export interface Plot {
  readonly points: readonly PlotPoint[];
  /** Of the axis: bytes, and where they are. */
  readonly marks: readonly { readonly bytes: number; readonly y: number }[];
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** The next 1, 2 or 5 times a power of ten, in the unit that the size is written in: what people read at a glance. */
export function roundUp(bytes: number): number {
  if (bytes <= 0) return 1;
  const unit = 1024 ** Math.floor(Math.log(bytes) / Math.log(1024));
  const value = bytes / unit;
  const ten = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((one) => one * ten >= value - 1e-9) ?? 10;
  return step * ten * unit;
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Where the line runs: days at their distance, sizes from zero. @returns undefined: there is nothing to draw yet */
export function plotOf(figures: readonly Figure[]): Plot | undefined {
  const [first, last] = [figures[0], figures.at(-1)];
  if (!first || !last || figures.length < 2) return undefined;
  const top = roundUp(Math.max(...figures.map(({ bytes }) => bytes)));
  const [start, end] = [dayNumber(first.day), dayNumber(last.day)];
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  const yOf = (bytes: number) => bottom - (bytes / top) * (bottom - TOP);
  const xOf = (day: string) => LEFT + ((dayNumber(day) - start) / Math.max(1, end - start)) * (right - LEFT);
  return {
    points: figures.map(({ day, bytes }) => ({ x: xOf(day), y: yOf(bytes) })),
    marks: [0, top / 2, top].map((bytes) => ({ bytes, y: yOf(bytes) })),
    ...{ left: LEFT, right, bottom },
  };
}

export const lineOf = (points: readonly PlotPoint[]): string =>
  points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
