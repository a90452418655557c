import type { Lease, LeaseStore } from "#pxe/dhcp/lease/lease.ts";
import { LeaseBook } from "#pxe/dhcp/lease/lease-book.ts";
import type { LeaseEvent } from "#pxe/dhcp/lease/lease-event.ts";
import { LeaseServer } from "#pxe/dhcp/lease/lease-server.ts";
import { planSubnets } from "#pxe/dhcp/lease/plan-subnets.ts";
import { dhcpConfigOfFlags } from "#pxe/dhcp/lease/read-dhcp-config.ts";
import type { DhcpConfig } from "#pxe/dhcp/lease/subnet-config.ts";
import { MESSAGE, OPTION } from "#pxe/dhcp/options.ts";
import type { DhcpPacket } from "#pxe/dhcp/packet.ts";
import { ipv4Bytes, ipv4In } from "#pxe/net/ipv4.ts";
import { discover } from "./dhcp-messages.ts";

export const OWN = "10.0.0.1";

/** What a computer says: DISCOVER unless another kind is named. */
export interface Said {
  readonly kind?: keyof typeof MESSAGE;
  readonly mac?: string;
  readonly id?: string;
  readonly wish?: string | undefined;
  readonly server?: string;
  readonly ciaddr?: string;
  readonly giaddr?: string;
  /** It came to the server alone. */
  readonly unicast?: boolean;
  readonly options?: readonly (readonly [number, Uint8Array])[];
}

export function message(said: Said): DhcpPacket {
  const {
    kind = "discover",
    mac = "52:54:00:00:00:01",
    id,
    wish,
    server,
    ciaddr = "0.0.0.0",
    giaddr = "0.0.0.0",
  } = said;
  const options: [number, Uint8Array][] = [[OPTION.messageType, Uint8Array.of(MESSAGE[kind])]];
  if (id !== undefined) options.push([OPTION.clientId, Buffer.from(id)]);
  if (wish !== undefined) options.push([OPTION.requestedAddress, ipv4Bytes(wish)]);
  if (server !== undefined) options.push([OPTION.serverId, ipv4Bytes(server)]);
  const hardware = Uint8Array.from(mac.match(/[0-9a-f]+/g) ?? [], (digits) => Number.parseInt(digits, 16));
  return discover([...options, ...(said.options ?? [])], { hardware, ciaddr, giaddr, broadcast: false });
}

export class MemoryLeaseStore implements LeaseStore {
  readonly leases = new Map<number, Lease>();
  /** What a full disk says. */
  failure: Error | undefined;
  saves = 0;

  all(): Lease[] {
    return [...this.leases.values()];
  }
  save(leases: readonly Lease[]): void {
    if (this.failure) throw this.failure;
    this.saves++;
    for (const lease of leases) this.leases.set(lease.address, lease);
  }
  close(): void {}
}

/** A DHCP server at 10.0.0.1/24 whose clock and network are the test's. */
export class LeaseNetwork {
  readonly store = new MemoryLeaseStore();
  readonly events: LeaseEvent[] = [];
  readonly subnets;
  /** Computers that use an address without having asked. */
  readonly strangers = new Set<string>();
  now = 1_000_000;
  looks: string[] = [];
  server: LeaseServer;
  #sent: DhcpPacket[] = [];

  constructor(config: DhcpConfig | Readonly<Record<string, unknown>>) {
    const whole = "subnets" in config ? (config as DhcpConfig) : dhcpConfigOfFlags(config);
    this.subnets = planSubnets(whole, { here: [`${OWN}/24`] }, "the test");
    this.server = this.#start();
  }

  /** The process is killed and started again: what was not saved is gone. */
  kill(): void {
    this.#sent = [];
    this.server = this.#start();
  }

  /** What is answered, when all that was to be looked at and saved is. */
  async say(said: Said): Promise<DhcpPacket | undefined> {
    this.hear(said);
    await this.settle();
    return this.taken().at(-1);
  }

  hear(said: Said): boolean {
    return this.server.take(message(said), said.unicast ?? false);
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  taken(): DhcpPacket[] {
    return this.#sent.splice(0);
  }

  /** DISCOVER and REQUEST. @returns the address */
  async bind(said: Said): Promise<string | undefined> {
    const offer = await this.say(said);
    if (!offer) return undefined;
    const ack = await this.say({ ...said, kind: "request", wish: offer.yiaddr, server: OWN });
    return kindOf(ack) === "ack" ? ack?.yiaddr : undefined;
  }

  #start(): LeaseServer {
    // A process that is dead saves nothing, and nothing comes of it any more.
    const isDead = () => this.server !== server;
    const store: LeaseStore = {
      all: () => this.store.all(),
      save: (leases) => void (isDead() || this.store.save(leases)),
      close: () => {},
    };
    const book = new LeaseBook({
      store,
      onFailure: ({ message: reason }) => void this.events.push({ type: "not saved", reason }),
    });
    const server: LeaseServer = new LeaseServer({
      ...{ own: OWN, subnets: this.subnets, book },
      now: () => this.now,
      isInUse: async (address) => {
        this.looks.push(address);
        await new Promise((resolve) => setImmediate(resolve));
        return this.strangers.has(address) ? "a stranger" : undefined;
      },
      send: (reply) => void (isDead() || this.#sent.push(reply)),
      onEvent: (event) => void this.events.push(event),
    });
    return server;
  }
}

export function kindOf(packet: DhcpPacket | undefined): string | undefined {
  const code = packet?.options.get(OPTION.messageType)?.[0];
  return Object.entries(MESSAGE).find(([, value]) => value === code)?.[0];
}

export const addressIn = (packet: DhcpPacket | undefined, code: number): string | undefined =>
  ipv4In(packet?.options.get(code));
export const numberIn = (packet: DhcpPacket | undefined, code: number): number | undefined =>
  packet?.options.get(code)?.reduce((sum, byte) => sum * 256 + byte, 0);
