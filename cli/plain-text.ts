/** Control characters, and those that reorder text: a terminal would obey them instead of showing them. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What is wrong with a text of the user's own, or undefined. */
export function textProblem(
  value: string,
  { least, most, multiline }: { readonly least: number; readonly most: number; readonly multiline: boolean },
): string | undefined {
  const length = [...value].length;
  if (length < least || length > most) return `it has ${length} characters, allowed are ${least} to ${most}`;
  const found = (multiline ? value.replaceAll("\n", "") : value).match(CONTROL);
  return found ? `it has the control character ${escapeControls(found[0])}` : undefined;
}

/** The text on one line, with control characters shown as \u{1b}: an image is somebody else's data. */
export const escapeControls = (value: string): string =>
  value.replaceAll(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** The same for text of several lines. */
export const escapeLines = (value: string): string => value.split("\n").map(escapeControls).join("\n");
