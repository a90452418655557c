import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Log } from "#base/log.ts";
import { Access } from "../console/access.ts";
import { type Certificate, ownCertificate, readCertificate } from "../console/certificate.ts";
import { consoleApp } from "../console/console-app.ts";
import { openConsoleServer, openRedirect } from "../console/console-server.ts";
import type { SettingsView } from "../console/contract/server.ts";
import { EventHub } from "../console/event-hub.ts";
import { type LookAtRepositories, Repositories } from "../console/repositories.ts";
import { Retention, type RetentionEngine } from "../console/retention.ts";
import { type ConsoleStore, openConsoleStore } from "../console/store/console-store.ts";
import { bootFileOrders } from "../fleet/boot-file-orders.ts";
import { Fleet } from "../fleet/fleet.ts";
import { FleetKey } from "../fleet/fleet-key.ts";
import { openFleetStore } from "../fleet/open-fleet-store.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { openMachineStore } from "../machines/open-machine-store.ts";
import { wakeMachines } from "../machines/wake-machines.ts";
import { Notifier } from "../notify/notifier.ts";
import { ownInterface } from "../serve/own-interface.ts";
import type { DhcpRole } from "../serve/plan-cards.ts";
import type { PxeEvent } from "../serve/pxe-event.ts";
import { type PxeReady, servePxe } from "../serve/serve-pxe.ts";
import { Gathered } from "./gathered.ts";
import { MachineNotices } from "./machine-notices.ts";
import { openChannels, textOf } from "./open-channels.ts";
import { interfacesOf, type ServerConfig } from "./server-config.ts";
import { stepOf } from "./step-event.ts";

export interface ServeRequest {
  readonly config: ServerConfig;
  /** Where the server keeps what has no other place. */
  readonly stateFolder: string;
  readonly version: string;
  readonly lookAt: (root: string) => LookAtRepositories;
  readonly retention: RetentionEngine;
  /** Folder of the console's pages. */
  readonly ui?: string | undefined;
  readonly log: Log;
  readonly onReady: (ready: ServerReady) => void;
  readonly onEvent: (event: PxeEvent) => void;
  readonly onTrouble: (error: Error) => void;
}

export interface ServerReady {
  readonly pxe: PxeReady;
  /** "https://192.0.2.1:8443/", one for each address that it listens at. */
  readonly console: readonly string[];
  /** SHA-256 of the certificate that vouches for itself. */
  readonly fingerprint?: string | undefined;
  /** While nobody can log in: what the first admin has to know. */
  readonly setUpCode?: string | undefined;
  /** What is sent over the network without TLS. */
  readonly isOpen: boolean;
}

/** In the state folder: what orders of deployments are signed with. */
const ORDERS_KEY = "orders.key";

/** Where users and the audit log are, and where machines: two files, or one database. */
export const placesOf = ({ database }: Pick<ServerConfig, "database">, folder: string) => ({
  machines: database ?? join(folder, "machines.sqlite"),
  console: database ?? join(folder, "users.sqlite"),
});

/**
 * The services for computers that start from the network, and the console's API, until the signal ends them.
 * @throws what servePxe throws, PXE_KEY_FAILED, CONSOLE_STORE_FAILED, SERVER_CERTIFICATE_FAILED, OPEN_FAILED
 */
export async function serveAll(request: ServeRequest, signal: AbortSignal): Promise<void> {
  const { config, stateFolder, log } = request;
  const places = placesOf(config, stateFolder);
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openConsoleStore(places.console));
  const machines = stack.use(await openMachineStore(places.machines));
  const channels = await openChannels(config);
  const notifier = stack.use(new Notifier({ store, channels, server: hostname(), log }));
  const events = new EventHub();
  const notices = stack.use(new MachineNotices({ machines, notifier, events, log }));
  const trouble = (error: Error) => {
    request.onTrouble(error);
    notices.trouble(error);
  };
  const key = await FleetKey.open(join(stateFolder, ORDERS_KEY));
  const deployments = stack.use(new Gathered(() => events.tell({ kind: "deployments" })));
  const fleetStore = stack.use(await openFleetStore(places.machines, deployments.call));
  const fleet = new Fleet({ store: fleetStore, machines, key });
  const opened = await openConsole({ request, stack, store, machines, notifier, events, fleet, key, trouble });
  await servePxe(
    {
      ...(await pxeRequest(config, stateFolder)),
      ordersKey: join(stateFolder, ORDERS_KEY),
      machines: { place: places.machines, needsApproval: config.pxe.approve, onRecorded: notices.recorded },
      onDeployments: deployments.call,
      onTrouble: trouble,
      onReady: (pxe) => request.onReady({ ...opened, pxe }),
      onEvent: (event) => {
        const step = stepOf(event);
        if (step) events.tell(step);
        request.onEvent(event);
      },
    },
    signal,
  );
}

/** What `pxe serve` would be asked for. @throws OPEN_FAILED */
async function pxeRequest({ pxe }: ServerConfig, stateFolder: string) {
  const { root, tftpPort, httpPort, dhcp, leases, swarmTokenFile, menu } = pxe;
  return {
    ...{ root, tftpPort, httpPort, menu },
    interfaces: interfacesOf(pxe).map(({ name, dhcp: own }) => ({
      interface: name,
      dhcp: own === undefined ? undefined : roleOf(own, `pxe.interface, ${name}`),
    })),
    dhcp: roleOf(dhcp, "pxe.dhcp"),
    leases: leases ?? join(stateFolder, "leases.sqlite"),
    swarmToken: swarmTokenFile === undefined ? undefined : (await textOf(swarmTokenFile)).trim(),
  };
}

const roleOf = (dhcp: ServerConfig["pxe"]["dhcp"], source: string): DhcpRole =>
  typeof dhcp === "string" ? dhcp : { config: dhcp, source };

interface Parts {
  readonly request: ServeRequest;
  readonly stack: AsyncDisposableStack;
  readonly store: ConsoleStore;
  readonly machines: MachineStore;
  readonly notifier: Notifier;
  readonly events: EventHub;
  readonly fleet: Fleet;
  readonly key: FleetKey;
  readonly trouble: (error: Error) => void;
}

async function openConsole(parts: Parts): Promise<Omit<ServerReady, "pxe">> {
  const { request, stack, store, machines, notifier, events, fleet, key, trouble } = parts;
  const { config, stateFolder, version, log, ui } = request;
  const { console: wanted } = config;
  const certificate = await certificateOf(config, stateFolder);
  const door = { isSecure: certificate !== undefined, names: wanted.names };
  const times = { idle: wanted.idle * 1000, lifetime: wanted.lifetime * 1000 };
  const access = new Access({ store, times });
  const repositories = stack.use(new Repositories({ look: request.lookAt(config.pxe.root), store, log }));
  const engine = request.retention;
  const retention = stack.use(new Retention({ engine, repositories, store, events, log, onTrouble: trouble }));
  const app = consoleApp({
    ...{ access, store, machines, events, repositories, retention, fleet },
    ...{ log, version, door, ui, root: config.pxe.root },
    wake: async (all) => {
      await wakeMachines(machines, all, presentAddresses(config));
    },
    settings: () => settingsView(config, notifier),
    testChannel: (name) => notifier.test(name),
    bootFileOrders: () => bootFileOrders(config.pxe.root, key.publicText),
  });
  const server = stack.use(await openConsoleServer(app, { host: wanted.listen, port: wanted.port }, certificate));
  if (wanted.redirectPort !== undefined && certificate)
    stack.use(await openRedirect({ host: wanted.listen, port: wanted.redirectPort }, server.port, wanted.names));
  const setUpCode = (await access.needsSetUp()) ? access.setUpCode() : undefined;
  return {
    console: urls(wanted.listen, server.port, certificate !== undefined),
    ...(wanted.tls === "own" && certificate && { fingerprint: certificate.fingerprint }),
    ...(setUpCode !== undefined && { setUpCode }),
    isOpen: !certificate && !["127.0.0.1", "::1"].includes(wanted.listen),
  };
}

/** Of the interfaces that are served: one whose card is gone keeps nobody else from being woken. @throws PXE_ADDRESS_UNKNOWN: all are */
function presentAddresses({ pxe }: ServerConfig): string[] {
  const names = interfacesOf(pxe).map(({ name }) => name);
  const found = names.flatMap((name) => {
    try {
      return [ownInterface(name).address];
    } catch {
      return [];
    }
  });
  return found.length > 0 ? found : names.map((name) => ownInterface(name).address);
}

async function certificateOf({ console: { tls, names } }: ServerConfig, folder: string) {
  if (tls === "off") return undefined;
  const certificate: Certificate =
    tls === "own" ? await ownCertificate(folder, names) : await readCertificate(tls.certificate, tls.key);
  return certificate;
}

function urls(listen: string, port: number, isSecure: boolean): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const meant =
    listen === "0.0.0.0"
      ? all.filter(({ family }) => family === "IPv4").map(({ address }) => address)
      : listen === "::"
        ? all.filter(({ scopeid }) => !scopeid).map(({ address }) => address)
        : [listen];
  const scheme = isSecure ? "https" : "http";
  return meant.map((address) => `${scheme}://${address.includes(":") ? `[${address}]` : address}:${port}/`);
}

/** Files of secrets are named; what is in them, and the path of a webhook, which is as good as a password, are not. */
async function settingsView(config: ServerConfig, notifier: Notifier): Promise<SettingsView> {
  const channels = await Promise.all(
    notifier.channels.map(async ({ name, kind, to, topics }) => ({
      ...{ name, kind, to, kinds: [...topics] },
      ...(await notifier.state(name)),
    })),
  );
  const webhooks = config.webhooks.map((one) => ({ ...one, url: new URL(one.url).origin }));
  return { config: { ...config, webhooks }, channels };
}
