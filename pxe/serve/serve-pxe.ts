import { LifeboatError } from "#base/errors.ts";
import { type BootOffer, SCRIPT } from "../dhcp/boot-policy.ts";
import { type DhcpEvent, DhcpService } from "../dhcp/dhcp-service.ts";
import { planSubnets } from "../dhcp/lease/plan-subnets.ts";
import { openLeaseStore } from "../dhcp/lease/sqlite-lease-store.ts";
import { networkText, type Subnet } from "../dhcp/lease/subnet.ts";
import type { DhcpConfig } from "../dhcp/lease/subnet-config.ts";
import { type FleetService, openFleetService } from "../fleet/fleet-service.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import { HttpServer } from "../http/server.ts";
import type { Menus } from "../menu/menu.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import { menuRoutes } from "../menu/menu-routes.ts";
import { MenuService } from "../menu/menu-service.ts";
import { readMenus } from "../menu/plan-menus.ts";
import { rangeText } from "../net/ipv4.ts";
import { ServedRoot } from "../net/served-root.ts";
import { PieceHashes } from "../swarm/piece-hashes.ts";
import { Tracker } from "../swarm/tracker.ts";
import { trackerRoutes } from "../swarm/tracker-routes.ts";
import type { TftpEvent } from "../tftp/events.ts";
import { TftpServer } from "../tftp/server.ts";
import { bootFiles } from "./boot-files.ts";
import { type MachineOptions, type MachineRecords, openMachineRecords } from "./machine-records.ts";
import { ownInterface } from "./own-interface.ts";
import { reportRoute } from "./report-route.ts";

export type PxeEvent =
  | { readonly service: "dhcp"; readonly event: DhcpEvent }
  | { readonly service: "tftp"; readonly event: TftpEvent }
  | { readonly service: "http"; readonly event: HttpEvent }
  | { readonly service: "menu"; readonly event: MenuEvent };

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
  /** Addresses that are given out. Undefined: none, ever. */
  readonly dhcp?: AddressesToGive | undefined;
  /** What computers of a swarm know each other by. Undefined: each loads all from here. */
  readonly swarmToken?: string | undefined;
  /** A file with what computers may choose from. Undefined: the menus of the folder, as they are. */
  readonly menu?: string | undefined;
  /** Undefined: nothing is kept of who asks, and everybody gets boot files. */
  readonly machines?: MachineOptions | undefined;
  /** File of the key that orders are signed with, which is made where there is none. Undefined: no deployments. Needs `machines`. */
  readonly ordersKey?: string | undefined;
  /** A deployment, or a machine of one, is another than before. */
  readonly onDeployments?: (() => void) | undefined;
  /** What is recorded of machines cannot be saved for now. */
  readonly onTrouble?: ((error: Error) => void) | undefined;
  readonly onReady: (ready: PxeReady) => void;
  readonly onEvent: (event: PxeEvent) => void;
}

export interface AddressesToGive {
  readonly config: DhcpConfig;
  /** Where the configuration comes from, for people. */
  readonly source: string;
  /** File of the leases. */
  readonly leases: string;
}

/** What is given in one network. */
export interface GivenNetwork {
  /** "10.0.0.0/24" */
  readonly subnet: string;
  readonly pools: readonly string[];
  readonly reservations: number;
}

export interface PxeReady extends BootOffer {
  /** proxy: boot files only. */
  readonly dhcp: "none" | "proxy" | readonly GivenNetwork[];
  readonly tftpPort: number;
  readonly httpPort: number;
  readonly menu?: MenuSummary | undefined;
  /** Of deployments: what machines are told as `lifeboat.orders`. */
  readonly ordersKey?: string;
}

/** What a menu file has. */
export interface MenuSummary {
  readonly file: string;
  /** Titles, in their order, and which GRUB does not show. */
  readonly entries: readonly { readonly title: string; readonly isForGrub: boolean; readonly hasPassword: boolean }[];
  /** Menus of groups and machines. */
  readonly special: number;
}

/** Milliseconds that transfers get to end by themselves. */
const GRACE = 2000;

/**
 * Offers a folder to computers that start from the network, with addresses or beside the DHCP server that they get theirs from,
 * until the signal ends it. All that can be wrong with what was asked for is found before anything is opened.
 * @throws PXE_ROOT_MISSING, PXE_ADDRESS_UNKNOWN, PXE_DHCP_INVALID, PXE_MENU_INVALID, PXE_STATE_FAILED, PXE_PORT_TAKEN, PXE_PORT_DENIED,
 * PXE_SOCKET_FAILED, PXE_MACHINES_FAILED, PXE_KEY_FAILED
 */
export async function servePxe(request: PxeRequest, signal: AbortSignal): Promise<void> {
  const own = ownInterface(request.interface);
  const { address } = own;
  const { dhcp } = request;
  const subnets = dhcp && planSubnets(dhcp.config, own.cidr, dhcp.source);
  const root = await ServedRoot.open(request.root);
  const menus = request.menu === undefined ? undefined : await readMenus(request.menu, root);
  const files = await bootFiles(root, menus?.loader);
  if (Object.keys(files.loaders).length === 0 && files.script === undefined)
    throw new LifeboatError("PXE_ROOT_MISSING", { root: root.path, reason: "it has no file that starts a computer" });
  const over = Promise.withResolvers<void>();
  await using stack = new AsyncDisposableStack();
  const records = request.machines && (await openMachineRecords(request.machines, own, request.onTrouble));
  if (records) stack.use(records);
  const fleet = await fleetOf(request, records, address);
  if (fleet) stack.use(fleet);
  const tell = (event: PxeEvent) => {
    records?.take(event);
    request.onEvent(event);
  };
  let url = "";
  const menu =
    menus &&
    new MenuService({
      ...{ menus, url: () => url, machineAt: async (client) => records?.machineAt(client) },
      onEvent: (event) => tell({ service: "menu", event }),
    });
  const mayNotLoad = async (client: string, file: string) =>
    (await records?.mayNotLoad(client, file)) ?? menu?.mayNotLoad(client, file);
  const common = { root, address, onFailure: over.reject, mayNotLoad };
  const http = stack.use(
    await HttpServer.open({
      ...{ ...common, port: request.httpPort },
      routes: [
        ...(fleet?.routes ?? []),
        swarmRoutes(root, request.swarmToken),
        records && reportRoute(records.report),
        menu && menuRoutes({ service: menu, mayNotLoad, onEvent: (event) => tell({ service: "http", event }) }),
      ].filter((one) => one !== undefined),
      onEvent: (event) => tell({ service: "http", event }),
    }),
  );
  url = http.port === 80 ? `http://${address}` : `http://${address}:${http.port}`;
  const tftp = await TftpServer.open({
    ...{ ...common, port: request.tftpPort },
    madeFile: menu && ((file, client) => menu.menuFile(file, client)),
    onEvent: (event) => tell({ service: "tftp", event }),
  });
  stack.defer(() => tftp.close(GRACE));
  const offer = { ...files, ...(menus && { script: SCRIPT }), address, url };
  // Last: computers ask for a file as soon as it is named to them.
  if (request.proxyDhcp || dhcp)
    stack.use(
      await DhcpService.open({
        ...{ offer, device: own, onFailure: over.reject, onHeard: records?.heard, refusal: records?.refusal },
        leases: dhcp && subnets && { subnets, store: openLeaseStore(dhcp.leases) },
        onEvent: (event) => tell({ service: "dhcp", event }),
      }),
    );
  const stop = () => over.resolve();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    const ready: PxeReady = {
      ...{ ...offer, tftpPort: tftp.port, httpPort: http.port },
      ...(fleet && { ordersKey: fleet.publicKey }),
      dhcp: subnets?.map(givenNetwork) ?? (request.proxyDhcp ? "proxy" : "none"),
      ...(menus && request.menu !== undefined && { menu: menuSummary(request.menu, menus) }),
    };
    records?.ready(ready, root.path);
    request.onReady(ready);
    await over.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function fleetOf(
  { machines, ordersKey, onDeployments: onChange, onTrouble = () => {} }: PxeRequest,
  records: MachineRecords | undefined,
  address: string,
): Promise<FleetService | undefined> {
  if (!machines || !records || ordersKey === undefined) return undefined;
  return openFleetService({ place: machines.place, keyFile: ordersKey, records, address, onTrouble, onChange });
}

const swarmRoutes = (root: ServedRoot, token: string | undefined) =>
  token === undefined ? undefined : trackerRoutes({ tracker: new Tracker(), hashes: new PieceHashes(root), token });

const givenNetwork = (subnet: Subnet): GivenNetwork => ({
  subnet: networkText(subnet),
  pools: subnet.pools.map(rangeText),
  reservations: subnet.reservations.length,
});

const menuSummary = (file: string, { standard, special }: Menus): MenuSummary => ({
  file,
  entries: standard.entries.map(({ title, isForGrub, users }) => ({ title, isForGrub, hasPassword: users.length > 0 })),
  special: special.length,
});
