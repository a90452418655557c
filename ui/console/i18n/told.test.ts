// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { speakConsole, told } from "#ui/console/i18n/index.ts";

it("says what the server says in the page's language, also inside of it, and in English what it has no words for", async () => {
  const reason = { text: "none is free", said: { key: "why.none-free", values: { subnet: "10.0.0.0/24" } } };
  const sentence = { text: "It got none", said: { key: "seen.no-address", values: { reason } } };
  expect(told(sentence)).toEqual({ text: "It got none", lang: "en" });
  await speakConsole("de");
  expect(told(sentence)).toEqual({ text: "Er bekam keine Adresse: in 10.0.0.0/24 ist keine frei." });
  const memory = { key: "means.TOO_LITTLE_MEMORY", values: { least: 1.5 * 2 ** 30 } };
  expect(told({ text: "", said: memory }).text).toContain("1,5\u00a0GiB");
  expect(told({ text: "of a newer server", said: { key: "seen.NEW", values: {} } }).lang).toBe("en");
  await speakConsole("en");
});
