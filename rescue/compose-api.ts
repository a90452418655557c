import { join } from "node:path";
import type { Express } from "express";
import { efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { openDisk } from "#imaging/clone/open-disk.ts";
import { undoPlace as undoPlaceIn } from "#imaging/undo/place.ts";
import { type Deps, httpApi } from "#rescue/api/http.ts";
import { BootLook } from "#rescue/boot/boot-look.ts";
import type { ServerOptions } from "#rescue/command-line.ts";
import type { ConsoleMark } from "#rescue/console-mark.ts";
import type { Explorations } from "#rescue/explore/explorations.ts";
import { ImageNotes } from "#rescue/explore/image-notes.ts";
import type { ImageKeys } from "#rescue/images/image-keys.ts";
import type { ImageLibrary } from "#rescue/images/image-library.ts";
import { machineName } from "#rescue/inventory/machine-name.ts";
import { readSystem } from "#rescue/inventory/system.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { Layouts } from "#rescue/jobs/layouts.ts";
import { PlanStore } from "#rescue/jobs/plan-store.ts";
import { Restores } from "#rescue/jobs/restores.ts";
import type { Log } from "#rescue/log.ts";
import { logText, readKernelLog, readLogFile } from "#rescue/log-text.ts";
import type { Operations } from "#rescue/operations/operations.ts";
import { Partitions } from "#rescue/operations/partitions.ts";
import { power } from "#rescue/power/power-actions.ts";
import { RemotePages } from "#rescue/remote/remote-pages.ts";
import { writeWayIn } from "#rescue/remote/way-in.ts";
import type { Machine } from "#rescue/server.ts";
import type { Services } from "#rescue/services.ts";
import { collectBundle, type ServerFacts } from "#rescue/support/collect.ts";
import { redactor } from "#rescue/support/redact.ts";

export interface Parts {
  readonly options: ServerOptions;
  readonly machine: Machine;
  readonly services: Services;
  readonly jobs: JobRegistry;
  readonly keys: ImageKeys;
  readonly images: ImageLibrary;
  readonly explorations: Explorations;
  readonly operations: Operations;
  readonly terminals: Deps["terminals"];
  readonly unattended: Deps["unattended"];
  readonly mark: ConsoleMark;
  readonly log: Log;
  readonly refresh: () => void;
}

/** Where programs of the rescue system log, beside our server. */
const LOGS = "/var/log/lifeboat";

/** Puts the API together: one for this machine, and one that can be opened to the network; both do the same. */
export function composeApi(parts: Parts): { app: Express; pages: RemotePages } {
  const {
    options,
    machine,
    services,
    jobs,
    keys,
    images,
    explorations,
    operations,
    terminals,
    unattended,
    log,
    refresh,
  } = parts;
  const { engine, listDisks, undoPlace, version } = machine;
  const { isRescue } = options;
  const plans = new PlanStore();
  const name = machineName();
  const system = () => readSystem({ version, isRescue, machine: name() });
  // One for both: what was answered to one entrance is known to the other.
  const restores = new Restores({
    ...{ engine, images, unlock: keys.unlock, listDisks, undoPlace, version, plans, jobs, log },
    cloneUndoPlace: () => undoPlaceIn({ path: options.undoFolder, kind: "folder" }),
  });
  const layouts = new Layouts({ images, listDisks, openImage: engine.openImage, unlock: keys.unlock, openDisk });
  const partitions = new Partitions({ images, listDisks, jobs });
  const facts = {
    ...{ system, disks: listDisks, images: () => images.list(), plans: () => plans.list() },
    jobs: () => jobs.list().map((entry) => entry.view()),
  };
  const secrets = () => {
    const { code } = pages.view();
    return [...services.secrets.values(), ...(code === undefined ? [] : [code])];
  };
  const bundle: NonNullable<Deps["machine"]>["bundle"] = (folder, bundleOptions) =>
    collectBundle(folder, bundleOptions, {
      facts: serverFacts(facts, services, () => pages.view()),
      ...{ secrets, logFile: options.logFile, logFolder: LOGS, reportFolder: options.reportFolder },
    });
  const pages: RemotePages = new RemotePages({
    ...{ app: (entrance) => httpApi(deps, entrance), port: options.remotePort, log },
    ...(isRescue && { onChange: (view) => writeWayIn(join(options.runFolder, "way-in"), view) }),
  });
  const boot = new BootLook({
    ...{ listDisks, release: (diskId) => images.release(diskId), variables: efivarfs() },
    readMachine: engine.readMachine,
  });
  const notes = new ImageNotes({ open: (imageId) => images.open(imageId), unlock: keys.unlock });
  const deps: Deps = {
    ...{
      system,
      listDisks,
      images,
      plans,
      layouts,
      jobs,
      restores,
      operations,
      partitions,
      boot,
      terminals,
      unattended,
      log,
    },
    ui: options.ui,
    explore: { explorations, notes },
    power: power({ isRescue, busyDisk: () => jobs.busyDisk() }),
    painted: paintedMarks(parts.mark),
    logText: () =>
      logText({
        ...facts,
        serverLog: () => readLogFile(options.logFile),
        kernelLog: readKernelLog,
        redact: redactor({ secrets: secrets() }),
      }),
    machine: { services, isRescue, refresh, rescan: () => images.rescan(), pages, bundle },
  };
  return { app: httpApi(deps), pages };
}

type MachineFacts = Pick<ServerFacts, "system" | "disks" | "images" | "plans" | "jobs">;

function serverFacts(facts: MachineFacts, services: Services, pages: () => unknown): ServerFacts {
  const { settings, network, shares, clock, ssh, power: readPower } = services;
  return {
    ...facts,
    settings: () => ({ ...settings.current, secrets: settings.sealedState(), problem: settings.problem?.message }),
    network: () => network.view(),
    places: () => shares.list(),
    clock: () => ({ ...clock.state, now: new Date().toISOString() }),
    power: () => readPower(),
    remote: async () => ({ pages: pages(), ssh: await ssh.view() }),
  };
}

/** Only the first tells how long the kiosk took; the page's name lets a test go on when the next one is there. */
function paintedMarks(mark: ConsoleMark): (page: string) => Promise<void> {
  let painted = false;
  return async (page) => {
    if (!painted) {
      painted = true;
      await mark("painted");
    }
    await mark(`page ${page}`);
  };
}
