import type { RemoteInfo, Socket } from "node:dgram";
import { bindUdp, bindUdpOf, closeUdp } from "../net/bind-udp.ts";
import { socketFailure } from "../net/listen-failure.ts";
import { type DhcpPacket, parseDhcp } from "./packet.ts";

const PORTS = [67, 4011] as const;
export type DhcpPort = (typeof PORTS)[number];

/** A message that came. */
export interface Heard {
  readonly packet: DhcpPacket;
  readonly from: RemoteInfo;
  readonly port: DhcpPort;
  /** It came to the address of the interface, and to nobody else. */
  readonly isUnicast: boolean;
}

export interface DhcpPortsOptions {
  /** Of the interface. */
  readonly address: string;
  /** The network card that it is of. */
  readonly device: string;
  readonly onMessage: (heard: Heard) => void;
  /** The server cannot go on: PXE_SOCKET_FAILED. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/**
 * The ports of a DHCP server in the network of one card, two sockets each: one hears broadcasts that come in by the card, the other one
 * speaks, from the address of the interface, and hears what is sent to that. What the first would send to 255.255.255.255 goes out nowhere
 * on a machine without a default route; what the second sends goes out on the interface that has its address. What relays and clients send
 * to that address may come in by any card, as the routes are.
 */
export class DhcpPorts implements AsyncDisposable {
  readonly #sockets: readonly Socket[];
  readonly #speakers: ReadonlyMap<DhcpPort, Socket>;

  private constructor(sockets: readonly Socket[], speakers: ReadonlyMap<DhcpPort, Socket>) {
    this.#sockets = sockets;
    this.#speakers = speakers;
  }

  /** `expectDhcpFree` comes first, once for all cards. @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
  static async open(options: DhcpPortsOptions): Promise<DhcpPorts> {
    const sockets: Socket[] = [];
    const speakers = new Map<DhcpPort, Socket>();
    try {
      for (const port of PORTS) {
        for (const isUnicast of [true, false]) {
          const socket = await bound(options, port, isUnicast);
          sockets.push(socket);
          if (isUnicast) speakers.set(port, socket);
          socket.on("message", (bytes, from) => {
            const packet = from.port === 0 ? undefined : parseDhcp(bytes);
            if (packet) options.onMessage({ packet, from, port, isUnicast });
          });
        }
        speakers.get(port)?.setBroadcast(true);
      }
      return new DhcpPorts(sockets, speakers);
    } catch (error) {
      await Promise.all(sockets.map(closeUdp));
      throw error;
    }
  }

  /** From the same port of the interface's address. A route that is away for a moment: the client asks again. */
  send(message: Uint8Array, from: DhcpPort, to: { readonly address: string; readonly port: number }): void {
    this.#speakers.get(from)?.send(message, to.port, to.address, () => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sockets.map(closeUdp));
  }
}

const SERVICE = "the DHCP service";

/**
 * Sockets that share a port would also share it with a DHCP server that allows it, and one of the two would hear nothing.
 * @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED
 */
export async function expectDhcpFree(devices: readonly string[]): Promise<void> {
  for (const device of devices)
    for (const port of PORTS) await closeUdp(await bindUdpOf(device, { service: SERVICE, port }));
}

async function bound(
  { address, device, onFailure }: DhcpPortsOptions,
  port: DhcpPort,
  isUnicast: boolean,
): Promise<Socket> {
  const place = { service: SERVICE, protocol: "udp", address: isUnicast ? address : device, port } as const;
  const socket = isUnicast ? await bindUdp(place, true) : await bindUdpOf(device, place, true);
  socket.on("error", (error) => onFailure?.(socketFailure(place, error)));
  return socket;
}
