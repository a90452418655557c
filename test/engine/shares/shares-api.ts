import { openImage, readManifest } from "#imaging/image/image-reader.ts";
import { restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { planCloneWish } from "#imaging/wish/plan-clone-wish.ts";
import { planWish } from "#imaging/wish/plan-wish.ts";
import { Client } from "#rescue/api/client.ts";
import { parseCommandLine, type ServerOptions } from "#rescue/command-line.ts";
import { composeApi } from "#rescue/compose-api.ts";
import { noConsoleMark } from "#rescue/console-mark.ts";
import { diskSource } from "#rescue/disk-source.ts";
import { Explorations } from "#rescue/explore/explorations.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { openLibrary, openOperations } from "#rescue/server.ts";
import { openServices, type Services } from "#rescue/services.ts";
import { listen, memoryLog } from "#test/doubles/rescue.ts";
import type { Workspace } from "#test/engine/image/workspace.ts";

export interface SharesApi extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
  readonly services: Services;
}

/**
 * All of the rescue system's server that answers, and nothing of what it does by itself: cards, clock and console are
 * those of this machine. Shares are mounted below `run` in the workspace, and stay when it is disposed of.
 */
export async function startSharesApi(work: Workspace, disks: readonly string[], ui?: string): Promise<SharesApi> {
  const files = disks.flatMap((path) => ["--disk", path]);
  const kept = ["run", "reports", "undo"].flatMap((name) => [`--${name}`, work.path(name)]);
  const named = parseCommandLine(["--only-files", "--settings", work.path("settings.json"), ...files, ...kept]);
  // It mounts shares, but lets the disks of this machine be.
  const options: ServerOptions = { ...named, ui, isRescue: true };
  const log = memoryLog();
  const machine = {
    engine: {
      ...{ readManifest, openImage, planRestore, planWish, planCloneWish, readMachine, checkConfirmation },
      restoreAndMend,
    },
    ...{ listDisks: diskSource(options), holdingDisk: async () => undefined, version: "0" },
    undoPlace: async () => undefined,
  };
  const services = await openServices(options, log);
  const jobs = new JobRegistry();
  const keys = new ImageKeys();
  const opened = { options: { ...options, isRescue: false }, machine, jobs, keys, services, log };
  const images = await openLibrary(opened);
  const operations = openOperations({ ...opened, images, mark: noConsoleMark });
  const explorations = new Explorations({ open: (id) => images.open(id), unlock: keys.unlock, log });
  const { app } = composeApi({
    ...{ options, machine, services, jobs, keys, images, explorations, operations, log, mark: noConsoleMark },
    ...{ terminals: undefined, unattended: undefined, refresh: () => {} },
  });
  const server = await listen(app);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    ...{ url, client: new Client(url), services },
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      await operations.stop();
      await server[Symbol.asyncDispose]();
      await explorations[Symbol.asyncDispose]();
      await images.close();
    },
  };
}
