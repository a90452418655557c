import { execFile } from "node:child_process";
import type { Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { bindUdp, closeUdp } from "../../net/bind-udp.ts";
import { forgetNeighbour, neighbours } from "../../net/neighbours.ts";
import type { InUse } from "../lease/lease-event.ts";

/** Milliseconds that a computer gets to answer, and between two looks at what the kernel has heard. */
const PATIENCE = 600;
const PAUSE = 60;
/** RFC 863: what comes there is thrown away. */
const DISCARD = 9;
/** Programs that ask computers behind relays at the same time. What is more is not asked: an offer must not wait. */
const MOST_PINGS = 32;

/**
 * Looks whether somebody uses an address before it is offered (RFC 2131, section 3.1). In the network of the interface a datagram makes
 * the kernel ask by ARP, which no firewall hides from, and its table of neighbours has the answer: that costs no program and no raw
 * socket. Behind relays it asks by ICMP echo. All looks go on at once.
 */
export class AddressLook implements AsyncDisposable {
  readonly #device: string;
  readonly #socket: Socket;
  #table: Promise<Map<string, string>> | undefined;
  #readAt = 0;
  #pings = 0;
  #isClosed = false;

  private constructor(device: string, socket: Socket) {
    this.#device = device;
    this.#socket = socket;
  }

  /** @throws PXE_SOCKET_FAILED */
  static async open(device: string, address: string): Promise<AddressLook> {
    const socket = await bindUdp({ service: "the DHCP server", address, port: 0 });
    // Refusals of what was sent come back as errors, and say nothing that is not in the table.
    socket.on("error", () => {});
    return new AddressLook(device, socket);
  }

  readonly isInUse: InUse = (address, { mac }, isLocal) =>
    isLocal ? this.#askNeighbours(address, mac) : this.#askFar(address);

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await closeUdp(this.#socket);
  }

  async #askNeighbours(address: string, own: string): Promise<string | undefined> {
    const before = (await this.#neighbours()).get(address);
    if (before === own) return undefined;
    // It may be who had the address until now, and is gone.
    if (before !== undefined) await forgetNeighbour(this.#device, address);
    if (this.#isClosed) return undefined;
    this.#socket.send(new Uint8Array(1), DISCARD, address, () => {});
    const end = performance.now() + PATIENCE;
    while (performance.now() < end) {
      await sleep(PAUSE + 1); // or the table would be the one of before
      const user = (await this.#neighbours()).get(address);
      if (user !== undefined) return user === own ? undefined : user;
    }
    return undefined;
  }

  /** One reading serves all that look within a pause: in a storm they are thousands. */
  #neighbours(): Promise<Map<string, string>> {
    const now = performance.now();
    if (!this.#table || now - this.#readAt >= PAUSE) {
      this.#readAt = now;
      this.#table = neighbours(this.#device);
    }
    return this.#table;
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
