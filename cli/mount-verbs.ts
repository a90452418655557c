import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import { mountInBackground } from "#cli/background-mount.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { type VolumeReport, volumeReport, volumeTable } from "#cli/volume-table.ts";
import { detachImage } from "#imaging/explore/detach.ts";
import { DISK_FILE, type Exploration, exploreImage } from "#imaging/explore/explore-image.ts";
import { clearLeft } from "#imaging/explore/private-exploration.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { clearShown } from "#imaging/prove/show-files.ts";

export interface MountOptions extends UnlockOptions, VolumeKeyOptions {
  partition?: number;
  background?: boolean;
}

/** What the verb prints with --json, as soon as everything is mounted. */
export interface MountReport {
  readonly folder: string;
  readonly image: string;
  readonly disk: string;
  readonly badBytes: number;
  readonly volumes: readonly VolumeReport[];
}

export function addMountVerbs(image: Command, environment: Environment): void {
  verb(image, "mount", "show the files of an image in a folder, read-only, until Ctrl-C or `image unmount`")
    .argument("<image>", "image file")
    .argument("<folder>", "an empty folder; it is made when it is not there")
    .option("--partition <number>", "only this one", partitionNumber)
    .option("--background", "return when everything is mounted; `image unmount` ends it")
    .addOption(passwordFileOption())
    .addOption(exploreUnlockOption())
    .action(async (file: string, folder: string, options: MountOptions, command: Command) => {
      const [path, at, output] = [resolve(file), resolve(folder), outputOf(command)];
      if (!options.background) return await mountInForeground(path, at, options, environment, output);
      const report = await mountInBackground(path, at, options, environment);
      output.result(report, () => describe(report, "It stays until"));
    });

  verb(image, "unmount", "take the files of an image away again, also what a mount that was killed has left")
    .argument("[folder]", "where it is mounted; without it, what killed commands have left is taken away")
    .option("--force", "also when programs use it: they get errors")
    .action(async (folder: string | undefined, options: { force?: boolean }, command: Command) => {
      const cleared = (await clearLeft()) + (await clearShown());
      if (folder !== undefined) await detachImage(resolve(folder), options);
      const text = folder === undefined ? `${cleared} left behind by killed commands` : printable(resolve(folder));
      outputOf(command).result({ folder: folder && resolve(folder), cleared }, () => `Unmounted: ${text}`);
    });
}

export function partitionNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || text === "")
    throw new InvalidArgumentError("Give the number of a partition, as `image show` prints it.");
  return number;
}

async function mountInForeground(
  path: string,
  folder: string,
  options: MountOptions,
  environment: Environment,
  output: Output,
): Promise<void> {
  const controller = new AbortController();
  const stopped = Promise.withResolvers<void>();
  const stop = () => {
    controller.abort();
    stopped.resolve();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  const image = await openImage(path, { unlock: unlockWith(options, environment) });
  await using exploration = await exploreImage(image, folder, {
    partition: options.partition,
    keys: await readKeyFiles(options.unlock),
    onDamage: (damage) => output.message(damage.message),
    signal: controller.signal,
  });
  const report = reportOf(image, exploration);
  output.result(report, () => describe(report, "Ctrl-C takes it away, or"));
  await Promise.race([stopped.promise, exploration.ended]);
}

const reportOf = (image: Image, { folder, volumes }: Exploration): MountReport => ({
  ...{ folder, image: image.path, disk: DISK_FILE, badBytes: image.bad.bytes },
  volumes: volumes.map(volumeReport),
});

function describe({ folder, image, badBytes, volumes }: MountReport, until: string): string {
  const bad = `! ${formatBytes(badBytes)} could not be read when it was captured, and read as zeros`;
  return [
    printable(`${image} is mounted at ${folder}, read-only, for root; the whole disk is ${DISK_FILE} there`),
    volumeTable(volumes),
    ...(badBytes > 0 ? [bad] : []),
    printable(`${until} \`lifeboat image unmount ${folder}\``),
  ].join("\n");
}
