import { expect, test } from "vitest";
import { type Machine, NO_MARKS } from "../machines/machine.ts";
import type { Selection } from "./contract.ts";
import { previewIdentities } from "./preview-identities.ts";

const machine = (id: number, more: Partial<Machine> = {}): Machine => ({
  ...{ ...NO_MARKS, id, macs: [`52:54:00:00:00:0${id}`], name: `pc${id}`, group: "lab", firstSeen: 1, lastSeen: 1 },
  ...more,
});
const known = [machine(1), machine(2), machine(3), machine(4, { name: "twin" }), machine(5, { name: "twin" })];
const deps = {
  machines: {
    find: async (text: string) =>
      known.filter(({ id, name, macs }) => [name, `#${id}`, ...macs].includes(text.toLowerCase())),
  },
  ofGroup: async (group: string) => known.filter((one) => one.group === group).slice(0, 3),
};
const look = (list: string, machines?: Selection, hostnames?: string) =>
  previewIdentities({ list, ...(machines && { machines }), ...(hostnames !== undefined && { hostnames }) }, deps);
const names = async (...asked: Parameters<typeof look>) =>
  (await look(...asked)).machines.map(({ name, hostname, line }) => `${name} ${hostname ?? "-"} ${line ?? "-"}`);
const mistakes = async (...asked: Parameters<typeof look>) =>
  (await look(...asked)).problems.map(({ line, said }) => `${line ?? "-"} ${said?.key}`);

const LIST = "machine;hostname\npc2;anna\n52:54:00:00:00:01;otto\n";

test("each machine gets its name from its line, or by the pattern, in its place, or none", async () => {
  expect(await names(LIST)).toEqual(["pc2 anna 2", "pc1 otto 3"]);
  expect(await names(LIST, { next: 5 })).toEqual(["pc2 anna 2", "pc1 otto 3"]);
  expect(await names(LIST, { group: "lab" })).toEqual(["pc1 otto 3", "pc2 anna 2", "pc3 - -"]);
  const all = { machines: ["#3", "#2", "#1"] };
  expect(await names(LIST, all, "lab-{n:02}")).toEqual(["pc3 lab-01 -", "pc2 anna 2", "pc1 otto 3"]);
  expect((await look(LIST, all)).problems).toEqual([]);
});

test("what is given to a deployment names machines by their numbers", async () => {
  const { identities } = await look("machine,hostname,universal\npc2,anna,yes\n");
  expect(identities).toEqual([{ machine: "#2", hostname: "anna", universal: true }]);
});

test("a mistake has its line", async () => {
  expect(await mistakes("machine,hostname\npc9,a\ntwin,b\npc1,c d\n")).toEqual([
    ...["4 list.hostname", "2 list.unknown", "3 list.ambiguous"],
  ]);
  expect(await mistakes("machine,hostname\npc1,a\n#1,b\npc2,A\n")).toEqual(["3 list.twice", "4 list.same-name"]);
  expect(await mistakes("nonsense\n")).toEqual(["1 list.columns"]);
  expect(await mistakes('machine\n"pc1')).toEqual(["2 list.quote-open"]);
  expect(await mistakes(`machine\n${"pc1\n".repeat(5001)}`)).toEqual(["- list.too-long"]);
});

test("machines of the list that were not chosen are named, to be chosen", async () => {
  const { problems, others } = await look(LIST, { machines: ["pc1"] });
  expect(problems.map(({ line, said }) => `${line} ${said?.key}`)).toEqual(["2 list.not-chosen"]);
  expect(others).toEqual([2]);
  expect((await look(LIST, { group: "none" })).others).toEqual([]);
});

test("a name by the pattern that is one of the list is one too many", async () => {
  expect(await mistakes("machine,hostname\npc2,lab-1\n", { machines: ["#1", "#2"] }, "lab-{n}")).toEqual([
    "- list.same-name",
  ]);
});
