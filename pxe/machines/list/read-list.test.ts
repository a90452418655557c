import { expect, test } from "vitest";
import type { Machine } from "../machine.ts";
import { exportCsv, exportJson } from "./export-list.ts";
import { readList } from "./read-list.ts";

const machine: Machine = {
  ...{ id: 1, macs: ["52:54:00:00:00:0a", "52:54:00:00:00:0b"], name: "pc7", group: "office, 2nd floor" },
  ...{ note: 'has a "quiet" fan\n=cmd|x', approval: "approved", policy: "once", firstSeen: 1, lastSeen: 2 },
  ...{ uuid: "4c4c4544-0042-3510-8051-b7c04f4e3132", serial: "-12", memory: 5 },
};

test.each([
  ["CSV", exportCsv],
  ["JSON", exportJson],
] as const)("what is written as %s is read again as it was", (_, write) => {
  const { macs, uuid, serial, name, group, note, approval, policy } = machine;
  const [read, ...others] = readList(write([machine]), "x");
  expect(others).toEqual([]);
  expect(read).toMatchObject({ macs, uuid, serial, name, group, note, approval, policy });
});

test("what a spreadsheet would run as a formula is no formula in CSV", () => {
  expect(exportCsv([{ ...machine, name: "=HYPERLINK(1)" }])).toContain(",'=HYPERLINK(1),");
});

test("spreadsheets' ways: semicolons, a byte order mark, other names of columns, empty cells say nothing", () => {
  expect(readList("\ufeffMAC;Hostname;policy\r\n52-54-00-00-00-0A;pc7;\r\n\r\n", "x")).toEqual([
    { line: 2, macs: ["52:54:00:00:00:0a"], name: "pc7" },
  ]);
});

test.each([
  ["", /line 1: it is empty/],
  ["macs,colour\n", /line 1: no column is called colour/],
  ["macs,policy\n52:54:00:00:00:0a,sometimes\n", /line 2: policy: one of always, once, never/],
  ['macs,note\n52:54:00:00:00:0a,"two\nlines"\nx,\n,note\n', /line 4: macs 0: a MAC is .*; line 5: it has neither/],
  ['macs\n"52:54', /line 2: a quote is opened/],
  ['macs\n"a"b', /line 2: something follows/],
  ["macs,name\n52:54:00:00:00:0a,a,b\n", /line 2: .*more cells than columns/],
  ['[\n{"macs": ["52:54:00:00:00:0a"]},\n{"macs": [], "name": "["}\n]', /line 3: it has neither/],
  ['[\n{"macs": ],\n]', /line 2: it is no JSON/],
  ["{}", /a list is in \[ and \]/],
])("a mistake has its line: %j", (text, message) => {
  expect(() => readList(text, "list.csv")).toThrow(message);
  expect(() => readList(text, "list.csv")).toThrow(expect.objectContaining({ code: "PXE_IMPORT_INVALID" }));
});
