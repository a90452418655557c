import { expect, it } from "vitest";

type Texts = Readonly<Record<string, unknown>>;

const COUNTS = ["count", "days", "seconds", "number", "blocks", "more"];
const SIZES_AND_TIMES = [
  "size",
  "loaded",
  "memory",
  "least",
  "at",
  "bytes",
  "freed",
  "later",
  "doneSize",
  "wholeSize",
  "lasts",
];
const LISTS = ["ports", "servers", "macs", "columns", "found", "warnings"];
const sampleOf = (name: string) => {
  if ([...COUNTS, ...SIZES_AND_TIMES].includes(name)) return 5;
  return LISTS.includes(name) ? [`<${name}>`] : `<${name}>`;
};
/** Values that are found again in a text; counts choose the plural. */
const SAMPLE = new Proxy({}, { get: (_, name) => sampleOf(String(name)) });
export const said = (message: unknown, values: object = SAMPLE): string =>
  typeof message === "function" ? String(message(values)) : String(message);

/** Letters up to which a text may be the same in two languages without anybody having forgotten it. */
const SHORT = 14;

/**
 * What the texts of each language hold to.
 * @param same keys of names, abbreviations, and words that both languages have
 * @param sample what they are given, where that is not the same for all
 */
export function catalogueSuite(english: Texts, texts: Texts, same: RegExp, sample = SAMPLE): void {
  const keys = Object.keys(english);

  it("are all there, and no more", () => {
    expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted());
    expect(keys.filter((key) => said(texts[key], sample).trim() === "")).toEqual([]);
  });

  it("are translated", () => {
    const untranslated = keys.filter((key) => {
      const own = said(texts[key], sample);
      return !same.test(key) && own === said(english[key], sample) && own.replaceAll(/<\w+>/g, "").length > SHORT;
    });
    expect(untranslated).toEqual([]);
  });

  it("say all that they are given", () => {
    const given = /<\w+>|\b[57]\b/g;
    const lost = keys.filter((key) => {
      const wanted = new Set(said(english[key], sample).match(given));
      const own = new Set(said(texts[key], sample).match(given));
      return wanted.symmetricDifference(own).size > 0;
    });
    expect(lost).toEqual([]);
  });
}
