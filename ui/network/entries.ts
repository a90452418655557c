import type { Link, Network, NetworkInterface, NetworkState } from "#rescue/api/contract.ts";

/** What a network is set to, card by card: where nothing is set, each wired card asks for its addresses. */
export function entriesOf({ settings, links }: NetworkState): readonly NetworkInterface[] {
  if (settings.interfaces !== "auto") return settings.interfaces;
  return links.filter(({ kind, isHardware }) => kind === "ethernet" && isHardware).map(({ device }) => plain(device));
}

const plain = (device: string): NetworkInterface => ({
  ...{ kind: "ethernet", name: device, device, ipv4: "dhcp", ipv6: "auto", dns: [] },
});

/** The same settings with one entry new, in the place of the one with its name, or without it. */
export function withEntry(state: NetworkState, name: string, entry: NetworkInterface | undefined): Network {
  const entries = entriesOf(state);
  const others = entries.filter((one) => one.name !== name);
  const at = entries.findIndex((one) => one.name === name);
  const next = entry ? others.toSpliced(at < 0 ? others.length : at, 0, entry) : others;
  return { ...state.settings, interfaces: next.length > 0 ? next : "auto" };
}

/** "enp1s0: 192.0.2.10/24", or why there is none. */
export const isConnected = ({ addresses, hasLink }: Link): boolean => hasLink !== false && addresses.length > 0;

/** A name that no entry has: "vlan1". */
export function freeName(entries: readonly NetworkInterface[], kind: NetworkInterface["kind"]): string {
  for (let number = 1; ; number++)
    if (!entries.some(({ name }) => name === `${kind}${number}`)) return `${kind}${number}`;
}
