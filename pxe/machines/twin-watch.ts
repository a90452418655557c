import type { BootRequest } from "../dhcp/boot-request.ts";
import type { Known } from "./address-book.ts";
import { usableUuid } from "./usable-uuid.ts";

/** UUIDs that are watched. */
const MOST = 10_000;

interface Asked {
  readonly mac: string;
  readonly at: number;
}

/**
 * Finds boards that have one UUID. Firmware tries its network cards one after the other: once the second one asks, the first one loads
 * nothing any more, unless it asks again. Where it does, they are in two machines. iPXE, which may use several cards at once, proves nothing.
 */
export class TwinWatch {
  readonly #byUuid = new Map<string, Map<string, number>>();
  readonly #uuidOf = new Map<string, string>();
  readonly #onTwin: (mac: string) => void;

  /** @param onTwin this card is in another machine than those with its UUID that were seen before */
  constructor(onTwin: (mac: string) => void) {
    this.#onTwin = onTwin;
  }

  /** @param at milliseconds */
  asked({ mac, uuid: text, ipxe }: BootRequest, at: number): void {
    const uuid = usableUuid(text);
    if (uuid === undefined || ipxe) return;
    const asked = this.#byUuid.get(uuid) ?? new Map<string, number>();
    asked.set(mac, at);
    this.#byUuid.delete(uuid);
    this.#byUuid.set(uuid, asked);
    this.#uuidOf.set(mac, uuid);
    if (this.#byUuid.size > MOST) this.#drop(this.#byUuid.keys().next().value ?? "");
  }

  /** @param since when it began: milliseconds */
  loads({ mac, by }: Known, since: number): void {
    const uuid = this.#uuidOf.get(mac);
    if (uuid === undefined || by === "arp") return;
    const asked = this.#byUuid.get(uuid) ?? new Map<string, number>();
    const own = asked.get(mac);
    const later: Asked[] = [...asked].map(([other, at]) => ({ mac: other, at })).filter((one) => one.mac !== mac);
    for (const other of later) {
      if (own === undefined || other.at <= own || other.at >= since) continue;
      asked.delete(other.mac);
      this.#uuidOf.delete(other.mac);
      this.#onTwin(other.mac);
    }
  }

  #drop(uuid: string): void {
    for (const mac of this.#byUuid.get(uuid)?.keys() ?? []) this.#uuidOf.delete(mac);
    this.#byUuid.delete(uuid);
  }
}
