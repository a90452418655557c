import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { openSource } from "#imaging/capture/open-source.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { type Acceleration, emulated, findAcceleration } from "#imaging/prove/acceleration.ts";
import type { BootProof, ProofProgress, ProofRequest, ProofSource } from "#imaging/prove/boot-proof.ts";
import { chooseFirmware, firmwareHere, hasBootCode } from "#imaging/prove/choose-firmware.ts";
import { conclude, type DiskFacts } from "#imaging/prove/judge/conclude.ts";
import { explain } from "#imaging/prove/judge/explain.ts";
import { availableMemory, chooseMemory } from "#imaging/prove/memory.ts";
import { chooseOverlay } from "#imaging/prove/overlay.ts";
import { type PreparedDisk, prepareDisk } from "#imaging/prove/prepare/prepare-disk.ts";
import { startProofMachine } from "#imaging/prove/proof-machine.ts";
import type { DiskBus } from "#imaging/prove/qemu/options.ts";
import { throwAway } from "#imaging/prove/throw-away.ts";
import { type Watched, watch } from "#imaging/prove/watch.ts";
import { writeReport } from "#imaging/prove/write-report.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import { proofWords } from "#imaging/words/proof-words.ts";

export interface ProveOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ProofProgress) => void;
}

/** Emulating a processor takes so many times as long as running on one. */
const SLOWNESS = { kvm: 1, tcg: 4, "steady-tcg": 4 } as const;
const TIMEOUT_SECONDS = { kvm: 180, tcg: 900, "steady-tcg": 900 } as const;

/**
 * Starts a disk, or the disk in an image, in a virtual machine and tells how far it comes. What is started is a throw-away
 * copy on top of it, which is told to say how far it is; the disk or image is only read.
 *
 *   source -> throw-away copy -> prepared -> virtual machine -> watched -> conclusion
 *
 * However this ends, the copy, the virtual machine and all mounts are gone; after a kill, mounts by the next proof.
 * @throws PROOF_NO_MEMORY, PROOF_NO_ROOM, PROOF_FAILED, TOOL_MISSING, FUSE_UNAVAILABLE, SOURCE_IN_USE, OPEN_FAILED,
 * UNLOCK_FAILED, USAGE; the signal's reason
 */
export async function proveBoot(request: ProofRequest, options: ProveOptions): Promise<BootProof> {
  const { signal, onProgress = () => {} } = options;
  const began = performance.now();
  const tell = (stage: ProofProgress["stage"]) => onProgress({ stage, seconds: (performance.now() - began) / 1000 });
  tell("preparing");
  const memoryMiB = chooseMemory(request.memoryMiB, await availableMemory());
  const overlay = await chooseOverlay(request.overlayFolder, request.overlayBytes);
  const acceleration = await accelerationOf(request, signal);
  await using source = await openProofSource(request.source);
  await using copy = throwAway(source.device, overlay);
  const prepared = await prepareDisk(copy.device, source.partitions, { keys: request.keys ?? [], signal });
  const chosen = await firmwareOf(request, source, prepared);
  const bus = request.bus ?? busOf(request.source);
  const disk = await factsOf(source, prepared, chosen.firmware);
  const { accelerator } = acceleration;
  const seen = await run();
  const conclusion = conclude(seen, disk);
  const words = explain(conclusion, seen, disk, bus);
  const proof: BootProof = {
    ...{ verdict: conclusion.verdict, cause: conclusion.cause, reached: conclusion.reached },
    ...{ ...words, evidence: conclusion.evidence, source: source.device.path },
    ...{ firmware: chosen.firmware, firmwareBecause: chosen.because, bus, memoryMiB, accelerator },
    ...{ seconds: seen.seconds, readBytes: seen.readBytes, writtenBytes: seen.writtenBytes },
    prepared: { added: prepared.added, left: prepared.left },
    system: seen.state.state === undefined ? undefined : seen.state,
    complaints: seen.complaints,
    warnings: [...source.damage(), ...warningsOf(seen, prepared, acceleration, chosen.firmware)],
  };
  return request.reportFolder === undefined ? proof : await writeReport(request.reportFolder, proof, seen);

  async function run(): Promise<Watched> {
    const machineOptions = { disk: copy.device, firmware: chosen.firmware, bus, memoryMiB, acceleration };
    await using machine = await startProofMachine(machineOptions).catch((error: unknown) => {
      if (isLifeboatError(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LifeboatError("PROOF_FAILED", { source: source.device.path, reason }, { cause: error });
    });
    return await watch(machine, {
      timeout: request.timeoutSeconds ?? TIMEOUT_SECONDS[accelerator],
      slowness: SLOWNESS[accelerator],
      isEmpty: chosen.firmware === "bios" && !disk.hasBootCode,
      folder: machine.directory,
      ...{ signal, onProgress: tell },
      readFailure: () => copy.failure?.message,
    });
  }
}

const accelerationOf = async ({ emulate }: ProofRequest, signal: AbortSignal): Promise<Acceleration> =>
  emulate ? emulated(undefined) : await findAcceleration(signal);

interface OpenedSource extends AsyncDisposable {
  readonly device: ReadableDevice;
  readonly partitions: readonly PartitionInfo[];
  /** What of an image turned out to be damaged, in plain words. */
  damage(): string[];
}

async function openProofSource(source: ProofSource): Promise<OpenedSource> {
  await using stack = new AsyncDisposableStack();
  if ("image" in source) {
    const { image } = source;
    stack.use(await leaseImage(image.path));
    const opened = stack.use(openDiskSource(image));
    const all = stack.move();
    return {
      device: opened,
      partitions: image.manifest.partitions,
      damage: () => opened.damage.map(({ text }) => text),
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    };
  }
  const device = stack.use(await openSource(source.disk));
  const { volumes } = await surveyDisk(device);
  const all = stack.move();
  return {
    device,
    partitions: volumes.map(({ info }) => info),
    damage: () => [],
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function firmwareOf({ firmware }: ProofRequest, { device, partitions }: OpenedSource, prepared: PreparedDisk) {
  if (firmware !== undefined) return { firmware, because: proofWords["proof.asked"] };
  const hasEfiLoader = prepared.hasEfiFallback || prepared.startedInPlace !== undefined;
  const here = await firmwareHere();
  return chooseFirmware({ hasBootCode: await hasBootCode(device), hasEfiLoader, partitions, here });
}

/** As the inventory names them (lsblk's TRAN); for all others, and for files, what nearly every system has a driver for. */
const BUSES: Readonly<Record<string, DiskBus>> = { nvme: "nvme", usb: "usb", virtio: "virtio" };

const busOf = (source: ProofSource): DiskBus => ("disk" in source ? BUSES[source.disk.bus] : undefined) ?? "ahci";

const factsOf = async (
  { device }: OpenedSource,
  { names, left, kernels }: PreparedDisk,
  firmware: DiskFacts["firmware"],
): Promise<DiskFacts> => ({
  ...{ firmware, names, allNamed: left.length === 0, isPrepared: kernels > 0 },
  hasBootCode: await hasBootCode(device),
});

function warningsOf(
  seen: Watched,
  prepared: PreparedDisk,
  { because }: Acceleration,
  firmware: DiskFacts["firmware"],
): string[] {
  const inPlace = firmware === "uefi" ? prepared.startedInPlace : undefined;
  return [
    ...(because === undefined ? [] : [proofWords["proof.emulated"]({ why: because })]),
    ...(inPlace === undefined ? [] : [proofWords["proof.in-place"]({ loader: inPlace })]),
    ...(seen.starts > 1 ? [proofWords["proof.anew"]({ times: seen.starts - 1 })] : []),
    ...(seen.readFailure === undefined ? [] : [proofWords["proof.unread"]({ why: seen.readFailure })]),
    ...(prepared.kernels === 0 ? [proofWords["proof.no-serial"]] : []),
  ];
}
