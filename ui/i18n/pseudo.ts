import { english } from "#ui/i18n/en/index.ts";
import type { Catalogue } from "#ui/i18n/languages.ts";

const ACCENTS: Readonly<Record<string, string>> = {
  ...{ a: "å", e: "é", i: "ï", o: "ö", u: "ü", y: "ý", c: "ç", n: "ñ", s: "š", z: "ž", r: "ř", l: "ł" },
  ...{ A: "Å", E: "É", I: "Ï", O: "Ö", U: "Ü", C: "Ç", N: "Ñ", S: "Š", Z: "Ž" },
};

/** German and Russian texts are up to so much longer than English ones. */
const LONGER = 0.4;

/** English as nobody writes it: what is on a page and does not look so was not taken from a catalogue. */
export function pseudoText(text: string): string {
  const accented = text.replaceAll(/[a-zA-Z]/g, (letter) => ACCENTS[letter] ?? letter);
  return `⟦${accented}${"·".repeat(Math.ceil(text.length * LONGER))}⟧`;
}

function pseudoMessage(message: unknown): unknown {
  if (typeof message !== "function") return pseudoText(String(message));
  // A text that needs no details is told by it (describeProblem).
  return message.length === 0
    ? () => pseudoText(String(message()))
    : (values: unknown) => pseudoText(String(message(values)));
}

/** All texts of a catalogue. */
export const pseudoTexts = <T extends object>(texts: T): T =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudoMessage(text)])) as T;

export const pseudo: Catalogue = {
  locale: "en-XA",
  messages: pseudoTexts(english.messages),
  errors: Object.fromEntries(
    Object.entries(english.errors).map(([code, texts]) => [code, pseudoTexts(texts)]),
  ) as Catalogue["errors"],
  tell: ({ text, said }) => (said ? pseudoText(text) : undefined),
};
