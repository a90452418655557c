import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ORDERS_PARAMETER } from "#base/deployment/order.ts";
import type { RestoreTask } from "#base/deployment/task.ts";
import { captureWork } from "#rescue/deployment/capture-work.ts";
import { joinSwarm } from "#rescue/deployment/join-swarm.ts";
import type { OrderServer, OwnIdentity, TakenOrder } from "#rescue/deployment/order-client.ts";
import { Orders, type OrdersDeps } from "#rescue/deployment/orders.ts";
import { isThere, PROGRAM } from "#rescue/unattended/open-unattended.ts";
import { type RestoreWorkDeps, restoreWork } from "#rescue/unattended/restore-work.ts";
import { runLifeboat } from "#rescue/unattended/run-command.ts";
import type { UnattendedWork } from "#rescue/unattended/work.ts";

export interface OpenOrders
  extends Omit<OrdersDeps, "server" | "identity" | "open" | "lifeboat">,
    Pick<RestoreWorkDeps, "images" | "listDisks"> {
  /** In memory. */
  readonly runFolder: string;
  /** The command, and its first arguments. */
  readonly command?: readonly string[];
  /** A folder in which `sys` and `proc` lie. */
  readonly root?: string;
}

/** A restore that an order begins again meets its own half. */
const EXPECTED = ["UNFINISHED_RESTORE"];

/** @returns undefined: this machine was not started by a server whose orders its start files name */
export async function openOrders(options: OpenOrders): Promise<Orders | undefined> {
  const { runFolder, root = "/", command = [PROGRAM], images, listDisks, ...deps } = options;
  const server = await orderServer(runFolder, root);
  if (!server) return undefined;
  const begun = join(runFolder, "order-begun");
  if (await isThere(begun)) {
    // What it had begun may still be at work: two that write to one disk would be worse than none.
    deps.log.warn({ begun }, "the server was started again in the middle of an order: no orders until the next start");
    return undefined;
  }
  const [program = "", ...first] = command;
  const lifeboat = runLifeboat(program, first);
  const folder = join(runFolder, "order");
  const rest = { images, listDisks, lifeboat, folder, log: deps.log, command, begun };
  return new Orders({
    ...deps,
    server,
    lifeboat,
    identity: () => ownIdentity(root),
    open: (taken, of) => open(taken, of, rest),
  });
}

async function orderServer(runFolder: string, root: string): Promise<OrderServer | undefined> {
  const read = (path: string) => readFile(path, "utf8").catch(() => "");
  const url = (await read(join(runFolder, "boot-url"))).trim();
  const words = (await read(join(root, "proc/cmdline"))).trim().split(/\s+/);
  const key = words.findLast((word) => word.startsWith(`${ORDERS_PARAMETER}=`))?.slice(ORDERS_PARAMETER.length + 1);
  const origin = URL.parse(url)?.origin;
  return origin !== undefined && key ? { url: origin, key } : undefined;
}

/** Cards that have an address of their own, and the board's serial number as its firmware tells it. */
export async function ownIdentity(root: string): Promise<OwnIdentity> {
  const net = join(root, "sys/class/net");
  const text = async (path: string) => (await readFile(path, "utf8").catch(() => "")).trim();
  const macs: string[] = [];
  for (const card of await readdir(net).catch((): string[] => [])) {
    const isEthernet = (await text(join(net, card, "type"))) === "1";
    const mac = (await text(join(net, card, "address"))).toLowerCase();
    if (isEthernet && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac) && mac !== "00:00:00:00:00:00") macs.push(mac);
  }
  const serial = (await text(join(root, "sys/class/dmi/id/product_serial"))).slice(0, 300);
  return { macs: [...new Set(macs)].slice(0, 64), ...(serial !== "" && { serial }) };
}

interface OpenDeps extends Pick<RestoreWorkDeps, "images" | "listDisks" | "lifeboat" | "folder" | "log"> {
  readonly command: readonly string[];
  /** A file that is there while an order is followed. */
  readonly begun: string;
}

async function open(
  { task }: TakenOrder,
  server: OrderServer,
  deps: OpenDeps,
): Promise<{ work: UnattendedWork } & AsyncDisposable> {
  const { work } = task;
  await using stack = new AsyncDisposableStack();
  await writeFile(deps.begun, "");
  stack.defer(() => rm(deps.begun, { force: true }));
  const passwordFile = await keptPassword(work.password, deps.folder);
  const made =
    work.kind === "capture"
      ? stack.use(
          captureWork({
            ...{ task: work, listDisks: deps.listDisks, folder: deps.folder, passwordFile },
            release: (diskId) => deps.images.release(diskId),
          }),
        )
      : await openRestore(work, server, stack, { ...deps, passwordFile });
  const kept = stack.move();
  return { work: made, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function openRestore(
  { image, restore, swarmToken, bytesPerSecond }: RestoreTask,
  server: OrderServer,
  stack: AsyncDisposableStack,
  { passwordFile, command, ...deps }: OpenDeps & { passwordFile: string | undefined },
): Promise<UnattendedWork> {
  let address = new URL(image, server.url).href;
  if (swarmToken !== undefined) {
    const [folder = "", name = ""] = address.split("/points/");
    const swarm = stack.use(await joinSwarm({ command, server: folder, token: swarmToken, folder: deps.folder }));
    address = `${swarm.url}/points/${name}`;
  }
  return restoreWork({
    ...{ ...deps, restore: { ...restore, image: address }, expected: EXPECTED },
    // The server knows what was done.
    done: { find: async () => undefined, add: async () => {} },
    extras: { passwordFile, bytesPerSecond },
  });
}

/** Passwords are not for arguments, which every program here sees. */
async function keptPassword(password: string | undefined, folder: string): Promise<string | undefined> {
  if (password === undefined) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "password");
  await writeFile(file, password, { mode: 0o600 });
  return file;
}
