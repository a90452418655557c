import { basename, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import {
  limitOption,
  partitionNumbers,
  type SectorSizeOptions,
  sectorSizeOf,
  sectorSizeOption,
  size,
  waitOption,
} from "#cli/options.ts";
import { type Environment, readPassword } from "#cli/password-input.ts";
import { textProblem } from "#cli/plain-text.ts";
import { readKeyFiles, runCapture } from "#cli/run-capture.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { Level } from "#imaging/codec/codec.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import { runIdle } from "#imaging/system/run-idle.ts";

interface CaptureOptions extends SectorSizeOptions {
  to: string;
  level: Level;
  raw?: boolean;
  name?: string;
  note?: string;
  encrypt?: boolean;
  passwordFile?: string;
  split?: number;
  excludePartition?: number[];
  unlock?: { partition: number; keyFile: string }[];
  leaveOutPageFiles?: boolean;
  verify: boolean;
  limit?: number;
  idle?: boolean;
  wait: number;
  checkpoint?: number;
}

export function addCaptureVerb(program: Command, environment: Environment): void {
  verb(program, "capture", "capture a disk into an image file")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .requiredOption("--to <file>", "the image file to make; it must not exist")
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
    .addOption(
      new Option("--unlock <n=keyfile>", "unlock encrypted partition n, to capture only its used blocks").argParser(
        unlockKey,
      ),
    )
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
      await runCapture(request, undefined, { store: new JobStore(environment.stateFolder), output });
    });
}

async function captureRequest(
  name: string,
  options: CaptureOptions,
  environment: Environment,
): Promise<CaptureRequest> {
  const to = resolve(options.to);
  const base = {
    to,
    level: options.level,
    raw: options.raw === true,
    name: checkedName(options.name ?? basename(to).replace(/\.lbi$/, "")),
    note: checkedNote(options.note ?? ""),
    writerVersion: VERSION,
    disk: await findDisk(name, sectorSizeOf(options)),
    volumeSize: options.split === undefined ? 0 : wholePages(options.split),
    exclude: options.excludePartition ?? [],
    unlock: await readKeyFiles(options.unlock ?? []),
    leaveOutPageFiles: options.leaveOutPageFiles === true,
    verify: options.verify,
    bytesPerSecond: options.limit ?? 0,
    waitSeconds: options.wait,
    ...(options.checkpoint !== undefined && { checkpointBytes: options.checkpoint }),
  };
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

/** Volumes are whole pages of 4 KiB. Less than one would mean: no volumes; the writer says what is the least. */
const wholePages = (bytes: number): number => Math.max(1, Math.floor(bytes / 4096)) * 4096;

function unlockKey(text: string, before: CaptureOptions["unlock"] = []): CaptureOptions["unlock"] {
  const [, number, keyFile] = /^(\d+)=(.+)$/.exec(text) ?? [];
  if (number === undefined || keyFile === undefined)
    throw new InvalidArgumentError("Give the partition's number and a key file, such as 3=/run/key.");
  return [...before, { partition: Number(number), keyFile: resolve(keyFile) }];
}

const NAME_LIMIT = 200;
const NOTE_LIMIT = 4096;

const checkedName = (name: string): string =>
  checked("--name", name, textProblem(name, { least: 1, most: NAME_LIMIT, multiline: false }));

const checkedNote = (note: string): string =>
  checked("--note", note, textProblem(note, { least: 0, most: NOTE_LIMIT, multiline: true }));

/** Names and notes are shown on many screens, and by programs that trust them more than they should. */
function checked(option: string, value: string, problem: string | undefined): string {
  if (problem) throw new LifeboatError("USAGE", { problem: `${option} cannot be used: ${problem}` });
  return value;
}
