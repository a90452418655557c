import { expect, test } from "vitest";
import { readIdentities } from "./read-identities.ts";

test("machines and what is their own, as spreadsheets write it", () => {
  expect(readIdentities("\ufeffmachine;hostname;universal\r\npc1;anna;yes\r\n52:54:00:00:00:0a;;no\r\n", "x")).toEqual([
    { machine: "pc1", hostname: "anna", universal: true },
    { machine: "52:54:00:00:00:0a", universal: false },
  ]);
});

test.each([
  ["name,hostname\npc1,anna\n", /line 1: its first line names the columns/],
  ["", /line 1/],
  ["machine,hostname\npc1,an na\n,x\n", /line 2: hostname: is not a name.*line 3: machine/],
  ["machine,universal\npc1,perhaps\n", /line 2: universal/],
  ['machine\n"pc1', /line 2: a quote is opened/],
])("a mistake has its line: %j", (text, message) => {
  expect(() => readIdentities(text, "list.csv")).toThrow(message);
  expect(() => readIdentities(text, "list.csv")).toThrow(expect.objectContaining({ code: "PXE_IMPORT_INVALID" }));
});
