import { describe, expect, it } from "vitest";
import { errorCodes } from "#base/errors.ts";
import { api, DIAGNOSES, serverWords } from "#pxe/console/contract.ts";
import { catalogueSuite, said } from "#test/conformance/catalogue.ts";
import { consoleLanguages } from "#ui/console/i18n/catalogues.ts";
import { english } from "#ui/console/i18n/en/index.ts";
import { problemWords } from "#ui/console/i18n/index.ts";
import { pseudo } from "#ui/console/i18n/pseudo.ts";

const catalogues = await Promise.all(Object.values(consoleLanguages).map((load) => load()));
const others = catalogues.filter(({ locale }) => locale !== english.locale);
const keys = Object.keys(english.messages) as (keyof typeof english.messages)[];

/** Names, abbreviations, and words that both languages have. */
const SAME = /^(account\.(version|who)|times\.days|entry\.loaded)$/;

describe.each(others)("the console's texts in $locale", ({ messages }) => {
  catalogueSuite(english.messages, messages, SAME);
});

const { "do.NOT_APPROVED": _, "do.REFUSED": __, "do.STARTS_FROM_DISK": ___, ...serverSays } = serverWords;

describe.each(others)("what the server says in $locale", ({ words }) => {
  catalogueSuite(serverSays, words, /^(port\.taken|how\.both|why\.status)$/);

  it("has what each diagnosis means, and what is done about it", () => {
    const hasNext = (code: string) => `do.${code}` in words || `do.${code}` in serverWords;
    expect(DIAGNOSES.filter((code) => !(`means.${code}` in words) || !hasNext(code))).toEqual([]);
  });
});

it("has each text in the language for tests, marked and longer", () => {
  for (const key of keys) expect(said(pseudo.messages[key]), key).toMatch(/^⟦.*⟧$/);
});

it("has texts only for codes that exist, and says what comes next for each", () => {
  const codes = keys.flatMap((key) => /^error\.([A-Z_]+)$/.exec(key)?.[1] ?? []);
  const known = new Set<string>([...errorCodes, "SERVER_UNREACHABLE"]);
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
  expect(codes.filter((code) => !(`next.${code}` in english.messages))).toEqual([]);
  expect(codes.length).toBeGreaterThan(10);
});

it("has words for each thing that the audit log can have", () => {
  const posts = Object.entries(api).flatMap(([name, route]) =>
    route.method === "POST" && !("onlyLooks" in route) ? [name] : [],
  );
  expect(posts.filter((name) => !(`audit.${name}` in english.messages))).toEqual([]);
});

it("fills in what the server tells of an error, and takes the server's words where it has none", () => {
  const problem = { text: "from the server", safe: "safe", next: "next", details: {} };
  const taken = { ...problem, code: "PXE_DEPLOYMENT_NAME_TAKEN", details: { name: "Lab 5" } };
  expect(problemWords(taken)).toEqual({
    ...{ code: taken.code, text: "There is a deployment Lab 5 already.", safe: "Nothing was changed." },
    next: "Take another name, or forget that one.",
  });
  expect(problemWords({ ...problem, code: "PXE_IMPORT_INVALID" })).toMatchObject({ text: "from the server" });
});
