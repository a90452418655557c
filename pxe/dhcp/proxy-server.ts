import type { RemoteInfo, Socket } from "node:dgram";
import { bindUdp, closeUdp } from "../net/bind-udp.ts";
import { socketFailure } from "../net/listen-failure.ts";
import { type BootOffer, bootFileFor, type NoBoot } from "./boot-policy.ts";
import { type BootRequest, bootRequestOf } from "./boot-request.ts";
import { parseDhcp, serialiseDhcp } from "./packet.ts";
import { proxyReply, replyTarget } from "./proxy-reply.ts";

/** What happened to a message of a computer that wants to start. */
export type ProxyEvent = { readonly request: BootRequest; readonly port: 67 | 4011 } & (
  | { readonly type: "answered"; readonly file: string }
  | { readonly type: "passed over"; readonly reason: NoBoot | "the answer does not fit into its message" }
);

export interface ProxyOptions {
  readonly offer: BootOffer;
  readonly onEvent?: ((event: ProxyEvent) => void) | undefined;
  /** The server cannot go on: PXE_SOCKET_FAILED. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

const PORTS = [67, 4011] as const;

/**
 * Names the boot file to computers that start from the network, beside the DHCP server that gives them addresses.
 * Each port has two sockets: one hears broadcasts, at 0.0.0.0, the other one speaks, from the address of the interface. What
 * the first would send to 255.255.255.255 goes out nowhere on a machine without a default route.
 */
export class ProxyDhcpServer implements AsyncDisposable {
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
  static async open(options: ProxyOptions): Promise<ProxyDhcpServer> {
    const sockets: Socket[] = [];
    try {
      for (const port of PORTS) {
        await expectFree(port);
        const speaker = await bound(options.offer.address, port, options);
        sockets.push(speaker);
        const listener = await bound("0.0.0.0", port, options);
        sockets.push(listener);
        speaker.setBroadcast(true);
        const take = (packet: Buffer, from: RemoteInfo) => answer(packet, from, { options, port, speaker });
        speaker.on("message", take);
        listener.on("message", take);
      }
      return new ProxyDhcpServer(sockets);
    } catch (error) {
      await Promise.all(sockets.map(closeUdp));
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sockets.map(closeUdp));
  }
}

const SERVICE = "the proxyDHCP server";

/** Sockets that share a port would also share it with a DHCP server that allows it, and one of the two would hear nothing. */
async function expectFree(port: number): Promise<void> {
  await closeUdp(await bindUdp({ service: SERVICE, address: "0.0.0.0", port }));
}

async function bound(address: string, port: number, { onFailure }: ProxyOptions): Promise<Socket> {
  const socket = await bindUdp({ service: SERVICE, address, port }, true);
  const place = { service: SERVICE, protocol: "udp", address, port } as const;
  socket.on("error", (error) => onFailure?.(socketFailure(place, error)));
  return socket;
}

interface Ear {
  readonly options: ProxyOptions;
  readonly port: 67 | 4011;
  readonly speaker: Socket;
}

function answer(bytes: Buffer, from: RemoteInfo, { options, port, speaker }: Ear): void {
  const packet = parseDhcp(bytes);
  const request = packet && bootRequestOf(packet);
  if (!request || from.port === 0) return;
  const { offer, onEvent } = options;
  const boot = bootFileFor(request, offer);
  // What is not for us is no event either: a request for an address that somebody else has offered.
  const reply = proxyReply(packet, request, offer, typeof boot === "string" ? "" : boot.file, port);
  if (!reply) return;
  if (typeof boot === "string") {
    onEvent?.({ type: "passed over", request, port, reason: boot });
    return;
  }
  const message = serialiseDhcp(reply, request.most);
  if (!message) {
    onEvent?.({ type: "passed over", request, port, reason: "the answer does not fit into its message" });
    return;
  }
  const to = replyTarget(packet, from, port);
  // A route that is away for a moment: the client asks again.
  speaker.send(message, to.port, to.address, () => {});
  onEvent?.({ type: "answered", request, port, file: boot.file });
}
