import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { openDeviceSocket } from "./device-socket.ts";
import { listenFailure, type Place } from "./listen-failure.ts";

/** Bytes that may wait to be read: Linux gives no more than `net.core.rmem_max`. Computers that are switched on together ask together. */
const ROOM = 4 << 20;

/**
 * A bound UDP socket. @param reuse several sockets of ours share the port (SO_REUSEADDR)
 * @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED
 */
export const bindUdp = (place: Omit<Place, "protocol">, reuse = false): Promise<Socket> =>
  bound(place, reuse, (socket) => socket.bind(place.port, place.address));

/** One that hears what comes in by one network card, whatever address it is sent to. @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
export const bindUdpOf = (device: string, place: Omit<Place, "protocol" | "address">, reuse = false): Promise<Socket> =>
  bound({ ...place, address: device }, reuse, (socket) =>
    socket.bind({ fd: openDeviceSocket(device, place.port, reuse) }),
  );

async function bound(place: Omit<Place, "protocol">, reuse: boolean, bind: (socket: Socket) => void): Promise<Socket> {
  const socket = createSocket({ type: "udp4", reuseAddr: reuse });
  try {
    const listening = once(socket, "listening");
    bind(socket);
    await listening;
    socket.setRecvBufferSize(ROOM);
    return socket;
  } catch (cause) {
    socket.close();
    throw await listenFailure({ ...place, protocol: "udp" }, cause as NodeJS.ErrnoException);
  }
}

export const closeUdp = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));
