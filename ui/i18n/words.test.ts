import { describe, expect, it } from "vitest";
// biome-ignore lint/style/noRestrictedImports: the languages are held against the engine's own list
import { engineWords, say } from "#imaging/words/say.ts";
import { catalogueSuite } from "#test/conformance/catalogue.ts";
import { english } from "#ui/i18n/en/index.ts";
import { languages } from "#ui/i18n/languages.ts";
import { pseudo } from "#ui/i18n/pseudo.ts";

const catalogues = await Promise.all(Object.values(languages).map(({ load }) => load()));
const others = catalogues.filter(({ locale }) => locale !== english.locale);

/** As `say` is given them: sizes in bytes, lists, and numbers are known by their names. */
const GIVEN = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_, name) => {
      if (/^(oldSize|size|doneSize|wholeSize|used|bytes|most|least|have|need|free|overwritten)$/.test(String(name)))
        return 7 * 2 ** 30;
      if (
        /(^|Number$)(number|oldNumber|count|others|places|start|oldStart|lastStart|level|mib|sectorSize|oldSectorSize)$/i.test(
          String(name),
        )
      )
        return 5;
      if (name === "seconds" || name === "lasts") return 5;
      if (name === "savedAt") return "2026-01-02T03:04:00.000Z";
      if (name === "answer") return "will-boot";
      if (name === "part") return "shim";
      return ["parts", "volumes", "kernels", "list"].includes(String(name))
        ? [`<${String(name)}>`]
        : `<${String(name)}>`;
    },
  },
);
/** What the engine says, with the keys that each language has to have. */
const catalogueOf: Readonly<Record<string, { words: object }>> = {
  ...{ de: await import("#ui/i18n/de/words.ts"), nl: await import("#ui/i18n/nl/words.ts") },
  ...{ ru: await import("#ui/i18n/ru/words.ts"), es: await import("#ui/i18n/es/words.ts") },
  ...{ fr: await import("#ui/i18n/fr/words.ts"), pt: await import("#ui/i18n/pt/words.ts") },
};
const systemsOf: Readonly<Record<string, { systemWords: object }>> = {
  ...{ de: await import("#ui/i18n/de/systems.ts"), nl: await import("#ui/i18n/nl/systems.ts") },
  ...{ ru: await import("#ui/i18n/ru/systems.ts"), es: await import("#ui/i18n/es/systems.ts") },
  ...{ fr: await import("#ui/i18n/fr/systems.ts"), pt: await import("#ui/i18n/pt/systems.ts") },
};

describe.each(others)("what the engine says, in $locale", ({ locale, tell, complete }) => {
  const code = locale.slice(0, 2);
  const words = { ...catalogueOf[code]?.words, ...systemsOf[code]?.systemWords };
  catalogueSuite(engineWords, words, /^$/, GIVEN);

  it("has a sentence in another one in its own language, and what is nobody's words as it is", () => {
    const inner = say("layout.inside-stays", { name: "vg0/root", size: 2 ** 30 });
    const told = tell(say("layout.inside", { number: 2, volumes: [inner, "from a tool"] }));
    expect(told).toContain(tell(inner));
    expect(told).toContain("from a tool");
    expect(told).not.toContain(inner.text);
  });

  it("has what is said of work inside of systems as soon as that is fetched", async () => {
    const sentence = say("line.item", { text: say("boot.active", { number: 2 }) });
    await complete?.();
    expect(tell(sentence)).toContain("2");
    expect(tell(sentence)).not.toContain("Marks");
  });

  it("has an error that is told as a sentence in the words of its code, with what is said inside of it", async () => {
    await complete?.();
    const reason = say("says.not-signed");
    const told = tell({ text: "", said: { key: "error.ORDER_REFUSED", values: { server: "http://a", reason } } });
    expect(told).toContain(tell(reason));
    expect(told).not.toContain(reason.text);
    expect(tell({ text: "", said: { key: "error.ORDER_REFUSED-next", values: {} } })).toMatch(/\p{L}\.$/u);
  });

  it("has no words for what it does not know", () => {
    expect(tell({ text: "from the server" })).toBeUndefined();
    expect(tell({ text: "newer", said: { key: "of.a-newer-server", values: {} } })).toBeUndefined();
  });
});

it("is English of the page's own where the engine speaks of its command", () => {
  const sentence = say("warning.undo-unwanted", { disk: "Samsung SSD (…1234)" });
  expect(sentence.text).toContain("lifeboat undo");
  expect(english.tell(sentence)).toMatch(/^Nothing of Samsung SSD \(…1234\) is saved/);
  expect(english.tell(sentence)).not.toContain("lifeboat undo");
  expect(english.tell({ text: "from the server" })).toBe("from the server");
});

it("is marked in the language for tests, as all that has words", () => {
  expect(pseudo.tell(say("plan.write-table"))).toMatch(/^⟦.*⟧$/);
  expect(pseudo.tell({ text: "from the server" })).toBeUndefined();
});
