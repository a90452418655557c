import { execFile } from "node:child_process";
import type { InUse } from "../lease/lease-event.ts";
import { NeighbourLook } from "./neighbour-look.ts";

/** Programs that ask computers behind relays at the same time. What is more is not asked: an offer must not wait. */
const MOST_PINGS = 32;

/**
 * Looks whether somebody uses an address before it is offered (RFC 2131, section 3.1): in the network of the interface by ARP, behind
 * relays by ICMP echo.
 */
export class AddressLook implements AsyncDisposable {
  readonly #near: NeighbourLook;
  #pings = 0;

  private constructor(near: NeighbourLook) {
    this.#near = near;
  }

  /** @throws PXE_SOCKET_FAILED */
  static async open(device: string, address: string): Promise<AddressLook> {
    return new AddressLook(await NeighbourLook.open(device, address));
  }

  readonly isInUse: InUse = (address, { mac }, isLocal) =>
    isLocal ? this.#near.ask(address, mac) : this.#askFar(address);

  [Symbol.asyncDispose](): Promise<void> {
    return this.#near[Symbol.asyncDispose]();
  }

  #askFar(address: string): Promise<string | undefined> {
    if (this.#pings >= MOST_PINGS) return Promise.resolve(undefined);
    this.#pings++;
    return new Promise((resolve) => {
      execFile("ping", ["-n", "-q", "-c", "1", "-W", "1", address], { timeout: 3000 }, (error) => {
        this.#pings--;
        resolve(error ? undefined : "it answers a ping");
      });
    });
  }
}
