import { createSocket } from "node:dgram";
import { once } from "node:events";
import { socketFailure } from "./listen-failure.ts";

/** The address of this computer that another one sees: what the kernel would send from. Nothing is sent. @throws PXE_SOCKET_FAILED */
export async function addressTowards(host: string): Promise<string> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  try {
    socket.connect(9, host); // "discard": any port does
    await once(socket, "connect");
    return socket.address().address;
  } catch (cause) {
    throw socketFailure({ service: "the way to the server", protocol: "udp", address: host, port: 0 }, cause as Error);
  } finally {
    socket.close();
  }
}
