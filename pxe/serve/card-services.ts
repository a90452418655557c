import type { RequestHandler } from "express";
import { type BootOffer, SCRIPT } from "../dhcp/boot-policy.ts";
import { DhcpService } from "../dhcp/dhcp-service.ts";
import type { LeaseBook } from "../dhcp/lease/lease-book.ts";
import { networkText, type Subnet } from "../dhcp/lease/subnet.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import { HttpServer } from "../http/server.ts";
import type { MenuGuard } from "../menu/guard.ts";
import type { Menus } from "../menu/menu.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import { menuRoutes } from "../menu/menu-routes.ts";
import { MenuService } from "../menu/menu-service.ts";
import { rangeText } from "../net/ipv4.ts";
import type { ServedRoot } from "../net/served-root.ts";
import { TftpServer } from "../tftp/server.ts";
import type { MachineRecords } from "./machine-records.ts";
import type { Card } from "./plan-cards.ts";
import type { PxeEvent } from "./pxe-event.ts";

/** What is given in one network. */
export interface GivenNetwork {
  /** "10.0.0.0/24" */
  readonly subnet: string;
  readonly pools: readonly string[];
  readonly reservations: number;
}

/** What is offered at one network card. */
export interface CardReady {
  readonly interface: string;
  readonly address: string;
  /** "192.0.2.1/24" */
  readonly cidr: string;
  /** "http://192.0.2.1", without a slash at its end. */
  readonly url: string;
  /** proxy: boot files only. */
  readonly dhcp: "none" | "proxy" | readonly GivenNetwork[];
  readonly tftpPort: number;
  readonly httpPort: number;
  /** The card or its address is gone for now. */
  readonly isLost?: true;
}

/** What the services of all cards have in common. */
export interface CommonServices {
  readonly root: ServedRoot;
  readonly files: Pick<BootOffer, "loaders" | "script">;
  readonly menus: Menus | undefined;
  readonly guard: MenuGuard | undefined;
  readonly records: MachineRecords | undefined;
  /** Asked before menus and files. */
  readonly routes: RequestHandler[];
  /** There where addresses are given. */
  readonly book: LeaseBook | undefined;
  readonly tell: (event: PxeEvent) => void;
}

export interface CardServices extends AsyncDisposable {
  readonly ready: CardReady;
}

/** Milliseconds that transfers get to end by themselves. */
const GRACE = 2000;

/**
 * Offers the folder at one network card: at its address, and under that address.
 * @param ports undefined: 69 and 80; 0: any that is free @param onFailure a service of the card cannot go on: PXE_SOCKET_FAILED
 * @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED
 */
export async function openCardServices(
  { own, dhcp }: Pick<Card, "own" | "dhcp">,
  { root, files, menus, guard, records, routes, book, tell }: CommonServices,
  ports: { readonly tftpPort?: number | undefined; readonly httpPort?: number | undefined },
  onFailure: (error: Error) => void,
): Promise<CardServices> {
  await using stack = new AsyncDisposableStack();
  const { address } = own;
  let url = "";
  const machineAt = async (client: string) => records?.machineAt(client);
  const onMenu = (event: MenuEvent) => tell({ service: "menu", event });
  const menu = menus && new MenuService({ menus, url: () => url, machineAt, onEvent: onMenu }, guard);
  const mayNotLoad = async (client: string, file: string) =>
    (await records?.mayNotLoad(client, file)) ?? menu?.mayNotLoad(client, file);
  const common = { root, address, onFailure, mayNotLoad };
  const onEvent = (event: HttpEvent) => tell({ service: "http", event });
  const http = stack.use(
    await HttpServer.open({
      ...{ ...common, port: ports.httpPort, onEvent },
      routes: [...routes, ...(menu ? [menuRoutes({ service: menu, mayNotLoad, onEvent })] : [])],
    }),
  );
  url = http.port === 80 ? `http://${address}` : `http://${address}:${http.port}`;
  const tftp = await TftpServer.open({
    ...{ ...common, port: ports.tftpPort },
    madeFile: menu && ((file, client) => menu.menuFile(file, client)),
    onEvent: (event) => tell({ service: "tftp", event }),
  });
  stack.defer(() => tftp.close(GRACE));
  // Last: computers ask for a file as soon as it is named to them.
  if (dhcp !== "none")
    stack.use(
      await DhcpService.open({
        ...{ offer: { ...offerOf(files, menus), address, url }, onFailure, refusal: records?.refusal },
        device: { name: own.device, mac: own.mac },
        leases: dhcp === "proxy" || !book ? undefined : { subnets: dhcp, book },
        onHeard: (packet) => records?.heard(packet, own.name),
        onEvent: (event) => tell({ service: "dhcp", event }),
      }),
    );
  const kept = stack.move();
  return {
    ready: {
      ...{ interface: own.name, address, cidr: own.cidr, url, tftpPort: tftp.port, httpPort: http.port },
      dhcp: typeof dhcp === "string" ? dhcp : dhcp.map(givenNetwork),
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** What computers are told to load: a menu of ours is in the place of the folder's script. */
export const offerOf = (files: CommonServices["files"], menus: Menus | undefined): CommonServices["files"] => ({
  ...files,
  ...(menus && { script: SCRIPT }),
});

const givenNetwork = (subnet: Subnet): GivenNetwork => ({
  subnet: networkText(subnet),
  pools: subnet.pools.map(rangeText),
  reservations: subnet.reservations.length,
});
