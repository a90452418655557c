/** Values of a line that are kept. No key of [Version], and no entry of a list, has nearly as many. */
const MOST_VALUES = 4096;

/**
 * `key = value, "quoted, value", value`. Quotes are removed, two in a row inside quotes are one. The key is what stands
 * before the first equals sign outside quotes; a line without one has values alone.
 */
export function splitLine(text: string): { key: string | undefined; values: string[] } {
  const values: string[] = [];
  let key: string | undefined;
  let piece = "";
  /** Length of the piece that must stay when blanks are cut off at its end: what was quoted. */
  let kept = 0;
  let quoted = false;
  const end = (): string => {
    const done = piece.slice(0, kept) + piece.slice(kept).trimEnd();
    piece = "";
    kept = 0;
    return done;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === '"') {
      if (quoted && text[at + 1] === '"') {
        piece += '"';
        at++;
      } else quoted = !quoted;
      kept = piece.length;
    } else if (quoted) {
      piece += letter;
      kept = piece.length;
    } else if (letter === "=" && key === undefined && values.length === 0) key = end();
    else if (letter === ",") {
      if (values.length < MOST_VALUES) values.push(end());
    } else if (piece !== "" || !/\s/.test(letter)) piece += letter;
  }
  if (values.length < MOST_VALUES) values.push(end());
  return { key, values };
}
