import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Words } from "#base/sentence.ts";
import { hear, heardWords, hearProof } from "#imaging/words/hear.ts";
import { proofWords } from "#imaging/words/proof-words.ts";
import { say } from "#imaging/words/say.ts";

const NUMBERS: Readonly<Record<string, number>> = { number: 5, size: 40 * 1024 ** 2 };
/** Numbers where only these can stand; other values are names. */
const GIVEN = new Proxy({}, { get: (_, name) => NUMBERS[String(name)] ?? `<${String(name)}>` });

test.each<[string, Words, typeof hear]>([
  ["the engine", heardWords, hear],
  ["a proof", proofWords, hearProof],
])("each sentence of %s is found by its words, with what it was made of", (_of, words, find) => {
  for (const [key, word] of Object.entries(words)) {
    const text = typeof word === "string" ? word : word(GIVEN as never);
    const values: unknown[][] = [...text.matchAll(/<(\w+)>/g)].map(([given, name]) => [name, given]);
    if (typeof word !== "string" && /\b5\b/.test(text)) values.push(["number", 5]);
    if (text.includes("40 MiB")) values.push(["size", NUMBERS["size"]]);
    expect(find(text), text).toEqual({ text, said: { key, values: Object.fromEntries(values) } });
  }
});

test("a sentence in another one is found with it", () => {
  const inner = say("state.with-session", { session: say("state.fast-startup") });
  const sentence = say("at.volume", { number: 3, volume: "unlocked, vg0/root", what: inner });
  expect(hear(sentence.text)).toEqual(sentence);
});

test("of a start that fails in parts, both are found", () => {
  const up = say("proof.desktop", { system: say("proof.the-system") });
  const sentence = say("proof.up-failed", { up, services: "cups.service, x.service" });
  expect(hearProof(sentence.text)).toEqual(sentence);
});

test("an error about a table is found, too: its words are in the catalogue of errors", () => {
  const problem = say("table.both-copies", { first: say("table.checksum"), second: say("table.says-lba", { lba: 9 }) });
  const { text } = new LifeboatError("TABLE_DAMAGED", { device: "/dev/sda", table: "GPT", problem: problem.text });
  expect(hear(text)).toEqual(say("table.damaged", { device: "/dev/sda", table: "GPT", problem }));
});

test("what a tool says is left as it is", () => {
  expect(hear("resize2fs: it is corrupt")).toEqual({ text: "resize2fs: it is corrupt" });
  expect(hear("partition x: lost").said).toBeUndefined();
});
