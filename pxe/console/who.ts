import { isIPv6 } from "node:net";
import type { Role } from "./contract/role.ts";

/** On whose behalf a request is. */
export interface Who {
  readonly kind: "user" | "token";
  readonly name: string;
  readonly role: Role;
  /** When this ends, however it is used: milliseconds since 1970. */
  readonly endsAt?: number | undefined;
  /** Hash of a user's session. */
  readonly session?: string | undefined;
}

/** As the audit log and other people see them. */
export const callWho = (who: Who | undefined): string =>
  who === undefined ? "nobody" : who.kind === "token" ? `token ${who.name}` : who.name;

/** The address of a client, as it is written: IPv4 without what a socket of IPv6 puts before it. */
export const plainAddress = (address: string | undefined): string => (address ?? "").replace(/^::ffff:/, "");

/** What tries of one client are counted by: a computer has 2^64 addresses of IPv6 (RFC 4291, section 2.5.4), but one of IPv4. */
export function countedAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] as string).split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":").length : 0;
  const all =
    tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after)).fill("0")];
  return `${all.slice(0, 4).join(":")}::/64`;
}
