/** Letters that take two columns (Unicode Standard Annex 11, W and F), as far as names of disks and images have them. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Accents and marks that are put onto the letter before them. */
const MARK = /\p{Mark}/u;

const columnsOf = (character: string): number => (MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

export const textWidth = (text: string): number => [...text].reduce((sum, character) => sum + columnsOf(character), 0);

/** The text up to a width; what is longer ends in "...". */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return `${cut(text, width - 3)}...`;
}

/** As much of the text as has room. */
function cut(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}

export const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - textWidth(text)));

/** Lines of at most this width, broken at blanks; a word that is longer is broken within. `indent` stands before all but the first. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    const joined: string = line === undefined ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== undefined && line.trim() !== "") lines.push(line.trimEnd());
    line = `${lines.length > 0 ? indent : ""}${word}`;
    while (textWidth(line) > width) {
      const part = cut(line, width);
      lines.push(part);
      line = `${indent}${line.slice(part.length)}`;
    }
  }
  return [...lines, line ?? ""];
}
