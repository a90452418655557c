/**
 * Windows compares names of keys and values by its own upper case, one UTF-16 unit for one, and sorts subkeys by it
 * (`Index leaf`; [MS-UCODEREF] 3.1.5). It is Unicode's simple mapping of an older version but for these ranges of units.
 */
const UNCHANGED: readonly (readonly [number, number])[] = [
  [0xb5, 0xb5],
  [0x131, 0x131],
  [0x17f, 0x17f],
  [0x19b, 0x19b],
  [0x1c5, 0x1c5],
  [0x1c8, 0x1c8],
  [0x1cb, 0x1cb],
  [0x1f2, 0x1f2],
  [0x23f, 0x240],
  [0x252, 0x252],
  [0x25c, 0x25c],
  [0x261, 0x261],
  [0x264, 0x266],
  [0x26a, 0x26a],
  [0x26c, 0x26c],
  [0x282, 0x282],
  [0x287, 0x287],
  [0x29d, 0x29e],
  [0x345, 0x345],
  [0x3c2, 0x3c2],
  [0x3d0, 0x3d1],
  [0x3d5, 0x3d6],
  [0x3f0, 0x3f1],
  [0x3f3, 0x3f5],
  [0x525, 0x52f],
  [0x10d0, 0x10ff],
  [0x13f8, 0x13fd],
  [0x1c80, 0x1c8a],
  [0x1d8e, 0x1d8e],
  [0x1e9b, 0x1e9b],
  [0x1fbe, 0x1fbe],
  [0x2c5f, 0x2c5f],
  [0x2cec, 0x2cf3],
  [0x2d27, 0x2d2d],
  [0xa661, 0xa661],
  [0xa699, 0xa69b],
  [0xa791, 0xa7ff],
  [0xab53, 0xabbf],
];

/** Greek letters whose full upper case has two characters: Windows takes the one that stands for both. */
const GREEK: readonly (readonly [number, number, number])[] = [
  [0x1f80, 0x1f87, 8],
  [0x1f90, 0x1f97, 8],
  [0x1fa0, 0x1fa7, 8],
  [0x1fb3, 0x1fb3, 9],
  [0x1fc3, 0x1fc3, 9],
  [0x1ff3, 0x1ff3, 9],
];

const within = (unit: number, [first, last]: readonly [number, number, ...number[]]): boolean =>
  unit >= first && unit <= last;

function upcaseUnit(unit: number): number {
  const greek = GREEK.find((range) => within(unit, range));
  if (greek) return unit + greek[2];
  if (UNCHANGED.some((range) => within(unit, range))) return unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  return upper.length === 1 ? upper.charCodeAt(0) : unit;
}

const table = new Uint16Array(0x10000);
for (let unit = 0; unit < table.length; unit++) table[unit] = upcaseUnit(unit);

/** The upper case of one UTF-16 unit. */
export const upcase = (unit: number): number => table[unit] as number;

/** Orders names as Windows does: below 0, 0 or above it. */
export function compareNames(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = upcase(left.charCodeAt(at)) - upcase(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export const sameName = (left: string, right: string): boolean =>
  left.length === right.length && compareNames(left, right) === 0;

/** The hash of a hash leaf's element (`Hash leaf`, note). */
export function nameHash(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 37) + upcase(name.charCodeAt(at))) >>> 0;
  return hash;
}

const PLAIN = /^[\0-\x7f]*$/;

/** The name by which Windows finds one: two that it takes for the same have the same. */
export function upcaseName(name: string): string {
  if (PLAIN.test(name)) return name.toUpperCase();
  let upper = "";
  for (let at = 0; at < name.length; at++) upper += String.fromCharCode(upcase(name.charCodeAt(at)));
  return upper;
}
