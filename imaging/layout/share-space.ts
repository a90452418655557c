/** A partition that space is shared between. Whole units, whatever they are. */
export interface Share {
  readonly size: number;
  readonly least: number;
  /** Infinity where there is no bound. */
  readonly most: number;
  /** Whether it takes a part of what is free. */
  readonly grows: boolean;
  /** Whether it stays as it is for as long as others have something to spare. */
  readonly givesLast: boolean;
}

/**
 * The sizes of partitions that are to lie in `room` units. Where they do not fit as they are, those with
 * something to spare give of it in proportion, and those that give last only what is missing then; where room is left, those that grow take it in proportion to their sizes.
 * @returns undefined when even the least sizes do not fit
 */
export function shareSpace(shares: readonly Share[], room: number): number[] | undefined {
  const total = sum(shares.map(({ size }) => size));
  return total > room ? shrunk(shares, total - room) : grown(shares, room - total);
}

function shrunk(shares: readonly Share[], need: number): number[] | undefined {
  const spare = shares.map(({ size, least }) => Math.max(0, size - least));
  if (sum(spare) < need) return undefined;
  const early = spare.map((units, i) => (shares[i]?.givesLast ? 0 : units));
  const late = spare.map((units, i) => units - (early[i] as number));
  const first = portions(early, early, need);
  const then = portions(late, late, need - sum(first));
  return shares.map(({ size }, i) => size - (first[i] as number) - (then[i] as number));
}

function grown(shares: readonly Share[], free: number): number[] {
  const headroom = shares.map(({ size, most, grows }) => (grows ? Math.max(0, most - size) : 0));
  const given = portions(
    shares.map(({ size }) => size),
    headroom,
    free,
  );
  return shares.map(({ size }, i) => size + (given[i] as number));
}

/** Divides `amount` by weight, each part at most its bound. All of it, unless the bounds end before. */
function portions(weights: readonly number[], bounds: readonly number[], amount: number): number[] {
  const parts = weights.map(() => 0);
  const room = (i: number) => (bounds[i] as number) - (parts[i] as number);
  for (let left = amount; left > 0; ) {
    const open = parts.map((_, i) => i).filter((i) => room(i) > 0);
    const weight = sum(open.map((i) => weights[i] as number));
    let given = 0;
    for (const i of open) {
      // What rounding leaves over, less than a unit each, goes to the first that can take it.
      const share = weight > 0 ? Math.floor((left / weight) * (weights[i] as number)) : 0;
      const part = Math.min(room(i), share, left - given);
      parts[i] = (parts[i] as number) + part;
      given += part;
    }
    const [first] = open;
    if (first === undefined) break;
    if (given === 0) {
      given = Math.min(room(first), left);
      parts[first] = (parts[first] as number) + given;
    }
    left -= given;
  }
  return parts;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
