/** A generator whose whole sequence follows from its key: what makes a case repeatable by its number alone. */
export interface Random {
  /** An integer in [0, below); `below` is at most 2^53. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** sfc32 (PractRand), keyed by seed, name and number. */
export function caseRandom(seed: number, name: string, number: number): Random {
  let [a, b, c, d] = [hashText(name), seed >>> 0, number >>> 0, (Math.floor(number / 2 ** 32) ^ 0x9e3779b9) >>> 0];
  const next = (): number => {
    const t = (((a + b) >>> 0) + d) >>> 0;
    d = (d + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + t) >>> 0;
    return t;
  };
  for (let i = 0; i < 12; i++) next();
  const int = (below: number) => {
    if (below <= 1) return 0;
    if (below <= 2 ** 32) return Math.floor((next() / 2 ** 32) * below);
    return Math.floor((((next() >>> 11) * 2 ** 32 + next()) / 2 ** 53) * below);
  };
  return {
    int,
    chance: (probability) => next() < probability * 2 ** 32,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new RangeError("nothing to pick from");
      return from[int(from.length)] as T;
    },
  };
}
