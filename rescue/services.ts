import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Place } from "#base/medium/place.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { readPowerSupply } from "#imaging/system/power-supply.ts";
import type { ServerOptions } from "#rescue/command-line.ts";
import type { Log } from "#rescue/log.ts";
import { NetworkService } from "#rescue/network/network.ts";
import { runNetworkTool } from "#rescue/network/run-steps.ts";
import { NETWORK_PATHS } from "#rescue/network/step.ts";
import { watchLinks } from "#rescue/network/watch-links.ts";
import { SshServer } from "#rescue/remote/ssh-server.ts";
import { SecretBook } from "#rescue/settings/secret-book.ts";
import { Settings } from "#rescue/settings/settings.ts";
import { placeId } from "#rescue/shares/share.ts";
import { Shares } from "#rescue/shares/shares.ts";
import { Clock } from "#rescue/time/clock.ts";

/** What the rescue system does beside imaging: each cares for one thing of the machine. */
export interface Services {
  readonly settings: Settings;
  readonly secrets: SecretBook;
  readonly network: NetworkService;
  readonly shares: Shares;
  readonly clock: Clock;
  readonly ssh: SshServer;
  readonly power: typeof readPowerSupply;
  /** The stick's partition for data. @throws SETTINGS_NOT_KEPT when this system has none: memory would be written to */
  readonly dataFolder: () => Promise<string>;
}

const SSH_PORT = 22;

/** Opens the services; nothing is changed on the machine yet. */
export async function openServices(options: ServerOptions, log: Log): Promise<Services> {
  const { runFolder, dataFolder } = options;
  const files = {
    medium: options.settingsFile,
    kept: join(dataFolder, "lifeboat/settings.json"),
    session: join(runFolder, "settings.json"),
  };
  const secrets = await SecretBook.open(options.isRescue ? join(runFolder, "secrets.json") : undefined);
  const settings = await Settings.open(files, secrets, log);
  const paths = { ...NETWORK_PATHS, folder: join(runFolder, "network") };
  return {
    ...{ settings, secrets, power: readPowerSupply, dataFolder: () => mountedFolder(dataFolder) },
    network: new NetworkService({
      settings: () => settings.current.network,
      secret: secrets.get,
      ...{ tool: runNetworkTool, paths, log },
    }),
    shares: new Shares({
      places: () => settings.current.places,
      secret: secrets.get,
      lowSpace: () => settings.current.lowSpace,
      root: join(runFolder, "shares"),
      work: join(runFolder, "share-files"),
      log,
    }),
    clock: new Clock({ namesFolder: join(paths.folder, "names") }),
    ssh: new SshServer({
      folder: join(runFolder, "ssh"),
      authorizedKeys: "/root/.ssh/authorized_keys",
      port: SSH_PORT,
    }),
  };
}

async function mountedFolder(folder: string): Promise<string> {
  // What is in memory (rescue/init/data) only stands for a stick that is not there.
  if ((await readMountTable()).some(({ point, type }) => point === folder && type !== "tmpfs")) return folder;
  throw new LifeboatError("SETTINGS_NOT_KEPT", {
    reason: "this system was not started from a stick with a partition for data",
  });
}

export interface LivingServices extends AsyncDisposable {
  /** After the settings or the passwords changed. */
  refresh(): void;
}

/**
 * Brings the machine to what the settings say, and keeps it there as cables and cards come and go: the network first, then what
 * needs one. Nothing waits for it: a rescue begins with whatever is there.
 */
export function runServices(
  services: Services,
  of: { rescan: () => Promise<unknown>; isBusy: () => boolean; log: Log },
): LivingServices {
  const { settings, network, shares, clock, ssh } = services;
  const { log } = of;
  let wasOnline = false;
  const quietly = (what: string, action: Promise<unknown>) =>
    action.catch((error) => log.warn({ err: error }, `${what} failed`));
  const refresh = async () => {
    await quietly("setting up the network", network.apply());
    const { links } = await network.view();
    const isOnline = links.some(({ addresses }) => addresses.length > 0);
    // A clock that jumps would make the times of a job's report wrong.
    const mayJump = clock.state.source === "rtc" && !of.isBusy();
    if (isOnline && !wasOnline && mayJump) await quietly("setting the clock", clock.sync());
    wasOnline = isOnline;
    if (isOnline && (await connectNew(shares, settings.current.places)))
      await quietly("a search for images", of.rescan());
  };
  const inTurn = oneAtATime(() => quietly("keeping the machine as its settings say", refresh()));
  void quietly("setting the time zone", clock.setTimeZone(settings.current.timeZone));
  const { sshKeys } = settings.current.remoteAccess;
  if (sshKeys.length > 0) void quietly("starting the SSH server", ssh.setKeys(sshKeys));
  inTurn();
  const watching = watchLinks(inTurn);
  return {
    refresh: inTurn,
    async [Symbol.asyncDispose]() {
      watching[Symbol.dispose]();
      await shares.close();
    },
  };
}

/** Connects what is not connected and has not failed yet. @returns whether there is something new to look into */
async function connectNew(shares: Shares, places: readonly Place[]): Promise<boolean> {
  const before = await shares.list();
  const ids = new Set(places.map(placeId));
  const wanted = before.filter(({ id, state, problem }) => ids.has(id) && state === "not-connected" && !problem);
  for (const { id } of wanted) await shares.connect(id).catch(() => {}); // its problem is in the list
  return wanted.length > 0;
}

/** Calls that come meanwhile are one call after it. */
function oneAtATime(action: () => Promise<unknown>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await action();
      } while (again);
    } finally {
      running = false;
    }
  };
  return () => void run();
}
