/** A word that a POSIX shell takes literally, for lines that a user copies. */
export const shellQuote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
