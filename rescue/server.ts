import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Disk } from "#imaging/inventory/disk.ts";
import { httpApi } from "#rescue/api/http.ts";
import type { ServerOptions } from "#rescue/command-line.ts";
import { type ConsoleMark, consoleMark, noConsoleMark } from "#rescue/console-mark.ts";
import type { ReadManifest } from "#rescue/images/describe-image.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import { readMountTable } from "#rescue/images/mount-table.ts";
import { linuxMounter, noMounter } from "#rescue/images/mounter.ts";
import { readSystem } from "#rescue/inventory/system.ts";
import { type JobEntry, JobRegistry } from "#rescue/jobs/job-registry.ts";
import { PlanStore } from "#rescue/jobs/plan-store.ts";
import { writeReportFile } from "#rescue/jobs/report-file.ts";
import { type Engine, Restores } from "#rescue/jobs/restores.ts";
import type { Log } from "#rescue/log.ts";
import { logText, readKernelLog, readLogFile } from "#rescue/log-text.ts";
import { power } from "#rescue/power.ts";

/** What comes from the engine and the machine. */
export interface Machine {
  readonly engine: Engine & { readonly readManifest: ReadManifest };
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly holdingDisk: (path: string, disks: readonly Disk[]) => Promise<Disk | undefined>;
  readonly version: string;
}

export interface RunningServer extends AsyncDisposable {
  /** "http://127.0.0.1:8480/" */
  readonly url: string;
}

/** Where the initramfs has mounted the medium; a CD is on no disk of the inventory, but may hold images. */
const MEDIUM = "/run/lifeboat/medium";

/** Starts the rescue server. Disposing of it cancels what runs, waits for that, and unmounts what it has mounted. */
export async function startServer(options: ServerOptions, machine: Machine, log: Log): Promise<RunningServer> {
  const mark = options.isRescue ? marks(log) : noConsoleMark;
  const jobs = new JobRegistry(jobHooks(options, mark, log));
  const keys = new ImageKeys();
  const images = await openLibrary({ options, machine, jobs, keys, log });
  const plans = new PlanStore();
  const { engine, listDisks, version } = machine;
  const system = () => readSystem({ version, isRescue: options.isRescue });
  let painted = false;
  const app = httpApi({
    system,
    listDisks,
    images,
    plans,
    jobs,
    restores: new Restores({ engine, images, unlock: keys.unlock, listDisks, plans, jobs, log }),
    power: power({ isRescue: options.isRescue, busyDisk: () => jobs.busyDisk() }),
    // Only the first tells how long the kiosk took; the page's name lets a test go on when the next one is there.
    painted: async (page) => {
      if (!painted) {
        painted = true;
        await mark("painted");
      }
      await mark(`page ${page}`);
    },
    logText: () =>
      logText({
        system,
        disks: listDisks,
        images: () => images.list(),
        plans: () => plans.list(),
        jobs: () => jobs.list().map((entry) => entry.view()),
        serverLog: () => readLogFile(options.logFile),
        kernelLog: readKernelLog,
      }),
    log,
    ui: options.ui,
  });
  const server = createServer(app);
  server.listen({ host: options.host, port: options.port });
  await once(server, "listening");
  const url = urlOf(server.address() as AddressInfo);
  log.info({ url, version, node: process.version }, "the rescue server is listening");
  await mark("server");
  // Found before the first page asks.
  void images.list().catch((error) => log.error({ err: error }, "the search for images failed"));
  return {
    url,
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      server.closeAllConnections();
      server.close();
      await images.close();
      keys.forget();
    },
  };
}

async function openLibrary(of: {
  readonly options: ServerOptions;
  readonly machine: Machine;
  readonly jobs: JobRegistry;
  readonly keys: ImageKeys;
  readonly log: Log;
}) {
  const { options, machine, jobs, keys, log } = of;
  const mounter = options.isRescue ? linuxMounter() : noMounter;
  await mounter.clear().catch((error) => log.warn({ err: error }, "an earlier server's mounts could not be removed"));
  return new ImageLibrary({
    listDisks: machine.listDisks,
    holdingDisk: machine.holdingDisk,
    readManifest: machine.engine.readManifest,
    keys,
    mounter,
    readMountTable: () => readMountTable(),
    folders: [...(options.isRescue ? [MEDIUM] : []), ...options.imageFolders],
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
function marks(log: Log): ConsoleMark {
  const mark = consoleMark();
  return (what) => mark(what).catch((error) => log.warn({ err: error, what }, "the console could not be marked"));
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
