import { expect, test } from "vitest";
import { Sentence, speakerOf } from "#base/sentence.ts";

const say = speakerOf({
  plain: "Nothing is lost",
  sized: (p: { size: number; label?: string | undefined }) => `${p.size} bytes${p.label ?? ""}`,
  around: (p: { what: string; all: readonly string[] }) => `${p.what}: ${p.all.join(" and ")}`,
});

test("a sentence is English, and what it is made of", () => {
  expect(say("plain")).toEqual({ text: "Nothing is lost", said: { key: "plain", values: {} } });
  expect(say("sized", { size: 5 })).toEqual({ text: "5 bytes", said: { key: "sized", values: { size: 5 } } });
});

test("a sentence in a sentence comes with its own key, and without what else its object holds", () => {
  const loss = { kind: "partition", ...say("sized", { size: 5 }) };
  const { text, said } = say("around", { what: "lost", all: [loss, "more"] });
  expect(text).toBe("lost: 5 bytes and more");
  expect(said?.values["all"]).toEqual([say("sized", { size: 5 }), "more"]);
});

test("it goes through JSON, also where a value is absent", () => {
  const sentence = say("around", { what: say("sized", { size: 1, label: undefined }), all: [say("plain")] });
  expect(Sentence.parse(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence);
  expect(Sentence.safeParse({ text: "x", said: { key: "k", values: { size: null } } }).success).toBe(false);
});
