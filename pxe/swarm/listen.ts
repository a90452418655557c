import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { listenFailure } from "../net/listen-failure.ts";

/** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
export async function listen(app: RequestListener, service: string, address: string, port: number): Promise<Server> {
  const server = createServer(app);
  try {
    server.listen(port, address);
    await once(server, "listening");
    return server;
  } catch (cause) {
    throw await listenFailure({ service, protocol: "tcp", address, port }, cause as NodeJS.ErrnoException);
  }
}

export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
