import { isWithin } from "../../net/ipv4.ts";
import type { Client } from "./client.ts";
import type { Lease } from "./lease.ts";
import { isSameMachine, isSetAside, type LeaseTable } from "./lease-table.ts";
import { isFor, reservationOf, type Subnet } from "./subnet.ts";

/** For whom, in which network, and at which time in seconds an address is looked for. */
export interface Search {
  readonly subnet: Subnet;
  readonly table: LeaseTable;
  readonly client: Client;
  readonly now: number;
}

/** Whether nobody else has the address, and the client may have it. */
export function canHave({ subnet, table, client, now }: Search, address: number): boolean {
  const lease = table.at(address);
  const isOwn = lease !== undefined && isSameMachine(lease, client) && !isSetAside(lease);
  if (!isFor(subnet, address, client) && !(isOwn && isKeptForUuid(subnet, address))) return false;
  return lease === undefined || isOwn || isOver(lease, now);
}

/** A given address is its client's until its last second has passed. */
export const isOver = ({ state, until }: Lease, now: number): boolean => state === "released" || until < now;

/** Only firmware tells the machine's UUID; its system, which does not, keeps the address. */
const isKeptForUuid = ({ reservations }: Subnet, address: number): boolean =>
  reservations.some((kept) => kept.address === address && kept.mark.startsWith("uuid "));

/**
 * Addresses that the client could get, the best first (RFC 2131, section 4.3.1): its reservation, what it has or had, what it wishes,
 * one that nobody ever had, and then the one that has been free for the longest time. None twice.
 * @param wish what it asks for @param taken addresses that are being looked at for others
 */
export function* candidates(search: Search, wish: number | undefined, taken: ReadonlySet<number>): Generator<number> {
  const { subnet, table, client } = search;
  const seen = new Set<number>();
  const isNew = (address: number) => !seen.has(address) && !taken.has(address) && canHave(search, address);
  const known = [
    reservationOf(subnet, client)?.address,
    ...table.of(client, subnet).map(({ address }) => address),
    wish,
  ];
  for (const address of known) {
    if (address === undefined || !isNew(address)) continue;
    seen.add(address);
    yield address;
  }
  for (const { first, last } of subnet.pools)
    for (let address = first; address <= last; address++)
      if (table.at(address) === undefined && isNew(address)) {
        seen.add(address);
        yield address;
      }
  for (;;) {
    const address = longestFree(search, isNew);
    if (address === undefined) return;
    seen.add(address);
    yield address;
  }
}

function longestFree({ subnet, table, now }: Search, counts: (address: number) => boolean): number | undefined {
  let oldest: Lease | undefined;
  for (const lease of table.values())
    if (
      isWithin(subnet, lease.address) &&
      isOver(lease, now) &&
      lease.until < (oldest?.until ?? Number.POSITIVE_INFINITY)
    )
      if (counts(lease.address)) oldest = lease;
  return oldest?.address;
}
