import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CacheOptions, imagePath, withCache } from "#cli/image-path.ts";
import { refusePlain, type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption, type SectorSizeOptions, sectorSizeOf, sectorSizeOption, size } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { proofProgress } from "#cli/proof-progress.ts";
import { setProofStatus } from "#cli/prove-restored.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { withSignal } from "#cli/with-signal.ts";
import { fileHeader } from "#imaging/image/format.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { PROOF_FIRMWARE, type ProofFirmware, type ProofRequest, type ProofSource } from "#imaging/prove/boot-proof.ts";
import { describeProof } from "#imaging/prove/describe-proof.ts";
import { proveBoot } from "#imaging/prove/prove-boot.ts";
import { DISK_BUSES, type DiskBus } from "#imaging/prove/qemu/options.ts";

interface ProveVerbOptions extends UnlockOptions, VolumeKeyOptions, CacheOptions, SectorSizeOptions {
  firmware?: ProofFirmware;
  bus?: DiskBus;
  memory?: number;
  timeout?: number;
  report?: string;
  overlay?: string;
  overlaySize?: number;
  kvm: boolean;
}

const ABOUT = "start a disk or an image in a virtual machine, on a throw-away copy, and tell how far it comes";

export function addBootProveVerb(boot: Command, environment: Environment): void {
  withCache(verb(boot, "prove", ABOUT))
    .argument("<disk|image>", "device path, stable id, raw disk image file, image file, or point of a repository")
    .addOption(new Option("--firmware <firmware>", "default: as the disk can be started").choices(PROOF_FIRMWARE))
    .addOption(
      new Option("--bus <bus>", "how the disk is attached (default: as it is now, else ahci)").choices(DISK_BUSES),
    )
    .option("--memory <mib>", "of the virtual machine (default: what can be spared, at most 2048)", count)
    .option("--timeout <seconds>", "the longest that it is watched (default: 180, without KVM 900)", count)
    .option("--report <folder>", "write screen.png, serial.log and report.json there")
    .option("--overlay <folder>", "where what the started system writes is kept meanwhile (default: /tmp)")
    .addOption(new Option("--overlay-size <size>", "the most of that (default: 2G)").argParser(size))
    .option("--no-kvm", "emulate the processor, although KVM may work")
    .addOption(exploreUnlockOption())
    .addOption(passwordFileOption())
    .addOption(sectorSizeOption())
    .action(async (name: string, options: ProveVerbOptions, command: Command) => {
      const output = outputOf(command);
      await withSignal(`boot proof of ${name}`, async (signal) => {
        const source = await sourceOf(name, options, environment);
        const request = { ...requestOf(options), source, keys: await readKeyFiles(options.unlock) };
        const proof = await proveBoot(request, { signal, onProgress: proofProgress(output) });
        output.result(proof, () => describeProof(proof));
        setProofStatus(proof);
      });
    });
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("Give a whole number.");
  return number;
}

const requestOf = (options: ProveVerbOptions): Omit<ProofRequest, "source" | "keys"> => ({
  firmware: options.firmware,
  bus: options.bus,
  memoryMiB: options.memory,
  timeoutSeconds: options.timeout,
  emulate: !options.kvm,
  reportFolder: options.report,
  overlayFolder: options.overlay && resolve(options.overlay),
  overlayBytes: options.overlaySize,
});

/** A file that begins as an image of ours is one; every other is taken as the bytes of a disk. */
async function sourceOf(name: string, options: ProveVerbOptions, environment: Environment): Promise<ProofSource> {
  const isAddress = /^https?:\/\//i.test(name);
  if (!isAddress && !(await beginsAsImage(resolve(name)))) return { disk: await findDisk(name, sectorSizeOf(options)) };
  const path = await imagePath(name, options, environment);
  const image = await openImage(path, { unlock: unlockWith(options, environment) });
  refusePlain(image, options);
  return { image };
}

async function beginsAsImage(path: string): Promise<boolean> {
  const { type } = fileHeader.fields.magic; // "LIFEBOAT", with its quotes
  const magic = Buffer.from(type.slice(1, -1), "latin1");
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return false; // whoever opens it as a disk says why
  await using _ = file;
  if (!(await file.stat()).isFile()) return false;
  const { buffer, bytesRead } = await file.read(new Uint8Array(magic.length), 0, magic.length, 0);
  return bytesRead === magic.length && Buffer.compare(buffer, magic) === 0;
}
