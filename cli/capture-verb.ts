import { hostname } from "node:os";
import { basename, resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { addHookOptions, type HookOptions } from "#cli/hooks.ts";
import { refusePlain } from "#cli/image-unlock.ts";
import {
  limitOption,
  partitionNumbers,
  type SectorSizeOptions,
  sectorSizeOf,
  sectorSizeOption,
  size,
  waitOption,
} from "#cli/options.ts";
import { type Environment, passwordOf, readPassword } from "#cli/password-input.ts";
import { checkedName, checkedNote } from "#cli/plain-text.ts";
import { runCapture } from "#cli/run-capture.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { type KeyFile, readKeyFiles, unlockOption } from "#cli/volume-keys.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { Level } from "#imaging/codec/codec.ts";
import type { CaptureType } from "#imaging/image/manifest.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { newPointPath, repositoryOf } from "#imaging/repository/layout.ts";
import { isRepositoryFolder, openRepository } from "#imaging/repository/repository.ts";
import { runIdle } from "#imaging/system/run-idle.ts";
import { requestOfWish } from "#imaging/wish/capture-request.ts";

interface CaptureOptions extends SectorSizeOptions, HookOptions {
  to: string;
  level: Level;
  raw?: boolean;
  name?: string;
  note?: string;
  encrypt?: boolean;
  passwordFile?: string;
  split?: number;
  excludePartition?: number[];
  unlock?: readonly KeyFile[];
  leaveOutPageFiles?: boolean;
  verify: boolean;
  limit?: number;
  idle?: boolean;
  wait: number;
  checkpoint?: number;
  type?: CaptureType;
}

export function addCaptureVerb(program: Command, environment: Environment): void {
  addHookOptions(verb(program, "capture", "capture a disk into an image file or a repository"))
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .requiredOption("--to <place>", "the image file to make, which must not exist; or the folder of a repository")
    .addOption(
      new Option(
        "--type <type>",
        "into a repository: what the new point is called; each holds all of its disk",
      ).choices(["full", "incremental", "differential"]),
    )
    .addOption(new Option("--level <level>", "compression").choices(["none", "normal", "high"]).default("normal"))
    .option("--raw", "capture every sector, used or not")
    .option("--name <name>", "name of the image (default: the file's name)")
    .option("--note <text>", "a note to keep with the image")
    .option("--encrypt", "encrypt the image; the password comes from a file, LIFEBOAT_PASSWORD or a prompt")
    .addOption(
      new Option("--password-file <file>", "the password to encrypt with (implies --encrypt); - is standard input"),
    )
    .addOption(
      new Option("--split <size>", "split the image into files of at most this size, 16M or more").argParser(size),
    )
    .addOption(
      new Option("--exclude-partition <numbers>", "leave out these partitions, such as 3 or 3,4").argParser(
        partitionNumbers,
      ),
    )
    .addOption(unlockOption("unlock encrypted partition n, to capture only its used blocks"))
    .option("--leave-out-page-files", "leave out the content of Windows' page and hibernation files")
    .addOption(sectorSizeOption())
    .option("--no-verify", "do not read the image back afterwards")
    .addOption(limitOption())
    .option("--idle", "let every other program have processor and disks first")
    .addOption(waitOption())
    .addOption(
      new Option("--checkpoint <size>", "note after so much from where `resume` can go on (default: 1G)").argParser(
        size,
      ),
    )
    .action(async (name: string, options: CaptureOptions, command: Command) => {
      const output = outputOf(command);
      const request = await captureRequest(name, options, environment);
      if (options.idle) await runIdle();
      await runCapture(request, undefined, { store: new JobStore(environment.stateFolder), output, hooks: options });
    });
}

async function captureRequest(
  name: string,
  options: CaptureOptions,
  environment: Environment,
): Promise<CaptureRequest> {
  const { to, point } = await destination(options);
  const { level, raw, note = "", split, excludePartition: exclude, leaveOutPageFiles, verify } = options;
  const wish = {
    ...{ level, verify, note: checkedNote(note) },
    ...(raw && { raw }),
    ...(exclude && { exclude }),
    ...(leaveOutPageFiles && { leaveOutPageFiles }),
    // Less than a page would mean: no volumes; the writer says what is the least.
    ...(split !== undefined && { volumeBytes: Math.max(4096, split) }),
    ...(point?.type && { type: point.type }),
  };
  const place = {
    ...{ to, host: point?.host, writerVersion: VERSION, waitSeconds: options.wait },
    name: checkedName(options.name ?? (point ? point.host : basename(to).replace(/\.lbi$/, ""))),
    disk: await findDisk(name, sectorSizeOf(options)),
  };
  const base = {
    ...requestOfWish(wish, place),
    unlock: await readKeyFiles(options.unlock),
    bytesPerSecond: options.limit ?? 0,
    ...(options.checkpoint !== undefined && { checkpointBytes: options.checkpoint }),
  };
  if (point) return { ...base, credentials: await repositoryCredentials(repositoryOf(to), options, environment) };
  if (options.encrypt !== true && options.passwordFile === undefined) return base;
  const text = await readPassword({
    what: `the new password of ${basename(to)}`,
    option: "--password-file",
    file: options.passwordFile,
    environment: environment.password,
    isNew: true,
  });
  return { ...base, credentials: [{ kind: "password", text }] };
}

/** A folder that is a repository gets a new point; anything else is the name of an image file. */
async function destination(options: CaptureOptions): Promise<Pick<CaptureRequest, "to" | "point">> {
  const to = resolve(options.to);
  if (!(await isRepositoryFolder(to))) {
    if (options.type === undefined) return { to };
    throw new LifeboatError("USAGE", { problem: `--type is for repositories, and ${to} is none` });
  }
  if (options.split !== undefined || options.encrypt)
    throw new LifeboatError("USAGE", { problem: "--split and --encrypt are not for captures into a repository" });
  const host = hostname();
  const point = { host, ...(options.type && { type: options.type }) };
  return { to: newPointPath(to, options.name ?? host, new Date()), point };
}

/** An encrypted repository is opened as it is; its password is not a new one. */
async function repositoryCredentials(
  root: string,
  { passwordFile }: CaptureOptions,
  environment: Environment,
): Promise<Credential[]> {
  refusePlain({ path: root, ...(await openRepository(root)) }, { passwordFile });
  if (!(await openRepository(root)).encrypted) return [];
  const request = { what: passwordOf(root), option: "--password-file", file: passwordFile };
  return [{ kind: "password", text: await readPassword({ ...request, environment: environment.password }) }];
}
