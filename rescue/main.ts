import { isLifeboatError } from "#base/errors.ts";
import { openImage, readManifest } from "#imaging/image/image-reader.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { undoPlaceBeside } from "#imaging/undo/place.ts";
import { planCloneWish } from "#imaging/wish/plan-clone-wish.ts";
import { planWish } from "#imaging/wish/plan-wish.ts";
import { parseCommandLine, type ServerOptions, usage } from "#rescue/command-line.ts";
import { diskSource } from "#rescue/disk-source.ts";
import { createLog } from "#rescue/log.ts";
import type { PagesView } from "#rescue/remote/remote-pages.ts";
import { type Machine, startServer } from "#rescue/server.ts";
import lifeboat from "../package.json" with { type: "json" };

/** Composes the rescue server. The only reader of the process's arguments here. */
async function main(): Promise<void> {
  const options = readOptions();
  const log = createLog(options.logFile);
  const machine: Machine = {
    engine: {
      readManifest,
      openImage,
      planRestore,
      planWish,
      planCloneWish,
      readMachine,
      checkConfirmation,
      restoreAndMend,
    },
    listDisks: diskSource(options),
    holdingDisk,
    undoPlace: (image, target) => undoPlaceBeside(image, target, options.undoFolder),
    version: lifeboat.version,
    // The rescue system has a screen for it; elsewhere whoever started the server looks here.
    ...(!options.isRescue && { onPagesOpen: showWayIn }),
  };
  const server = await startServer(options, machine, log);
  process.stdout.write(`Lifeboat rescue server: ${server.url}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      log.info({ signal }, "the rescue server is stopping");
      await server[Symbol.asyncDispose]();
      process.exit(0);
    });
  }
}

function showWayIn({ addresses, code, fingerprint }: PagesView): void {
  const lines = [
    "From another computer, open one of these in a browser; it warns of the certificate, whose SHA-256 is below:",
    ...addresses.map((address) => `  ${address}`),
    `Code: ${code}`,
    `Certificate: ${fingerprint}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function readOptions(): ServerOptions {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(error.exitStatus);
  }
}

await main();
