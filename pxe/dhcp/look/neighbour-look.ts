import type { Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { bindUdp, closeUdp } from "../../net/bind-udp.ts";
import { forgetNeighbours, neighbours } from "../../net/neighbours.ts";

/** Milliseconds that a computer gets to answer; while others wait for their look; and between two readings of what the kernel has heard. */
const PATIENCE = 600;
const PATIENCE_IN_A_STORM = 300;
const PAUSE = 60;
/** Looks at the same time. Linux knows 1024 neighbours (gc_thresh3), and the server needs some for those that it answers. */
const MOST_AT_ONCE = 700;
/**
 * What is sent waits in the kernel until somebody answers, at the cost of its socket: 212992 bytes (wmem_default) are some 270
 * datagrams, and what is more is not sent, and asks nobody.
 */
const SOCKETS = 4;
/** RFC 863: what comes there is thrown away. */
const DISCARD = 9;

interface Look {
  readonly address: string;
  /** The hardware address of who may have it. */
  readonly own: string;
  readonly resolve: (user: string | undefined) => void;
  /** On the clock of `performance`; 0 while it waits. */
  began: number;
}

/**
 * Looks whether somebody in the network of the interface uses an address: a datagram makes the kernel ask by ARP, which no firewall hides
 * from, and its table of neighbours has the answer. That costs no program for each and no raw socket.
 */
export class NeighbourLook implements AsyncDisposable {
  readonly #device: string;
  readonly #sockets: readonly Socket[];
  readonly #running = new Set<Look>();
  #waiting: Look[] = [];
  #sent = 0;
  #isGoing = false;
  #isClosed = false;

  private constructor(device: string, sockets: readonly Socket[]) {
    this.#device = device;
    this.#sockets = sockets;
  }

  /** @param address of the device @throws PXE_SOCKET_FAILED */
  static async open(device: string, address: string): Promise<NeighbourLook> {
    const sockets: Socket[] = [];
    for (let i = 0; i < SOCKETS; i++) {
      const socket = await bindUdp({ service: "the DHCP server", address, port: 0 });
      // Refusals of what was sent come back as errors, and say nothing that is not in the table.
      socket.on("error", () => {});
      sockets.push(socket);
    }
    return new NeighbourLook(device, sockets);
  }

  /** @param own hardware address that may have it @returns that of somebody else who has it */
  ask(address: string, own: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push({ address, own, resolve, began: 0 });
      if (!this.#isGoing) void this.#go();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const { resolve } of [...this.#running, ...this.#waiting]) resolve(undefined);
    await Promise.all(this.#sockets.map(closeUdp));
  }

  /** One reading serves all that look: in a storm they are thousands. */
  async #go(): Promise<void> {
    this.#isGoing = true;
    while (!this.#isClosed && this.#running.size + this.#waiting.length > 0) {
      const table = await neighbours(this.#device);
      const over = this.#settle(table);
      // Whom nobody answers for, the kernel would keep for three seconds more: the next ones need the room.
      if (this.#waiting.length > 0) await forgetNeighbours(this.#device, over);
      await this.#begin(table);
      await sleep(PAUSE);
    }
    this.#isGoing = false;
  }

  /** @returns addresses that nobody answered for */
  #settle(table: ReadonlyMap<string, string>): string[] {
    const patience = this.#waiting.length > 0 ? PATIENCE_IN_A_STORM : PATIENCE;
    const now = performance.now();
    const over: string[] = [];
    for (const look of this.#running) {
      const user = table.get(look.address);
      if (user === undefined && now - look.began < patience) continue;
      if (user === undefined) over.push(look.address);
      this.#running.delete(look);
      look.resolve(user === look.own ? undefined : user);
    }
    return over;
  }

  async #begin(table: ReadonlyMap<string, string>): Promise<void> {
    const looks = this.#waiting.splice(0, MOST_AT_ONCE - this.#running.size);
    const { has, others } = Object.groupBy(looks, ({ address, own }) =>
      table.get(address) === own ? "has" : "others",
    );
    for (const { resolve } of has ?? []) resolve(undefined);
    // It may be who had the address until now, and is gone.
    const former = (others ?? []).map(({ address }) => address).filter((address) => table.has(address));
    for (const look of others ?? []) this.#running.add(look);
    await forgetNeighbours(this.#device, former);
    if (this.#isClosed) return;
    for (const look of others ?? []) {
      look.began = performance.now();
      this.#sockets[this.#sent++ % SOCKETS]?.send(new Uint8Array(1), DISCARD, look.address, () => {});
    }
  }
}
