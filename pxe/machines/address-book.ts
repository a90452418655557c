import type { KnownBy } from "./entry.ts";

export interface Known {
  readonly mac: string;
  readonly by: KnownBy;
}

/** Addresses that are remembered; those that were learned first go first. */
const MOST = 65_536;
/** Milliseconds that one reading of the kernel's table serves. */
const FRESH = 1000;

/**
 * Which network card has an address: from leases that were given here, from what clients ask other DHCP servers for, else from the kernel's
 * neighbours. The last is right in the network of the interface alone: behind a router all have the router's card.
 */
export class AddressBook {
  readonly #known = new Map<string, Known>();
  readonly #neighbours: () => Promise<ReadonlyMap<string, string>>;
  readonly #isLocal: (address: string) => boolean;
  #heard: { readonly at: number; readonly table: Promise<ReadonlyMap<string, string>> } | undefined;

  /** @param isLocal whether an address is of the interface's own network */
  constructor(neighbours: () => Promise<ReadonlyMap<string, string>>, isLocal: (address: string) => boolean) {
    this.#neighbours = neighbours;
    this.#isLocal = isLocal;
  }

  learn(address: string, known: Known): void {
    // What a client wishes for is not known better than what was given here.
    const before = this.#known.get(address);
    if (before?.by === "lease" && known.by !== "lease" && before.mac === known.mac) return;
    this.#known.delete(address);
    this.#known.set(address, known);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value ?? "");
  }

  forget(address: string): void {
    this.#known.delete(address);
  }

  /** Undefined: it cannot be known. */
  async find(address: string): Promise<Known | undefined> {
    const known = this.#known.get(address);
    if (known || !this.#isLocal(address)) return known;
    if (!this.#heard || performance.now() - this.#heard.at > FRESH)
      this.#heard = { at: performance.now(), table: this.#neighbours().catch(() => new Map<string, string>()) };
    const mac = (await this.#heard.table).get(address);
    return mac === undefined ? undefined : { mac: mac.toLowerCase(), by: "arp" };
  }
}
