import { LifeboatError } from "#base/errors.ts";
import type { BootOffer } from "../dhcp/boot-policy.ts";
import { ProxyDhcpServer, type ProxyEvent } from "../dhcp/proxy-server.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import { HttpServer } from "../http/server.ts";
import { ServedRoot } from "../net/served-root.ts";
import type { TftpEvent } from "../tftp/events.ts";
import { TftpServer } from "../tftp/server.ts";
import { bootFiles } from "./boot-files.ts";
import { ownAddress } from "./own-address.ts";

export type PxeEvent =
  | { readonly service: "dhcp"; readonly event: ProxyEvent }
  | { readonly service: "tftp"; readonly event: TftpEvent }
  | { readonly service: "http"; readonly event: HttpEvent };

export interface PxeRequest {
  /** Folder, as `lifeboat media pxe` makes it. */
  readonly root: string;
  /** Name or IPv4 address of the interface that computers start from. */
  readonly interface: string;
  /** 69 and 80 when absent; 0: any that is free. */
  readonly tftpPort?: number | undefined;
  readonly httpPort?: number | undefined;
  /** False: DHCP is somebody else's, who names the files himself. */
  readonly proxyDhcp: boolean;
  readonly onReady: (ready: PxeReady) => void;
  readonly onEvent: (event: PxeEvent) => void;
}

export interface PxeReady extends BootOffer {
  readonly tftpPort: number;
  readonly httpPort: number;
}

/** Milliseconds that transfers get to end by themselves. */
const GRACE = 2000;

/**
 * Offers a folder to computers that start from the network, beside the DHCP server that they get their addresses from, until
 * the signal ends it. @throws PXE_ROOT_MISSING, PXE_ADDRESS_UNKNOWN, PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED
 */
export async function servePxe(request: PxeRequest, signal: AbortSignal): Promise<void> {
  const address = ownAddress(request.interface);
  const root = await ServedRoot.open(request.root);
  const files = await bootFiles(root);
  if (Object.keys(files.loaders).length === 0 && files.script === undefined)
    throw new LifeboatError("PXE_ROOT_MISSING", { root: root.path, reason: "it has no file that starts a computer" });
  const over = Promise.withResolvers<void>();
  const common = { root, address, onFailure: over.reject };
  await using stack = new AsyncDisposableStack();
  const http = stack.use(
    await HttpServer.open({
      ...{ ...common, port: request.httpPort },
      onEvent: (event) => request.onEvent({ service: "http", event }),
    }),
  );
  const tftp = await TftpServer.open({
    ...{ ...common, port: request.tftpPort },
    onEvent: (event) => request.onEvent({ service: "tftp", event }),
  });
  stack.defer(() => tftp.close(GRACE));
  const offer = { ...files, address, url: http.port === 80 ? `http://${address}` : `http://${address}:${http.port}` };
  // Last: computers ask for a file as soon as it is named to them.
  if (request.proxyDhcp)
    stack.use(
      await ProxyDhcpServer.open({
        ...{ offer, onFailure: over.reject },
        onEvent: (event) => request.onEvent({ service: "dhcp", event }),
      }),
    );
  const stop = () => over.resolve();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    request.onReady({ ...offer, tftpPort: tftp.port, httpPort: http.port });
    await over.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
