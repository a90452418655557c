import { createSocket } from "node:dgram";
import { once } from "node:events";
import { LifeboatError } from "#base/errors.ts";

/** 9 is what most programs use; cards look at the content alone, in whatever packet it comes. */
const PORT = 9;

/** Six bytes 0xff, then the hardware address sixteen times (AMD, Magic Packet Technology, publication 20213). */
export function magicPacket(mac: string): Uint8Array {
  const hardware = Uint8Array.from(mac.split(":"), (digits) => Number.parseInt(digits, 16));
  if (hardware.length !== 6 || hardware.some(Number.isNaN)) throw new TypeError(`${mac} is no MAC`);
  return Buffer.concat([new Uint8Array(6).fill(0xff), ...Array<Uint8Array>(16).fill(hardware)]);
}

/**
 * Wakes computers by broadcast. Whether one of them hears it cannot be known from here.
 * @param from address of the interface to send on; a broadcast from no address goes out on one that the routes choose, if any
 * @throws PXE_SOCKET_FAILED
 */
export async function wake(macs: readonly string[], from: string, to = "255.255.255.255"): Promise<void> {
  const socket = createSocket("udp4");
  const closed = once(socket, "close");
  try {
    const listening = once(socket, "listening");
    socket.bind(0, from);
    await listening;
    socket.setBroadcast(true);
    for (const mac of macs) await sent(socket, magicPacket(mac), to);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new LifeboatError(
      "PXE_SOCKET_FAILED",
      { service: "wake-on-LAN", address: from, port: PORT, reason },
      { cause },
    );
  } finally {
    socket.close();
    await closed;
  }
}

const sent = (socket: ReturnType<typeof createSocket>, packet: Uint8Array, to: string): Promise<void> =>
  new Promise((resolve, reject) => socket.send(packet, PORT, to, (error) => (error ? reject(error) : resolve())));
