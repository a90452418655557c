import { constants } from "node:os";
import { getSystemErrorName } from "node:util";
import { cInt, expectDone, libc, socketAddress, udpSocket } from "./libc.ts";

/** Linux, <linux/udp.h>, <bits/socket.h>. */
const SOL_UDP = 17;
const UDP_SEGMENT = 103;

/** The kernel takes no more in one call: of UDP over IPv4 in bytes, and in packets (UDP_MAX_SEGMENTS). */
const MOST_BYTES = 65_507;
const MOST_SEGMENTS = 64;

/** "full": what is sent now has no room, and will have some. "gone": nothing listens at the other end. Else the name of an error. */
export type SendResult = "sent" | "full" | "gone" | (string & {});

/**
 * A UDP socket that hears one client alone, for threads that wait for many (`Epoll`): without Node's loop, memory and copies for each packet,
 * which take most of the time where each packet is waited for. Several packets are sent by one call, and cut by the kernel or the network
 * card (UDP_SEGMENT, udp(7)).
 */
export class ConnectedSocket implements Disposable {
  readonly fd: number;
  readonly #libc = libc();
  readonly #segment: number;
  #mostAtOnce: number;
  #isCutting = false;

  /**
   * @param address of this machine, to send from @param segment bytes of a packet where several are sent at once
   * @param window packets that are sent before an answer
   * @throws NodeJS.ErrnoException
   */
  constructor(
    address: string,
    client: { readonly address: string; readonly port: number },
    segment: number,
    window: number,
  ) {
    const { bind, connect, close } = this.#libc;
    this.fd = udpSocket();
    this.#segment = segment;
    this.#mostAtOnce = Math.max(1, Math.min(window, MOST_SEGMENTS, Math.floor(MOST_BYTES / segment)));
    try {
      expectDone("bind", bind(this.fd, socketAddress(address, 0), 16));
      // The kernel then keeps away what others send to this port, and tells when nothing listens there any more.
      expectDone("connect", connect(this.fd, socketAddress(client.address, client.port), 16));
    } catch (error) {
      close(this.fd);
      throw error;
    }
  }

  /** Packets that `sendWindow` takes at once. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  send(packet: Uint8Array): SendResult {
    if (this.#isCutting) this.#cut(0); // or the kernel would cut this one, too
    return this.#write(packet);
  }

  /** @param packets no more than `mostAtOnce`, each of the length of a segment, the last one of no more */
  sendWindow(packets: Uint8Array): SendResult {
    if (this.#mostAtOnce === 1) return this.send(packets);
    if (!this.#isCutting) this.#cut(this.#segment);
    if (this.#isCutting) {
      const result = this.#write(packets);
      if (result === "sent" || result === "full" || result === "gone") return result;
    }
    // A kernel that does not know it, packets that the cable does not take whole, a network card that cannot: then one by one.
    this.#mostAtOnce = 1;
    for (let at = 0; at < packets.length; at += this.#segment) {
      const one = this.send(packets.subarray(at, at + this.#segment));
      if (one !== "sent") return one;
    }
    return "sent";
  }

  /** @returns bytes of a packet, or why there is none */
  receive(into: Uint8Array): number | "empty" | "gone" {
    const bytes = this.#libc.read(this.fd, into, into.length);
    if (bytes >= 0) return bytes;
    return nameOf(this.#libc.errno()) === "gone" ? "gone" : "empty";
  }

  [Symbol.dispose](): void {
    this.#libc.close(this.fd);
  }

  #write(bytes: Uint8Array): SendResult {
    return this.#libc.write(this.fd, bytes, bytes.length) >= 0 ? "sent" : nameOf(this.#libc.errno());
  }

  /** Kernels before 4.18 do not know it. @param segment bytes; 0: no cutting */
  #cut(segment: number): void {
    this.#isCutting = this.#libc.setsockopt(this.fd, SOL_UDP, UDP_SEGMENT, cInt(segment), 4) === 0 && segment > 0;
  }
}

function nameOf(errno: number): SendResult {
  if (errno === constants.errno.EAGAIN) return "full";
  return errno === constants.errno.ECONNREFUSED ? "gone" : getSystemErrorName(-errno);
}
