// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { reasonWords, speakConsole, told } from "#ui/console/i18n/index.ts";

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

it("says why something failed in the page's language, with what is said inside of it, and nothing of what it cannot", async () => {
  const details = { channel: "the mail server mail:25", reason: "Connection timeout" };
  const detailsSaid = {
    channel: { key: "unsent.mail", values: { server: "mail:25" } },
    reason: { key: "unsent.no-answer", values: {} },
  };
  const reason = { code: "NOTICE_NOT_SENT", text: "from the server", details, detailsSaid };
  await speakConsole("de");
  expect(reasonWords(reason)).toBe(
    "der Mailserver mail:25 hat die Nachricht nicht angenommen: es kommt keine Verbindung zustande",
  );
  const read = {
    code: "READ_FAILED",
    text: "from the server",
    details: { device: "/srv/a", offset: 5, reason: "EIO" },
  };
  expect(reasonWords(read)).toBe("/srv/a lässt sich nicht lesen: EIO");
  expect(reasonWords({ code: "READ_FAILED", text: "kept before" })).toBeUndefined();
  expect(reasonWords({ code: "OF_A_NEWER_SERVER", text: "x", details: { a: 1 } })).toBeUndefined();
  await speakConsole("en");
});
