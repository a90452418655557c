import { describe, expect, it } from "vitest";
import { errorCodes } from "#base/errors.ts";
import { catalogueSuite, said } from "#test/conformance/catalogue.ts";
import { english } from "#ui/i18n/en/index.ts";
import { describeProblem, firstKnown, t, tData } from "#ui/i18n/index.ts";
import { languages } from "#ui/i18n/languages.ts";
import { pseudo } from "#ui/i18n/pseudo.ts";

/** Said by the page itself: no server has them. */
const OWN_CODES = ["SERVER_UNREACHABLE", "PAGE_FAILED", "JOB_LOST"];

it("has texts only for codes that exist", () => {
  const known = new Set<string>([...errorCodes, ...OWN_CODES]);
  expect(Object.keys(english.errors).filter((code) => !known.has(code))).toEqual([]);
});

it("says what happened, what is safe and what comes next for each code of its own", () => {
  for (const code of OWN_CODES) {
    const said = describeProblem({ code, text: "from the page", safe: "", next: "", details: {} });
    expect([said.text, said.safe, said.next].every((text) => text !== "")).toBe(true);
  }
});

it("uses the server's words where a text would have to be made of details that are not there", () => {
  const problem = { code: "TOOL_FAILED", text: "from the server", safe: "", next: "", details: {} };
  expect(describeProblem(problem).text).toBe("from the server");
  const details = { tool: "mount", status: 32, output: "wrong fs type" };
  expect(describeProblem({ ...problem, details }).text).toContain("mount ended with status 32");
});

it("falls back to the server's words", () => {
  const problem = { code: "READ_FAILED", text: "a", safe: "b", next: "c", details: {} };
  expect(describeProblem(problem)).toEqual({ code: "READ_FAILED", text: "a", safe: "b", next: "c" });
  expect(tData("bus", "floppy")).toBe("floppy");
  expect(tData("bus", "nvme")).toBe("NVMe");
});

it("fills placeholders and takes plural forms", () => {
  expect(t("image.found", { count: 1 })).toBe("1 image found");
  expect(t("image.found", { count: 0 })).toBe("0 images found");
});

it("serves a variety of a language by that language", () => {
  expect(firstKnown(["da", "pt-PT", "de"])).toBe("pt");
  expect(firstKnown(["xx"])).toBeUndefined();
});

const catalogues = await Promise.all(Object.values(languages).map(({ load }) => load()));
const others = catalogues.filter(({ locale }) => locale !== english.locale);
type Key = keyof typeof english.messages;
const keys = Object.keys(english.messages) as Key[];

/** Names, abbreviations, and words that both languages have. */
const SAME =
  /^(app\.name|app\.title|app\.menu|bus\.|home\.(bios|uefi|firmware)|settings\.version|image\.writer|progress\.(announce|document)|problem\.code|target\.removable)/;

describe.each(others)("the texts in $locale", ({ locale, messages, errors }) => {
  catalogueSuite(english.messages, messages, SAME);

  it("calls each section differently", () => {
    const names = keys.filter((key) => key.startsWith("section.")).map((key) => messages[key]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has errors that English has, and no more", () =>
    expect(Object.keys(errors).toSorted()).toEqual(Object.keys(english.errors).toSorted()));

  it("write numbers as the language does", () => {
    const { count } = { count: 1_234_567 };
    expect(said(messages["image.found"], { count })).toContain(new Intl.NumberFormat(locale).format(count));
  });
});

it("takes each plural form of Russian", async () => {
  const { messages } = await languages.ru.load();
  expect([1, 2, 5, 21, 111].map((count) => messages["image.found"]({ count }))).toEqual([
    "Найден 1 образ",
    "Найдено 2 образа",
    "Найдено 5 образов",
    "Найден 21 образ",
    "Найдено 111 образов",
  ]);
});

it("has a language for tests in which each text is marked, and longer", () => {
  for (const key of keys) {
    const own = said(pseudo.messages[key]);
    expect(own.startsWith("⟦") && own.endsWith("⟧")).toBe(true);
    expect(own.length).toBeGreaterThan(said(english.messages[key]).length * 1.3);
  }
});

it("has no word of the program's insides", () => {
  const all = keys.map((key) => said(english.messages[key])).join("\n");
  expect(`${all}${JSON.stringify(english.errors)}`).not.toMatch(/\bengine\b|\bchunks?\b/i);
});
