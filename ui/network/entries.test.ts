import { expect, it } from "vitest";
import { networkState } from "#test/ui/recorded-network.ts";
import { entriesOf, freeName, withEntry } from "#ui/network/entries.ts";

const [first, second] = entriesOf(networkState);
if (!first || !second) throw new Error("there are two wired cards");

it("shows what each wired card does where nothing is set", () => {
  expect([first, second].map(({ name, kind, ipv4 }) => [name, kind, ipv4])).toEqual([
    ["enp1s0", "ethernet", "dhcp"],
    ["enp2s0", "ethernet", "dhcp"],
  ]);
});

it("keeps what the other cards do when one is changed, added or removed", () => {
  const fixed = { ...first, ipv4: { address: "192.0.2.20/24" } };
  expect(withEntry(networkState, first.name, fixed).interfaces).toEqual([fixed, second]);
  const set = { ...networkState, settings: withEntry(networkState, first.name, fixed) };
  const name = freeName(entriesOf(set), "vlan");
  const vlan = {
    kind: "vlan" as const,
    name,
    parent: "enp1s0",
    id: 7,
    ipv4: "dhcp" as const,
    ipv6: "auto" as const,
    dns: [],
  };
  const added = withEntry(set, vlan.name, vlan);
  expect(added.interfaces).toHaveLength(3);
  expect(freeName(entriesOf({ ...set, settings: added }), "vlan")).toBe("vlan2");
  expect(withEntry({ ...set, settings: added }, vlan.name, undefined).interfaces).toEqual([fixed, second]);
});

it("sets nothing any more when the last one is removed", () => {
  const only = { ...networkState, settings: { ...networkState.settings, interfaces: [first] } };
  expect(withEntry(only, first.name, undefined).interfaces).toBe("auto");
});
