import type { NetworkInterface } from "#base/medium/network.ts";
import type { Link } from "#rescue/network/link.ts";

type Card = Extract<NetworkInterface, { kind: "ethernet" | "wifi" }>;

const isCard = (entry: NetworkInterface): entry is Card => entry.kind === "ethernet" || entry.kind === "wifi";

const isNamed = ({ mac, device }: Card): boolean => mac !== undefined || device !== undefined;

/**
 * Which card each entry of the settings is: from the entry's name to the kernel's name. Entries that say which come
 * first; the others take the first card of their kind that is left. An entry whose card is not there is not in the map.
 */
export function chooseCards(entries: readonly NetworkInterface[], links: readonly Link[]): Map<string, string> {
  const cards = entries.filter(isCard);
  const chosen = new Map<string, string>();
  for (const entry of [...cards.filter(isNamed), ...cards.filter((card) => !isNamed(card))]) {
    const taken = new Set(chosen.values());
    const link = links.find((candidate) => fits(entry, candidate) && !taken.has(candidate.device));
    if (link) chosen.set(entry.name, link.device);
  }
  return chosen;
}

function fits({ kind, mac, device }: Card, link: Link): boolean {
  if (link.kind !== kind) return false;
  if (mac !== undefined && link.mac !== mac) return false;
  if (device !== undefined && link.device !== device) return false;
  return mac !== undefined || device !== undefined || link.isHardware;
}

/** "the card with the address 52:54:00:12:34:56", for a message. */
export function describeCard({ kind, mac, device }: Card): string {
  if (mac !== undefined) return `the card with the address ${mac}`;
  if (device !== undefined) return `the card ${device}`;
  return kind === "wifi" ? "a Wi-Fi card" : "a wired card that no other entry names";
}

/** What `auto` stands for: every wired card asks DHCP and the router. */
export const automaticEntries = (links: readonly Link[]): NetworkInterface[] =>
  links
    .filter(({ kind, isHardware }) => kind === "ethernet" && isHardware)
    .map(({ device }) => ({ kind: "ethernet", name: device, device, ipv4: "dhcp", ipv6: "auto", dns: [] }));
