/**
 * A word for a GRUB script: as in a shell, nothing is special between single quotes, and a quote stands outside of them behind a
 * backslash (GRUB manual, section Shell-like scripting, Quoting). What needs no quotes gets none.
 */
export const grubQuote = (word: string): string =>
  /^[A-Za-z0-9_./,:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** On the screen and on the serial port. */
export const GRUB_TERMINALS = [
  "if serial --unit=0 --speed=115200; then",
  "  terminal_input console serial",
  "  terminal_output console serial",
  "fi",
];
