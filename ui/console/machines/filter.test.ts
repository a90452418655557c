import { expect, it } from "vitest";
import type { Machine } from "#pxe/console/contract.ts";
import { filterMachines, groupsOf } from "#ui/console/machines/filter.ts";

const machine = (id: number, more: Partial<Machine>): Machine => ({
  ...{ id, macs: [`52:54:00:00:00:0${id}`], name: "", note: "", group: "" },
  ...{ approval: "unknown", policy: "always", firstSeen: 0, lastSeen: 0, ...more },
});
const all = [
  machine(1, { name: "Küche-1", group: "lab", vendor: "Dell Inc.", product: "OptiPlex" }),
  machine(2, { name: "pc2", group: "lab", serial: "ABC123", address: "10.0.0.7" }),
  machine(3, { note: "memory changed in May", group: "office" }),
];
const found = (search: string, group = "") => filterMachines(all, { search, group }).map(({ id }) => id);

it.each([
  ["", "", [1, 2, 3]],
  ["kuche", "", [1]],
  ["optiplex dell", "", [1]],
  ["52-54-00-00-00-02", "", [2]],
  ["abc", "", [2]],
  ["10.0.0.7", "", [2]],
  ["may", "", [3]],
  ["#3", "", [3]],
  ["pc2 optiplex", "", []],
  ["", "lab", [1, 2]],
  ["may", "lab", []],
])("'%s' in group '%s' are machines %j", (search, group, ids) => expect(found(search, group)).toEqual(ids));

it("has each group once, in order", () => expect(groupsOf([...all, machine(4, {})])).toEqual(["lab", "office"]));
