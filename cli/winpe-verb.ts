import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { formatBytes } from "#base/units.ts";
import { type Output, table } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { checkStick, namedStick, writeStick } from "#cli/winpe-stick.ts";
import type { WinpeReport } from "#mediabuilder/winpe/winpe-options.ts";

interface WinpeVerbOptions {
  wim?: string;
  index?: number;
  windowsIso?: string;
  media?: string;
  drivers?: string[];
  scratch: 32 | 64 | 128 | 256 | 512;
  iso?: string;
  usb?: string;
  pxe?: string;
  wimboot?: string;
  dryRun?: boolean;
  yesErase?: string;
}

const SCRATCH_SPACES = [32, 64, 128, 256, 512] as const;

const imageIndex = (text: string): number => {
  const index = Number(text);
  if (!Number.isInteger(index) || index < 1) throw new InvalidArgumentError("Give the number of an image, from 1.");
  return index;
};

const scratchSpace = (text: string): number => {
  const found = SCRATCH_SPACES.find((one) => String(one) === text);
  if (found === undefined) throw new InvalidArgumentError(`Give one of ${SCRATCH_SPACES.join(", ")}.`);
  return found;
};

const collect = (word: string, before: string[] = []): string[] => [...before, resolve(word)];

/** `media winpe`: Lifeboat in the user's own Windows PE. */
export function addWinpeVerb(media: Command, environment: Environment): void {
  verb(media, "winpe", "put Lifeboat into your own Windows PE, and make an ISO, a stick or files for the network of it")
    .option("--wim <file>", "winpe.wim of the Windows ADK, boot.wim of a Windows ISO, or Winre.wim; only read")
    .option("--index <n>", "image in the WIM (default: the first that is a bare Windows PE)", imageIndex)
    .option(
      "--windows-iso <file>",
      "ISO of Windows: boot files are taken from it, and boot.wim when --wim is not given",
    )
    .option("--media <folder>", "boot files: of a Windows medium, or the folder that copype made")
    .option("--drivers <folder>", "drivers (.inf) in it and below; can be given several times", collect)
    .option("--scratch <MB>", "memory for what is written to drive X: 32, 64, 128, 256 or 512", scratchSpace, 512)
    .option("--iso <file>", "write an ISO; replaces only one that was made here")
    .option("--usb <file|disk>", "write an image of a stick (replaces only one that was made here), or a stick itself")
    .option("--yes-erase <disk-id>", "confirm by naming the stick: all that is on it is lost")
    .option("--pxe <folder>", "write the files that iPXE and wimboot load")
    .option("--wimboot <file>", "wimboot, for --pxe")
    .option("--dry-run", "look at everything, and write nothing")
    .action((options: WinpeVerbOptions, command: Command) => run(options, outputOf(command), environment));
}

async function run(options: WinpeVerbOptions, output: Output, environment: Environment): Promise<void> {
  const { dryRun = false, usb, yesErase } = options;
  const stick = usb === undefined ? undefined : await namedStick(usb);
  if (stick) checkStick(stick, yesErase, dryRun);
  // Loaded on use: the rescue system's own copy of the command carries no builder.
  const { WORK_DIR } = await import("#mediabuilder/build-parts.ts");
  await mkdir(WORK_DIR, { recursive: true });
  if (!stick) {
    const report = await build(options, WORK_DIR, output);
    return output.result(report, () => describe(report, dryRun));
  }
  // Named like an unfinished stage, so that what a killed run left is removed by the next build.
  const image = join(WORK_DIR, `stick.unfinished-${process.pid}`);
  try {
    const report = toStick(await build({ ...options, usb: image }, WORK_DIR, output), stick.path);
    const written = dryRun ? undefined : await writeStick(image, stick, environment, output);
    output.result({ ...report, ...(written && { stick: written }) }, () => describe(report, dryRun));
  } finally {
    await rm(image, { force: true });
  }
}

async function build(options: WinpeVerbOptions, workDir: string, output: Output): Promise<WinpeReport> {
  const { buildWinpe } = await import("#mediabuilder/winpe/build-winpe.ts");
  const { drivers = [], scratch, dryRun = false, index } = options;
  const settings = { drivers, scratchMb: scratch, dryRun, workDir, log: output.message };
  return await buildWinpe({ ...pathsOf(options), ...settings, ...(index !== undefined && { index }) });
}

const toStick = (report: WinpeReport, path: string): WinpeReport => ({
  ...report,
  // The hash is of the image, and a stick is longer.
  outputs: report.outputs.map((one) => (one.kind === "usb" ? { kind: one.kind, path, firmware: one.firmware } : one)),
});

const PATHS = ["wim", "windowsIso", "media", "iso", "usb", "pxe", "wimboot"] as const;

const pathsOf = (options: WinpeVerbOptions): Partial<Record<(typeof PATHS)[number], string>> =>
  Object.fromEntries(
    PATHS.flatMap((name) => {
      const path = options[name];
      return path === undefined ? [] : [[name, resolve(path)]];
    }),
  );

const FIRMWARE = { bios: "BIOS", uefi: "UEFI" } as const;
const LOADED = { boot: "from the start of Windows PE", start: "by drvload" } as const;

function describe({ wim, image, libraries, drivers, media, outputs, notes }: WinpeReport, dryRun: boolean): string {
  const build = image.build === undefined ? "" : `, build ${image.build}`;
  const lines = [
    `${wim}: image ${image.index} (${image.name}), ${image.kind}${build}: ${image.why}`,
    `  libraries that node.exe needs: all ${libraries.found.length} are there`,
    ...Object.entries(media).map(([name, from]) => `  ${name}: ${from}`),
    ...drivers.map(({ inf, version, loaded }) => `  ${inf} ${version ?? ""}: loaded ${LOADED[loaded]}`),
    ...notes.map((note) => `! ${note}`),
    dryRun ? "Nothing was written. This would be made:" : "Made:",
    table(
      outputs.map(({ kind, path, firmware, bytes }) => [
        `  ${kind}`,
        path,
        `starts under ${firmware.map((one) => FIRMWARE[one]).join(" and ")}`,
        bytes === undefined ? "" : formatBytes(bytes),
      ]),
    ),
    ...outputs.flatMap(({ path, sha256 }) => (sha256 === undefined ? [] : [`  SHA-256 ${sha256}  ${path}`])),
  ];
  return lines.join("\n");
}
