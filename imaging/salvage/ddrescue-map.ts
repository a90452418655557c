import { LifeboatError } from "#base/errors.ts";
import type { Extent } from "#imaging/extent.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";

/** GNU ddrescue manual 1.27, "Mapfile structure": not tried, not trimmed, not scraped, bad sectors, read. */
export type BlockState = "?" | "*" | "/" | "-" | "+";
/** Of the whole: as BlockState, or filling and generating. `+` is finished. */
export type MapStatus = BlockState | "F" | "G";

export interface MapBlock extends Extent {
  readonly state: BlockState;
}

export interface DdrescueMap {
  /** Byte of the disk where a run would go on. */
  readonly position: number;
  readonly status: MapStatus;
  readonly pass: number;
  /** They tile the disk from 0. */
  readonly blocks: readonly MapBlock[];
}

const STATES = { bad: "-", "given-up": "/", "not-tried": "?" } as const;

/**
 * The map of a capture. What was captured is `+`, but for what of it is bad; what was not asked for (unused blocks) is
 * `?`, because it was not tried: ddrescue can complete a raw copy with it.
 *
 * @param captured in order, without overlaps. @param bad likewise, and within `captured`.
 */
export function* mapBlocks(
  size: number,
  captured: Iterable<Extent>,
  bad: readonly BadExtent[],
): Generator<MapBlock, void, undefined> {
  let open: MapBlock | undefined;
  for (const block of tiles(size, captured, bad)) {
    if (open?.state === block.state) open = { ...open, end: block.end };
    else {
      if (open) yield open;
      open = block;
    }
  }
  if (open) yield open;
}

function* tiles(size: number, captured: Iterable<Extent>, bad: readonly BadExtent[]): Generator<MapBlock> {
  let at = 0;
  let next = 0;
  for (const { start, end } of captured) {
    if (start > at) yield { start: at, end: start, state: "?" };
    at = start;
    for (let spot = bad[next]; spot && spot.start < end; spot = bad[++next]) {
      if (spot.start > at) yield { start: at, end: spot.start, state: "+" };
      yield { start: spot.start, end: spot.end, state: STATES[spot.state] };
      at = spot.end;
    }
    if (at < end) yield { start: at, end, state: "+" };
    at = Math.max(at, end);
  }
  if (at < size) yield { start: at, end: size, state: "?" };
}

/**
 * The lines of a map file, with `comments` (one line each) at its head. A generator: a fragmented disk has millions.
 * @param blocks as from mapBlocks.
 */
export function* formatMap(
  blocks: Iterable<MapBlock>,
  comments: readonly string[],
  status: MapStatus,
): Generator<string, void, undefined> {
  for (const comment of comments) yield `# ${comment.replace(/[\r\n]+/g, " ")}\n`;
  yield "# current_pos  current_status  current_pass\n";
  yield `0x00000000     ${status}               1\n`;
  yield "#      pos        size  status\n";
  for (const { start, end, state } of blocks) yield `${hex(start)}  ${hex(end - start)}  ${state}\n`;
}

/** What ddrescue would do next with such blocks. */
export function statusFor(bad: readonly BadExtent[]): MapStatus {
  const states = new Set(bad.map(({ state }) => STATES[state]));
  return (["?", "/", "-"] as const).find((state) => states.has(state)) ?? "+";
}

const hex = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(8, "0")}`;

const NUMBER = /^(0[xX][0-9a-fA-F]+|[0-9]+)$/;

/** @throws STRUCT_BAD_VALUE naming the line. */
export function parseMap(text: string): DdrescueMap {
  let head: Omit<DdrescueMap, "blocks"> | undefined;
  const blocks: MapBlock[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const words = line
      .replace(/(^|\s)#.*$/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    const fail = () =>
      new LifeboatError("STRUCT_BAD_VALUE", {
        struct: "ddrescue map file",
        field: `line ${index + 1}`,
        found: JSON.stringify(line.slice(0, 80)),
      });
    if (head) {
      const [start, size, state, ...more] = words;
      const end = number(start) + number(size);
      if (more.length > 0 || !/^[?*/+-]$/.test(state ?? "") || !Number.isSafeInteger(end)) throw fail();
      if (number(start) !== (blocks.at(-1)?.end ?? number(start)) || number(size) === 0) throw fail();
      blocks.push({ start: number(start), end, state: state as BlockState });
    } else {
      const [position, status, pass = "1", ...more] = words;
      if (more.length > 0 || !/^[?*/+FG-]$/.test(status ?? "") || !/^[1-9]\d{0,8}$/.test(pass)) throw fail();
      if (!Number.isSafeInteger(number(position))) throw fail();
      head = { position: number(position), status: status as MapStatus, pass: Number(pass) };
    }
  }
  if (!head)
    throw new LifeboatError("STRUCT_BAD_VALUE", { struct: "ddrescue map file", field: "status line", found: "none" });
  return { ...head, blocks };
}

/** As C++ reads an integer: 0x is hexadecimal, a leading 0 octal. NaN for anything else. */
function number(word: string | undefined): number {
  if (word === undefined || !NUMBER.test(word)) return Number.NaN;
  return /^0[0-7]+$/.test(word) ? Number.parseInt(word, 8) : Number(word);
}
