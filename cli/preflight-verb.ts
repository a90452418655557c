import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type CacheOptions, imagePath, withCache } from "#cli/image-path.ts";
import { refusePlain, type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { type LayoutOptions, layoutWish, withLayout } from "#cli/layout-options.ts";
import { passwordFileOption, type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { withSignal } from "#cli/with-signal.ts";
import { type OpenDisk, openDisk } from "#imaging/clone/open-disk.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { chooseTarget, placedTarget } from "#imaging/preflight/choose-target.ts";
import { describeVerdict } from "#imaging/preflight/describe-verdict.ts";
import type { TargetDisk } from "#imaging/preflight/judge/context.ts";
import type { Answer } from "#imaging/preflight/judge/verdict.ts";
import { loadMachine, saveMachine } from "#imaging/preflight/machine/machine-file.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { fitOf, preflight } from "#imaging/preflight/preflight.ts";
import { onlySystems } from "#imaging/systems/only-systems.ts";
import { withFirmware } from "#imaging/wish/systems.ts";

interface PreflightOptions extends UnlockOptions, VolumeKeyOptions, CacheOptions, SectorSizeOptions, LayoutOptions {
  to?: string;
  machine?: string;
  saveMachine?: string;
  universal?: boolean;
  drivers?: string[];
  firmware?: "bios" | "uefi";
  discardHibernation?: boolean;
}

/** docs/errors.md, "Exit statuses". */
const STATUS: Readonly<Record<Answer, number>> = {
  "will-boot": 0,
  "will-boot-after": 10,
  "will-not-boot": 11,
  unknown: 12,
};

export function addPreflightVerb(program: Command, environment: Environment): void {
  const command = verb(
    program,
    "preflight",
    "say whether an image will boot on this machine, or another one, before anything is wiped; exit status 0: it will, 10: after changes, 11: it will not, 12: it cannot be known",
  );
  withLayout(withCache(command))
    .argument("[image]", "image file, address of a point, or a disk; none with --save-machine alone")
    .option("--to <disk>", "the disk that it is for (default: the only one that stays in the machine)")
    .option("--machine <file>", "judge for the machine that this file describes")
    .option("--save-machine <file>", "describe this machine in a file, for --machine elsewhere")
    .option("--universal", "as if it were restored with --universal")
    .option(
      "--drivers <folder>",
      "with drivers for Windows from this folder; may be given again",
      (folder: string, before: string[] = []) => [...before, resolve(folder)],
    )
    .addOption(new Option("--firmware <kind>", "as if it were restored with --firmware").choices(["bios", "uefi"]))
    .option("--discard-hibernation", "as if it were restored with --discard-hibernation")
    .addOption(sectorSizeOption())
    .addOption(exploreUnlockOption())
    .addOption(passwordFileOption())
    .action(async (file: string | undefined, options: PreflightOptions, self: Command) => {
      const output = outputOf(self);
      if (options.into !== undefined)
        throw new LifeboatError("USAGE", { problem: "a pre-flight is of whole disks: leave --into out" });
      const machine = await theMachine(options);
      if (options.saveMachine !== undefined) {
        await saveMachine(resolve(options.saveMachine), machine);
        output.message(`${machine.name} is described in ${options.saveMachine}`);
      }
      if (file === undefined) {
        if (options.saveMachine === undefined)
          throw new LifeboatError("USAGE", { problem: "name an image, or a file with --save-machine" });
        return output.result(machine, () => "");
      }
      await withSignal(`pre-flight of ${file}`, async (signal) => {
        const keys = await readKeyFiles(options.unlock);
        await using opened = await open(file, options, environment);
        const { image } = opened;
        const target = await theTarget(machine, options, opened.disk);
        const asked = await layoutWish(options);
        const layout = options.system ? await onlySystems(image, asked, keys) : asked;
        // A restore repairs what starts the systems, and makes the partition that it needs for that.
        const fit = opened.disk
          ? {}
          : { ...(await fitOf(image, target, withFirmware(layout, options.firmware), keys)), bootRepair: true };
        const { universal, firmware, discardHibernation } = options;
        const wish = {
          ...{ ...fit, ...(universal && { universal }), ...(firmware && { firmware }) },
          ...(discardHibernation && { discardHibernation }),
        };
        const driverFolders = options.drivers ?? [];
        const verdict = await preflight(image, { machine, target, wish, keys, driverFolders, signal });
        output.result(verdict, () => describeVerdict(verdict));
        process.exitCode = STATUS[verdict.answer];
      });
    });
}

async function theMachine({ machine, saveMachine: file }: PreflightOptions): Promise<MachineHardware> {
  if (machine === undefined) return readMachine();
  if (file !== undefined)
    throw new LifeboatError("USAGE", { problem: "--save-machine describes this machine, --machine takes another one" });
  return loadMachine(resolve(machine));
}

/** A disk that is judged itself is its own target where none is named. */
async function theTarget(machine: MachineHardware, options: PreflightOptions, self?: OpenedDisk): Promise<TargetDisk> {
  if (options.machine !== undefined || (options.to === undefined && !self)) return chooseTarget(machine, options.to);
  const disk = options.to === undefined && self ? self : await findDisk(options.to ?? "", sectorSizeOf(options));
  return placedTarget(machine, disk);
}

type OpenedDisk = Awaited<ReturnType<typeof findDisk>>;

interface Opened extends AsyncDisposable {
  readonly image: Image | OpenDisk;
  /** Of a disk that is judged as it is. */
  readonly disk?: OpenedDisk;
}

/** What is no image is a disk. */
async function open(file: string, options: PreflightOptions, environment: Environment): Promise<Opened> {
  try {
    const image = await openImage(await imagePath(file, options, environment), {
      unlock: unlockWith(options, environment),
    });
    refusePlain(image, options);
    return { image, [Symbol.asyncDispose]: async () => {} };
  } catch (error) {
    if (!isLifeboatError(error, "IMAGE_NOT_RECOGNISED") && !isLifeboatError(error, "OPEN_FAILED")) throw error;
    const disk = await findDisk(file).catch(() => {
      throw error;
    });
    const unlock = await readKeyFiles(options.unlock);
    const image = await openDisk(disk, { raw: false, unlock, createdAt: new Date().toISOString() });
    return { image, disk, [Symbol.asyncDispose]: () => image[Symbol.asyncDispose]() };
  }
}
