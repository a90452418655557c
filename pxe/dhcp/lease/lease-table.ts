import { isWithin, type Network } from "../../net/ipv4.ts";
import type { Client } from "./client.ts";
import type { Lease } from "./lease.ts";

/**
 * All leases, one for each address, found by address and by machine. It never holds more of them than the pools have addresses,
 * whatever is sent.
 */
export class LeaseTable {
  readonly #byAddress = new Map<number, Lease>();
  readonly #byMac = new Map<string, Set<number>>();
  readonly #changed = new Set<number>();

  constructor(leases: Iterable<Lease> = []) {
    for (const lease of leases) this.#put(lease);
  }

  at(address: number): Lease | undefined {
    return this.#byAddress.get(address);
  }

  /** What the machine has, or had, in a network: under the name that it now gives first, then the newest. */
  of(client: Client, network: Network): Lease[] {
    const rank = ({ client: key, until }: Lease) => (key === client.key ? 2 ** 40 : 0) + until;
    return [...(this.#byMac.get(client.mac) ?? [])]
      .flatMap((address) => this.#byAddress.get(address) ?? [])
      .filter((lease) => isWithin(network, lease.address) && isSameMachine(lease, client) && !isSetAside(lease))
      .toSorted((a, b) => rank(b) - rank(a));
  }

  put(lease: Lease): void {
    this.#put(lease);
    // Offers are forgotten with the process: a client that takes one then asks for the address by name.
    if (lease.state !== "offered") this.#changed.add(lease.address);
  }

  /** Forgets an offer that nobody took. */
  drop(address: number): void {
    const lease = this.#byAddress.get(address);
    if (!lease) return;
    this.#byAddress.delete(address);
    const addresses = this.#byMac.get(lease.mac);
    addresses?.delete(address);
    if (addresses?.size === 0) this.#byMac.delete(lease.mac);
  }

  /** What has changed since it was asked last. */
  takeChanges(): Lease[] {
    const leases = [...this.#changed].flatMap((address) => this.#byAddress.get(address) ?? []);
    this.#changed.clear();
    return leases;
  }

  /** They could not be saved: they count as changed again. */
  putBack(leases: readonly Lease[]): void {
    for (const { address } of leases) this.#changed.add(address);
  }

  values(): Iterable<Lease> {
    return this.#byAddress.values();
  }

  #put(lease: Lease): void {
    this.drop(lease.address);
    this.#byAddress.set(lease.address, lease);
    const addresses = this.#byMac.get(lease.mac);
    if (addresses) addresses.add(lease.address);
    else this.#byMac.set(lease.mac, new Set([lease.address]));
  }
}

/**
 * Whether the lease is the client's. Firmware, boot loader and system of one computer name themselves differently, and only one of them
 * runs: they share its address. Two systems behind one card (ipvlan) are two clients. So are two computers with one name, as copies
 * of one disk are; but a client that has its address, and now another card (a bond), keeps it.
 */
export function isSameMachine(lease: Lease, client: Client): boolean {
  const isSameName = lease.client === client.key;
  if (lease.mac !== client.mac) return isSameName && client.uses === lease.address;
  return isSameName || (client.mac !== "" && (lease.isFirmware || client.isFirmware));
}

export const isSetAside = ({ state }: Lease): boolean => state === "declined" || state === "conflicting";
