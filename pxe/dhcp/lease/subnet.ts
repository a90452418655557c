import { ipv4Text, isWithin, type Network } from "../../net/ipv4.ts";
import type { Client } from "./client.ts";

/** An address that is kept for one client. */
export interface Reservation {
  /** As `Client.marks` has it: "mac 52:54:00:12:34:56", "id 01525400123456", "uuid 4c4c4544-...". */
  readonly mark: string;
  readonly address: number;
  /** The host name that the client is told. */
  readonly name?: string | undefined;
}

/** A network that addresses are given out in, and what its clients are told. Addresses are numbers, or texts where they are only told. */
export interface Subnet extends Network {
  /** Bits of the mask. */
  readonly length: number;
  readonly pools: readonly Network[];
  /** Never given to anybody: what the user named, and addresses of the server and the router. */
  readonly excluded: readonly Network[];
  readonly reservations: readonly Reservation[];
  readonly router?: string | undefined;
  readonly dns: readonly string[];
  readonly ntp: readonly string[];
  readonly domain?: string | undefined;
  readonly leaseSeconds: number;
}

export const reservationOf = ({ reservations }: Subnet, { marks }: Client): Reservation | undefined =>
  reservations.find(({ mark }) => marks.includes(mark));

/** Whether the subnet has this address for the client at all, whoever has it now. */
export function isFor(subnet: Subnet, address: number, client: Client): boolean {
  const kept = subnet.reservations.find((reservation) => reservation.address === address);
  if (kept) return client.marks.includes(kept.mark);
  return subnet.pools.some((pool) => isWithin(pool, address)) && !isExcluded(subnet, address);
}

export const isExcluded = ({ excluded }: Subnet, address: number): boolean =>
  excluded.some((range) => isWithin(range, address));

/** "10.0.0.0/24" */
export const networkText = ({ first, length }: Subnet): string => `${ipv4Text(first)}/${length}`;
