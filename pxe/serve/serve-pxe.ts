import { LifeboatError } from "#base/errors.ts";
import type { BootOffer } from "../dhcp/boot-policy.ts";
import { expectDhcpFree } from "../dhcp/dhcp-ports.ts";
import { LeaseBook } from "../dhcp/lease/lease-book.ts";
import { openLeaseStore } from "../dhcp/lease/sqlite-lease-store.ts";
import { type FleetService, openFleetService } from "../fleet/fleet-service.ts";
import { MenuGuard } from "../menu/guard.ts";
import type { Menus } from "../menu/menu.ts";
import { readMenus } from "../menu/plan-menus.ts";
import { ServedRoot } from "../net/served-root.ts";
import { PieceHashes } from "../swarm/piece-hashes.ts";
import { trackerRoutes } from "../swarm/tracker-routes.ts";
import { Trackers } from "../swarm/trackers.ts";
import { bootFiles } from "./boot-files.ts";
import { type CardReady, type CommonServices, offerOf } from "./card-services.ts";
import { type MachineOptions, type MachineRecords, openMachineRecords } from "./machine-records.ts";
import { type CardRequest, type DhcpRole, planCards } from "./plan-cards.ts";
import type { PxeEvent } from "./pxe-event.ts";
import { reportRoute } from "./report-route.ts";
import { ServedCards } from "./served-cards.ts";

export interface PxeRequest {
  /** Folder, as `lifeboat media pxe` makes it. */
  readonly root: string;
  /** The interfaces that computers start from: at least one. */
  readonly interfaces: readonly CardRequest[];
  /** At those of them that have none of their own. */
  readonly dhcp: DhcpRole;
  /** File of the leases, where addresses are given out. */
  readonly leases: string;
  /** 69 and 80 when absent; 0: any that is free. */
  readonly tftpPort?: number | undefined;
  readonly httpPort?: number | undefined;
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

/** What is offered: at the first card, and at each of them. */
export interface PxeReady extends BootOffer, Pick<CardReady, "dhcp" | "tftpPort" | "httpPort"> {
  readonly interfaces: readonly CardReady[];
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

/**
 * Offers a folder to computers that start from the network, with addresses or beside the DHCP server that they get theirs from,
 * until the signal ends it. All that can be wrong with what was asked for is found before anything is opened.
 * @throws PXE_ROOT_MISSING, PXE_ADDRESS_UNKNOWN, PXE_INTERFACES_CLASH, PXE_DHCP_INVALID, PXE_MENU_INVALID, PXE_STATE_FAILED,
 * PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED, PXE_MACHINES_FAILED, PXE_KEY_FAILED
 */
export async function servePxe(request: PxeRequest, signal: AbortSignal): Promise<void> {
  const cards = planCards(request.interfaces, request.dhcp);
  const owns = cards.map(({ own }) => own);
  const { root, menus, files } = await readOffer(request);
  const over = Promise.withResolvers<void>();
  await using stack = new AsyncDisposableStack();
  const records = request.machines && (await openMachineRecords(request.machines, owns, request.onTrouble));
  if (records) stack.use(records);
  let served: ServedCards | undefined;
  // Machines may have to be woken before the first card is open.
  const fleet = await fleetOf(request, records, () =>
    (served ? served.ready.filter(({ isLost }) => !isLost) : owns).map(({ address }) => address),
  );
  if (fleet) stack.use(fleet);
  const tell = (event: PxeEvent) => {
    records?.take(event);
    request.onEvent(event);
  };
  await expectDhcpFree(cards.flatMap(({ dhcp, own }) => (dhcp === "none" ? [] : [own.device])));
  const gives = cards.some(({ dhcp }) => typeof dhcp !== "string");
  const book = gives ? stack.use(openBook(request.leases, tell)) : undefined;
  const routes = [
    ...(fleet?.routes ?? []),
    swarmRoutes(root, request.swarmToken),
    records && reportRoute(records.report),
  ].filter((one) => one !== undefined);
  const ready = (): PxeReady => ({
    ...{ ...offerOf(files, menus), ...readyAt(served?.ready ?? []) },
    ...(fleet && { ordersKey: fleet.publicKey }),
    ...(menus && request.menu !== undefined && { menu: menuSummary(request.menu, menus) }),
  });
  served = stack.use(
    await ServedCards.open({
      ...{ cards, tftpPort: request.tftpPort, httpPort: request.httpPort, onFailure: over.reject },
      common: { root, files, menus, guard: menus && new MenuGuard(menus), records, routes, book, tell },
      onChange: () => records?.ready(ready(), root.path),
    }),
  );
  const stop = () => over.resolve();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    records?.ready(ready(), root.path);
    request.onReady(ready());
    await over.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** @throws PXE_ROOT_MISSING, PXE_MENU_INVALID */
async function readOffer(request: PxeRequest): Promise<Pick<CommonServices, "root" | "menus" | "files">> {
  const root = await ServedRoot.open(request.root);
  const menus = request.menu === undefined ? undefined : await readMenus(request.menu, root);
  const files = await bootFiles(root, menus?.loader);
  if (Object.keys(files.loaders).length === 0 && files.script === undefined)
    throw new LifeboatError("PXE_ROOT_MISSING", { root: root.path, reason: "it has no file that starts a computer" });
  return { root, menus, files };
}

/** Who knows of one card alone has the first. */
function readyAt(interfaces: readonly CardReady[]) {
  const { address, url, dhcp, tftpPort, httpPort } = interfaces[0] as CardReady;
  return { address, url, dhcp, tftpPort, httpPort, interfaces };
}

const openBook = (file: string, tell: (event: PxeEvent) => void): LeaseBook =>
  new LeaseBook({
    store: openLeaseStore(file),
    onFailure: ({ message: reason }) => tell({ service: "dhcp", event: { type: "not saved", reason } }),
  });

async function fleetOf(
  { machines, ordersKey, onDeployments: onChange, onTrouble = () => {} }: PxeRequest,
  records: MachineRecords | undefined,
  addresses: () => readonly string[],
): Promise<FleetService | undefined> {
  if (!machines || !records || ordersKey === undefined) return undefined;
  return openFleetService({ place: machines.place, keyFile: ordersKey, records, addresses, onTrouble, onChange });
}

const swarmRoutes = (root: ServedRoot, token: string | undefined) =>
  token === undefined ? undefined : trackerRoutes({ trackers: new Trackers(), hashes: new PieceHashes(root), token });

const menuSummary = (file: string, { standard, special }: Menus): MenuSummary => ({
  file,
  entries: standard.entries.map(({ title, isForGrub, users }) => ({ title, isForGrub, hasPassword: users.length > 0 })),
  special: special.length,
});
