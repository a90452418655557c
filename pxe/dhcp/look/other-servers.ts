import { randomBytes } from "node:crypto";
import type { Socket } from "node:dgram";
import { bindUdp, closeUdp } from "../../net/bind-udp.ts";
import { ipv4In } from "../../net/ipv4.ts";
import { MESSAGE, OPTION } from "../options.ts";
import { type DhcpPacket, NO_ADDRESS, parseDhcp, serialiseDhcp } from "../packet.ts";

/** Milliseconds: between two questions, how long answers are waited for (dnsmasq looks at an address for 3 s first), and between two warnings of one server. */
const EVERY = 600_000;
const PATIENCE = 5000;
const SILENCE = 3_600_000;

export interface OtherServersOptions {
  /** Of this server's interface. */
  readonly address: string;
  readonly mac: string;
  /** False: another server is as it should be in the interface's network, and only those that clients of other networks choose count. */
  readonly isAsking: boolean;
  /** To port 67 of all. */
  readonly broadcast: (message: Uint8Array) => void;
  readonly onServer: (server: string, mac: string | undefined) => void;
}

/**
 * Knows which other DHCP servers answer in the network: it asks as a client would, at first and every ten minutes, and is told of those
 * that clients choose.
 */
export class OtherServers implements AsyncDisposable {
  readonly #options: OtherServersOptions;
  readonly #hardware: Uint8Array;
  readonly #told = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #transaction = 0;
  #ear: Promise<Socket | undefined> = Promise.resolve(undefined);
  #end: NodeJS.Timeout | undefined;

  constructor(options: OtherServersOptions) {
    this.#options = options;
    this.#hardware = Uint8Array.from(options.mac.split(":"), (digits) => Number.parseInt(digits, 16));
    if (!options.isAsking) return;
    this.#timer = setInterval(() => this.#ask(), EVERY);
    this.#ask();
  }

  /** Our own question, which comes back to us as all broadcasts do. */
  isQuestion({ transaction, hardware }: DhcpPacket): boolean {
    return transaction === this.#transaction && Buffer.compare(hardware, this.#hardware) === 0;
  }

  /** @param mac of the client that has chosen it */
  found(server: string, mac?: string): void {
    const now = performance.now();
    if (now - (this.#told.get(server) ?? Number.NEGATIVE_INFINITY) < SILENCE) return;
    // Who makes names of servers up gets no memory for them.
    if (this.#told.size >= 64) this.#told.clear();
    this.#told.set(server, now);
    this.#options.onServer(server, mac);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#close();
  }

  #ask(): void {
    this.#transaction = randomBytes(4).readUInt32BE();
    this.#ear = this.#listen();
    void this.#ear.then((ear) => {
      if (!ear) return;
      const question = serialiseDhcp(this.#question());
      if (question) this.#options.broadcast(question);
      this.#end = setTimeout(() => void this.#close(), PATIENCE);
    });
  }

  /** Undefined: a client of this machine has the port for itself, and what clients choose is all that can be known. */
  async #listen(): Promise<Socket | undefined> {
    const ear = await bindUdp({ service: "the DHCP server", address: "0.0.0.0", port: 68 }, true).catch(
      () => undefined,
    );
    ear?.on("error", () => {});
    ear?.on("message", (bytes) => this.#hear(bytes));
    return ear;
  }

  #hear(bytes: Buffer): void {
    // All that this server broadcasts comes here, too: in a storm thousands of messages that are not for us.
    if (bytes.length < 8 || bytes.readUInt32BE(4) !== this.#transaction) return;
    const packet = parseDhcp(bytes);
    if (packet?.op !== "reply" || packet.yiaddr === NO_ADDRESS) return;
    const server = ipv4In(packet.options.get(OPTION.serverId));
    if (server !== undefined && server !== this.#options.address) this.found(server);
  }

  async #close(): Promise<void> {
    const ear = await this.#ear;
    clearTimeout(this.#end);
    this.#ear = Promise.resolve(undefined);
    if (ear) await closeUdp(ear);
  }

  #question(): DhcpPacket {
    return {
      ...{ op: "request", hardwareType: 1, hardware: this.#hardware, hops: 0, transaction: this.#transaction },
      ...{
        seconds: 0,
        broadcast: true,
        ciaddr: NO_ADDRESS,
        yiaddr: NO_ADDRESS,
        siaddr: NO_ADDRESS,
        giaddr: NO_ADDRESS,
      },
      ...{ sname: "", file: "" },
      options: new Map([
        [OPTION.messageType, Uint8Array.of(MESSAGE.discover)],
        [OPTION.wanted, Uint8Array.of(OPTION.subnetMask, OPTION.router)],
      ]),
    };
  }
}
