import type { Command } from "commander";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { ownAddresses, port } from "#cli/peer-address.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { type KeyFile, readKeyFiles, unlockOption } from "#cli/volume-keys.ts";
import { openDisk } from "#imaging/clone/open-disk.ts";
import { createPairingCode, pairingKey } from "#imaging/clone/remote/pairing-code.ts";
import { type ServeEvent, type ServeReport, serveDisk } from "#imaging/clone/remote/serve-disk.ts";
import { DEFAULT_PORT } from "#imaging/clone/remote/wire.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { bootIdentity } from "#imaging/system/boot-identity.ts";

interface ServeOptions {
  raw?: boolean;
  leaveOutPageFiles?: boolean;
  unlock?: readonly KeyFile[];
  listen?: string;
  port: number;
}

/** `clone serve DISK`: the disk is held and only read, until one receiver has all of it. */
export function addCloneServeVerb(clone: Command, environment: Environment): void {
  verb(clone, "serve", "offer a disk to `clone receive` on another machine, which needs the code that is shown")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .option("--raw", "every sector, whatever is on the disk")
    .option("--leave-out-page-files", "leave out the content of Windows' page and hibernation files")
    .addOption(unlockOption("unlock encrypted partition n, to send only its used blocks"))
    .option("--listen <address>", "listen at this address of the machine only (default: at all of them)")
    .option("--port <n>", "listen at this port; 0: any that is free", port, DEFAULT_PORT)
    .action(async (name: string, options: ServeOptions, command: Command) => {
      const output = outputOf(command);
      const disk = await findDisk(name);
      // The code of before, for a receiver that waits for this machine to come back.
      const code = environment.pairingCode ?? createPairingCode();
      const key = await pairingKey(code);
      const report = await runOperation(
        "serve",
        (signal) => serve(disk, options, { code, key, output }, signal),
        output,
      );
      output.result(report, () => describe(report));
    });
}

/** An operation that has no steps to show. */
async function* serve(
  disk: Disk,
  { raw = false, leaveOutPageFiles = false, unlock, listen, port: portNumber }: ServeOptions,
  { code, key, output }: { code: string; key: Uint8Array; output: Output },
  signal: AbortSignal,
): AsyncGenerator<never, ServeReport, undefined> {
  const createdAt = new Date().toISOString();
  const keys = await readKeyFiles(unlock);
  await using image = await openDisk(disk, { raw, leaveOutPageFiles, unlock: keys, createdAt });
  for (const { text } of image.warnings) output.message(`! ${text}`);
  const { id, path, kind } = disk;
  const served = { id, path, kind, machine: await bootIdentity(), raw, leaveOutPageFiles };
  const onEvent = (event: ServeEvent) => {
    if (event.type === "listening") announce(event.port);
    else output.message(eventText(event));
  };
  const announce = (at: number) => {
    const addresses = ownAddresses(listen, at);
    // One line, as the result that comes at the end is no line.
    if (output.json) process.stdout.write(`${JSON.stringify({ code, port: at, addresses })}\n`);
    else output.message(offer(disk, image.rawBytes, addresses, code));
  };
  return await serveDisk({ image, served, key, host: listen, port: portNumber, onEvent }, signal);
}

const offer = (disk: Disk, bytes: number, addresses: readonly string[], code: string): string =>
  [
    `${diskName(disk)} (${disk.path}) is offered: ${formatBytes(bytes)} of ${formatBytes(disk.size)}. Ctrl-C ends it.`,
    "On the other machine:",
    ...addresses.map((address) => `  lifeboat clone receive ${address} --to DISK --dry-run`),
    `Pairing code:  ${code}`,
  ].join("\n");

function eventText(event: Exclude<ServeEvent, { type: "listening" }>): string {
  switch (event.type) {
    case "connected":
      return `${event.from} has connected`;
    case "gone":
      return `${event.from} is gone${event.reason === undefined ? "" : `: ${event.reason}`}`;
    case "refused":
      return `! ${event.from} has a wrong pairing code; after ${event.left} more the disk is no longer served`;
  }
}

const describe = ({ receiver, sentBytes, seconds }: ServeReport): string =>
  `${receiver} has its copy: ${formatBytes(sentBytes)} were read for it, ${formatDuration(seconds)} after the disk was offered.`;
