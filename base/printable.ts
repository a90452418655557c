/** Control characters, and those that reorder text: a terminal would obey them instead of showing them. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The first character of a text that is not for showing, as `printable` shows it. */
export const unprintableIn = (text: string): string | undefined => {
  const [found] = text.match(CONTROL) ?? [];
  return found === undefined ? undefined : printable(found);
};

/**
 * The text on one line, with control characters shown as \u{1b}. Names, labels, models, notes and file names come from
 * disks and images of somebody else's: each line that has one goes through this, or a newline in it begins a line that
 * looks like ours.
 */
export const printable = (text: string): string =>
  text.replaceAll(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** The same for a text of several lines of our own. */
export const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");
