/**
 * Whether a name fits a pattern of the shell: `*`, `?`, `[a-f]`, `[!x]`, `\` before a letter that means itself
 * (POSIX.1-2024, 2.14; fnmatch(3) without flags, as kmod uses it). The time it takes is bounded by the product of both lengths.
 */
export function fnmatch(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let from = 0;
  while (n < name.length) {
    if (pattern[p] === "*") {
      star = p++;
      from = n;
      continue;
    }
    const next = p < pattern.length ? one(pattern, p, name[n] as string) : undefined;
    if (next !== undefined) {
      p = next;
      n++;
    } else if (star >= 0) {
      // The last star takes one letter more: what it took before cannot fit any better.
      p = star + 1;
      n = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** @returns where the pattern goes on when its part at `p` stands for this letter */
function one(pattern: string, p: number, letter: string): number | undefined {
  const part = pattern[p];
  if (part === "?") return p + 1;
  if (part === "[") {
    const end = closing(pattern, p);
    if (end > 0) return fits(pattern, p + 1, end, letter) ? end + 1 : undefined;
  }
  if (part === "\\" && p + 1 < pattern.length) return pattern[p + 1] === letter ? p + 2 : undefined;
  return part === letter ? p + 1 : undefined;
}

const isNegation = (letter: string | undefined): boolean => letter === "!" || letter === "^";

/** Of a bracket at `p`; a bracket right behind the opening one is a letter like others. @returns -1 for one that never closes */
const closing = (pattern: string, p: number): number => pattern.indexOf("]", p + (isNegation(pattern[p + 1]) ? 3 : 2));

function fits(pattern: string, start: number, end: number, letter: string): boolean {
  const isNegated = isNegation(pattern[start]);
  let found = false;
  for (let i = isNegated ? start + 1 : start; i < end; i++) {
    const low = pattern[i] as string;
    const isRange = pattern[i + 1] === "-" && i + 2 < end;
    const high = isRange ? (pattern[i + 2] as string) : low;
    if (isRange) i += 2;
    if (letter >= low && letter <= high) found = true;
  }
  return found !== isNegated;
}
