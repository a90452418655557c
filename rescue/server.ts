import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Disk } from "#imaging/inventory/disk.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { undoPlace } from "#imaging/undo/place.ts";
import { acceptUpgrades } from "#rescue/api/upgrades.ts";
import { bootServerMark } from "#rescue/boot-server-mark.ts";
import type { ServerOptions } from "#rescue/command-line.ts";
import { composeApi } from "#rescue/compose-api.ts";
import { type ConsoleMark, consoleMark, noConsoleMark } from "#rescue/console-mark.ts";
import { openOrders } from "#rescue/deployment/open-orders.ts";
import { Explorations } from "#rescue/explore/explorations.ts";
import type { ReadManifest } from "#rescue/images/describe-image.ts";
import { driveRoots } from "#rescue/images/drive-roots.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import { linuxMounter, noMounter } from "#rescue/images/mounter.ts";
import { type JobEntry, JobRegistry } from "#rescue/jobs/job-registry.ts";
import { writeReportFile } from "#rescue/jobs/report-file.ts";
import type { Engine, RestoreDeps } from "#rescue/jobs/restores.ts";
import type { Log } from "#rescue/log.ts";
import { Destinations } from "#rescue/operations/destinations.ts";
import { Operations } from "#rescue/operations/operations.ts";
import { power } from "#rescue/power/power-actions.ts";
import { watchPower } from "#rescue/power/watch-power.ts";
import type { PagesView } from "#rescue/remote/remote-pages.ts";
import { openServices, runServices, type Services } from "#rescue/services.ts";
import { openShell } from "#rescue/terminal/open-shell.ts";
import { Terminals } from "#rescue/terminal/terminals.ts";
import { openUnattended } from "#rescue/unattended/open-unattended.ts";

/** What comes from the engine and the machine. */
export interface Machine {
  readonly engine: Engine & { readonly readManifest: ReadManifest };
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly holdingDisk: (path: string, disks: readonly Disk[]) => Promise<Disk | undefined>;
  readonly undoPlace: RestoreDeps["undoPlace"];
  readonly version: string;
  /** The pages were opened to the network when the server started. */
  readonly onPagesOpen?: (view: PagesView) => void;
}

export interface RunningServer extends AsyncDisposable {
  /** "http://127.0.0.1:8480/" */
  readonly url: string;
}

/** Where the initramfs has mounted the medium; a CD is on no disk of the inventory, but may hold images. */
const MEDIUM = "/run/lifeboat/medium";

/** Starts the rescue server. Disposing of it cancels what runs, waits for that, and unmounts what it has mounted. */
export async function startServer(options: ServerOptions, machine: Machine, log: Log): Promise<RunningServer> {
  const mark = options.isRescue ? marks(log, options, machine) : noConsoleMark;
  const services = await openServices(options, log);
  const jobs = new JobRegistry(jobHooks(options, mark, log));
  const keys = new ImageKeys();
  const images = await openLibrary({ options, machine, jobs, keys, services, log });
  const explorations = new Explorations({ open: (id) => images.open(id), unlock: keys.unlock, log });
  images.beforeRelease = (diskId) => explorations.release(diskId);
  const rescan = () => images.rescan();
  const living = options.isRescue
    ? runServices(services, { rescan, isBusy: () => jobs.busyDisk() !== undefined, log })
    : undefined;
  const operations = openOperations({ options, machine, jobs, keys, services, log, images, mark });
  const unattended = options.isRescue
    ? await openAutomatic({ options, machine, jobs, services, log, images, mark })
    : undefined;
  const terminals = options.isRescue ? new Terminals({ openShell, log }) : undefined;
  const { app, pages } = composeApi({
    ...{ options, machine, services, jobs, keys, images, explorations, operations, terminals, unattended, mark, log },
    refresh: () => living?.refresh(),
  });
  const watching = watchPower({
    read: services.power,
    isBusy: () => jobs.busyDisk() !== undefined,
    warn: (warning) => jobs.warn({ ...warning }),
  });
  const server = createServer(app);
  acceptUpgrades(server, app);
  server.listen({ host: options.host, port: options.port });
  await once(server, "listening");
  const url = urlOf(server.address() as AddressInfo);
  log.info({ url, version: machine.version, node: process.version }, "the rescue server is listening");
  await mark("server");
  unattended?.start();
  // Found before the first page asks.
  void images.list().catch((error) => log.error({ err: error }, "the search for images failed"));
  if (services.settings.current.remoteAccess.pages === "pairing")
    void pages.open().then(
      () => machine.onPagesOpen?.(pages.view()),
      (error) => log.error({ err: error }, "the pages could not be opened to the network"),
    );
  return {
    url,
    async [Symbol.asyncDispose]() {
      watching[Symbol.dispose]();
      await unattended?.[Symbol.asyncDispose]();
      await jobs.stop();
      await operations.stop();
      terminals?.close();
      await pages.close();
      server.closeAllConnections();
      server.close();
      await explorations[Symbol.asyncDispose]();
      await images.close();
      await living?.[Symbol.asyncDispose]();
      keys.forget();
    },
  };
}

interface Opened {
  readonly options: ServerOptions;
  readonly machine: Machine;
  readonly jobs: JobRegistry;
  readonly keys: ImageKeys;
  readonly services: Services;
  readonly log: Log;
}

export function openOperations(of: Opened & { readonly images: ImageLibrary; readonly mark: ConsoleMark }): Operations {
  const { options, machine, jobs, keys, services, log, images, mark } = of;
  const { listDisks, holdingDisk, version } = machine;
  const { imageFolders: folders, isRescue, undoFolder } = options;
  return new Operations({
    ...{ listDisks, images, unlock: keys.unlock, version, jobs, log, mark, isRescue },
    power: power({ isRescue, busyDisk: () => jobs.busyDisk() }),
    destinations: new Destinations({
      ...{ listDisks, holdingDisk, dataFolder: services.dataFolder, folders, isRescue },
      lowSpace: () => services.settings.current.lowSpace,
      shares: () => services.shares.list(),
      release: (diskId) => images.release(diskId),
    }),
    undo: async () => (await undoPlace({ path: undoFolder, kind: "folder" })) ?? "no-place",
    rescan: () => images.rescan(),
    restored: (jobId) => {
      const { plan, report } = jobs.get(jobId).view();
      return { diskId: plan.target.id, undoFile: report?.undo?.file };
    },
  });
}

/** What this system does by itself: what its medium was built for, or else what the server orders that it was started from. */
async function openAutomatic(of: Omit<Opened, "keys"> & { readonly images: ImageLibrary; readonly mark: ConsoleMark }) {
  const { options, machine, jobs, services, log, images, mark } = of;
  const { settingsFile, runFolder } = options;
  const common = {
    ...{ images, listDisks: machine.listDisks, jobs, mark, log, runFolder },
    power: power({ isRescue: true, busyDisk: () => jobs.busyDisk() }),
  };
  const { dataFolder, settings } = services;
  if (settings.current.unattended)
    return openUnattended({ ...common, settings: settings.current, settingsFile, dataFolder });
  return openOrders(common);
}

export async function openLibrary(of: Opened) {
  const { options, machine, jobs, keys, services, log } = of;
  const mounter = options.isRescue ? linuxMounter() : noMounter;
  await mounter.clear().catch((error) => log.warn({ err: error }, "an earlier server's mounts could not be removed"));
  return new ImageLibrary({
    listDisks: machine.listDisks,
    holdingDisk: machine.holdingDisk,
    readManifest: machine.engine.readManifest,
    keys,
    mounter,
    readMountTable: () => readMountTable(),
    folders: async () => [
      ...(options.isRescue ? [{ path: MEDIUM }] : []),
      ...options.imageFolders.map((path) => ({ path })),
      ...(process.platform === "win32" ? await driveRoots() : []).map((path) => ({ path })),
      ...(await services.shares.folders()),
    ],
    isTarget: (diskId) => jobs.isTarget(diskId),
    log,
  });
}

function jobHooks({ reportFolder }: ServerOptions, mark: ConsoleMark, log: Log) {
  return {
    onStart(entry: JobEntry) {
      log.info({ jobId: entry.id, plan: entry.plan }, "a job has started");
      void mark("job running");
    },
    async onEnd(entry: JobEntry, error: unknown) {
      const view = entry.view();
      const facts = { jobId: entry.id, state: view.state, problem: view.problem, report: view.report };
      if (view.state === "failed") log.error({ ...facts, err: error }, "a job has failed");
      else log.info(facts, "a job has ended");
      void mark(`job ${view.state}`);
      try {
        const path = await writeReportFile(reportFolder, view);
        log.info({ jobId: entry.id, path }, "the job's report was written");
      } catch (cause) {
        log.error({ jobId: entry.id, err: cause }, "the job's report could not be written");
      }
    },
  };
}

/** A console that cannot be marked is no reason to stop a rescue. */
function marks(log: Log, { runFolder }: ServerOptions, { version }: Machine): ConsoleMark {
  const mark = consoleMark();
  const tell = bootServerMark({ runFolder, version });
  return (what) => {
    // The rescue goes on meanwhile.
    void tell(what);
    return mark(what).catch((error) => log.warn({ err: error, what }, "the console could not be marked"));
  };
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
