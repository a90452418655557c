import { ipv4Number, isWithin } from "../net/ipv4.ts";
import { type BootOffer, bootFileFor } from "./boot-policy.ts";
import { type BootRequest, bootRequestOf, mostBytes } from "./boot-request.ts";
import { DhcpPorts, type Heard } from "./dhcp-ports.ts";
import type { LeaseBook } from "./lease/lease-book.ts";
import type { LeaseEvent } from "./lease/lease-event.ts";
import { LeaseServer } from "./lease/lease-server.ts";
import type { Subnet } from "./lease/subnet.ts";
import { AddressLook } from "./look/address-look.ts";
import { OtherServers } from "./look/other-servers.ts";
import { MESSAGE, OPTION } from "./options.ts";
import { type DhcpPacket, serialiseDhcp } from "./packet.ts";
import { bootPart, proxyReply, replyTarget } from "./proxy-reply.ts";

/** What happened to a message of a computer that wants to start. */
export type BootEvent = { readonly request: BootRequest; readonly port: 67 | 4011 } & (
  | { readonly type: "answered"; readonly file: string }
  | { readonly type: "passed over"; readonly reason: string }
);
export type DhcpEvent = BootEvent | LeaseEvent;

/** Where addresses are given out, and where that is kept. */
export interface Leases {
  readonly subnets: readonly Subnet[];
  readonly book: LeaseBook;
}

export interface DhcpServiceOptions {
  readonly offer: BootOffer;
  /** The network card that has the offer's address: it answers questions that come in by this one, and no others. */
  readonly device: { readonly name: string; readonly mac: string };
  /** Undefined: no address is ever given to anybody. */
  readonly leases?: Leases | undefined;
  /** Each message of a client, before anything is done with it. */
  readonly onHeard?: ((packet: DhcpPacket) => void) | undefined;
  /** Why a client is told of no file, though there is one. */
  readonly refusal?: ((request: BootRequest) => string | undefined) | undefined;
  readonly onEvent?: ((event: DhcpEvent) => void) | undefined;
  /** The service cannot go on: PXE_SOCKET_FAILED. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/**
 * Names the boot file to computers that start from the network: with their address in networks where this server gives addresses, and
 * beside the DHCP server that does, everywhere else (proxyDHCP).
 */
export class DhcpService implements AsyncDisposable {
  readonly #options: DhcpServiceOptions;
  readonly #stack = new AsyncDisposableStack();
  #ports: DhcpPorts | undefined;
  #leases: LeaseServer | undefined;
  #others: OtherServers | undefined;

  private constructor(options: DhcpServiceOptions) {
    this.#options = options;
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED, PXE_STATE_FAILED */
  static async open(options: DhcpServiceOptions): Promise<DhcpService> {
    const service = new DhcpService(options);
    try {
      await service.#open();
      return service;
    } catch (error) {
      await service.#stack.disposeAsync();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #open(): Promise<void> {
    const { offer, device, leases, onFailure } = this.#options;
    const { address } = offer;
    if (leases) await this.#openLeases(leases);
    this.#ports = this.#stack.use(
      await DhcpPorts.open({ address, device: device.name, onFailure, onMessage: (heard) => this.#take(heard) }),
    );
    // Sockets go first, and then what still waits for its lease to be saved is sent to nobody.
    this.#stack.defer(() => {
      this.#ports = undefined;
    });
    if (leases) this.#others = this.#stack.use(this.#openOthers(leases));
  }

  async #openLeases({ subnets, book }: Leases): Promise<void> {
    const { offer, device } = this.#options;
    const look = this.#stack.use(await AddressLook.open(device.name, offer.address));
    this.#stack.defer(() => this.#leases?.close());
    const began = Date.now() / 1000 - performance.now() / 1000;
    this.#leases = new LeaseServer({
      ...{ own: offer.address, subnets, book, isInUse: look.isInUse },
      // A clock that is set while it runs must neither end nor prolong what clients count themselves.
      now: () => began + performance.now() / 1000,
      send: (reply, request) => this.#sendLease(reply, request),
      onEvent: (event) => {
        if (event.type === "other server") this.#others?.found(event.server, event.mac);
        else this.#tell(event);
      },
    });
  }

  #openOthers({ subnets }: Leases): OtherServers {
    const { offer, device } = this.#options;
    return new OtherServers({
      isAsking: subnets.some((one) => isWithin(one, ipv4Number(offer.address))),
      ...{ address: offer.address, mac: device.mac },
      broadcast: (message) => this.#ports?.send(message, 67, { address: "255.255.255.255", port: 67 }),
      onServer: (server, mac) => this.#tell({ type: "other server", server, mac }),
    });
  }

  #take(heard: Heard): void {
    const { packet, port, isUnicast } = heard;
    if (this.#others?.isQuestion(packet)) return;
    this.#options.onHeard?.(packet);
    if (port === 67 && this.#leases?.take(packet, isUnicast)) return;
    this.#answerAsProxy(heard);
  }

  /** An answer that gives an address, with what its client starts from. */
  #sendLease(reply: DhcpPacket, packet: DhcpPacket): void {
    const request = bootRequestOf(packet);
    const kind = reply.options.get(OPTION.messageType)?.[0];
    const boot = request && kind !== MESSAGE.nak ? this.#bootFor(request) : undefined;
    const whole =
      request && typeof boot === "object"
        ? withBoot(reply, bootPart(packet, request, this.#options.offer, boot.file))
        : reply;
    const message = serialiseDhcp(whole, mostBytes(packet));
    if (message) this.#ports?.send(message, 67, replyTarget(whole, { address: "0.0.0.0", port: 68 }, 67));
    if (!request || boot === undefined || (message && kind !== MESSAGE.offer)) return;
    if (!message) this.#tell({ type: "passed over", request, port: 67, reason: TOO_LONG });
    else if (typeof boot === "string") this.#tell({ type: "passed over", request, port: 67, reason: boot });
    else this.#tell({ type: "answered", request, port: 67, file: boot.file });
  }

  #answerAsProxy({ packet, from, port }: Heard): void {
    const { offer } = this.#options;
    const request = bootRequestOf(packet);
    if (!request) return;
    const boot = this.#bootFor(request);
    // What is not for us is no event either: a request for an address that somebody else has offered.
    const reply = proxyReply(packet, request, offer, typeof boot === "string" ? "" : boot.file, port);
    if (!reply) return;
    if (typeof boot === "string") {
      this.#tell({ type: "passed over", request, port, reason: boot });
      return;
    }
    const message = serialiseDhcp(reply, request.most);
    if (!message) {
      this.#tell({ type: "passed over", request, port, reason: TOO_LONG });
      return;
    }
    this.#ports?.send(message, port, replyTarget(packet, from, port));
    this.#tell({ type: "answered", request, port, file: boot.file });
  }

  #bootFor(request: BootRequest): { readonly file: string } | string {
    return this.#options.refusal?.(request) ?? bootFileFor(request, this.#options.offer);
  }

  #tell(event: DhcpEvent): void {
    this.#options.onEvent?.(event);
  }
}

const TOO_LONG = "the answer does not fit into its message";

const withBoot = (reply: DhcpPacket, boot: ReturnType<typeof bootPart>): DhcpPacket => ({
  ...{ ...reply, siaddr: boot.siaddr, file: boot.file },
  options: new Map([...reply.options, ...boot.options]),
});
