import { access } from "node:fs/promises";
import type { Command } from "commander";
import type { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration, formatTime } from "#base/units.ts";
import { partitionTable } from "#cli/disk-verbs.ts";
import { addExploreVerbs } from "#cli/explore-verbs.ts";
import { type CacheOptions, imagePath, withCache } from "#cli/image-path.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { addKeyVerbs } from "#cli/key-verbs.ts";
import { limitOption, passwordFileOption, waitOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { addPointVerbs } from "#cli/point-verbs.ts";
import { regionTable } from "#cli/region-table.ts";
import { runJob } from "#cli/run-job.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { type BadSectors, describeBadSectors } from "#imaging/capture/bad-sectors.ts";
import { describeBad } from "#imaging/capture/describe-bad.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import { type ImageSummary, type OpenImageOptions, openImage, readManifest } from "#imaging/image/image-reader.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import {
  type VerifyCheckpoint,
  type VerifyOptions,
  type VerifyReport,
  verifyImage,
} from "#imaging/verify/verify-image.ts";

export function addImageVerbs(program: Command, environment: Environment): void {
  const image = program.command("image").description("look at image files and into them, and change who can open them");
  addKeyVerbs(image, environment);
  addPointVerbs(image, environment);
  addExploreVerbs(image, environment);
  withCache(verb(image, "show", "show what an image holds"))
    .argument("<image>", "image file, or address of a point")
    .addOption(passwordFileOption())
    .action(async (file: string, options: UnlockOptions & CacheOptions, command: Command) => {
      const unlock = unlockWith(options, environment);
      const path = await imagePath(file, options, environment);
      const found = await readManifest(path, { unlock });
      const bad = found.bad.length > 0 ? await lookAtBad(path, unlock) : undefined;
      outputOf(command).result({ ...found, bad }, () => describe(found, bad));
    });
  withCache(verb(image, "verify", "read all of an image and check it against its checksums"))
    .argument("<image>", "image file, or address of a point")
    .option("--quick", "read all of it, but check only that it is still as it was written, and expand nothing")
    .addOption(passwordFileOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (file: string, options: VerifyVerbOptions, command: Command) => {
      const store = new JobStore(environment.stateFolder);
      const unlock = unlockWith(options, environment);
      const { quick = false, limit: bytesPerSecond = 0, wait: waitSeconds } = options;
      const path = await imagePath(file, options, environment);
      const request = { path, quick, bytesPerSecond, waitSeconds, unlock };
      await runVerify(request, undefined, { store, output: outputOf(command) });
    });
}

interface VerifyVerbOptions extends UnlockOptions, CacheOptions {
  quick?: boolean;
  limit?: number;
  wait: number;
}

export interface VerifyRequest extends Pick<VerifyOptions, "unlock" | "quick" | "bytesPerSecond" | "waitSeconds"> {
  readonly path: string;
}

export async function runVerify(
  { path, ...options }: VerifyRequest,
  from: { id: string; checkpoint: VerifyCheckpoint | undefined } | undefined,
  { store, output }: { store: JobStore; output: Output },
): Promise<void> {
  const what = { kind: "verify", image: path, quick: options.quick === true } as const;
  const work = { ...what, checkpoint: from?.checkpoint };
  const onDamage = (damage: LifeboatError) => output.message(damage.message);
  const operation = (id: string) => (signal: AbortSignal) =>
    verifyImage(
      path,
      {
        ...options,
        onDamage,
        from: from?.checkpoint,
        onCheckpoint: (checkpoint) => store.update(id, { ...what, checkpoint }),
      },
      signal,
    );
  const report = await runJob({ what: `verification of ${path}`, work, id: from?.id }, operation, store, output);
  output.result(report, () => describeVerified(path, report));
}

function describeVerified(path: string, { chunks, bytes, quick, lackingBytes, seconds }: VerifyReport): string {
  const checked = `${chunks} chunks, ${formatBytes(bytes)} checked in ${formatDuration(seconds)}`;
  const intact = quick
    ? `${path} is as it was written: ${checked}; nothing was expanded`
    : `${path} is intact: ${checked}`;
  if (lackingBytes === 0) return intact;
  return `${intact}\n! it lacks ${formatBytes(lackingBytes)} that could not be read when it was made: \`lifeboat image show\` says where`;
}

type BadInImage = Omit<BadSectors, "mapFile"> & Partial<BadSectors>;

/** What could not be read when the image was made, with the files on it as the image itself names them. */
async function lookAtBad(path: string, unlock: NonNullable<OpenImageOptions["unlock"]>): Promise<BadInImage> {
  const image = await openImage(path, { unlock });
  using device = openImageDevice(image);
  const { mapFile, ...bad } = await describeBadSectors(device, image.manifest.partitions, [...image.bad], path);
  const hasMap = await access(mapFile).then(
    () => true,
    () => false,
  );
  return hasMap ? { ...bad, mapFile } : bad;
}

function describe(found: ImageSummary, bad: BadInImage | undefined): string {
  const { manifest, fileSize, rootHash, path, volumes, encrypted } = found;
  const { disk, table, warnings } = manifest;
  // The warnings of the file systems are among those of the image; only images of older writers have none.
  const partitions = warnings ? manifest.partitions.map(withoutWarnings) : manifest.partitions;
  const head = [
    `${manifest.name}, captured ${formatTime(manifest.createdAt)} by ${manifest.writer.program} ${manifest.writer.version}`,
    ...(manifest.note ? [`  note       ${manifest.note}`] : []),
    `  file       ${path}, ${formatBytes(fileSize)}${volumes > 1 ? ` in ${volumes} files` : ""}${encrypted ? ", encrypted" : ""}`,
    `  disk       ${disk.model ?? "no model name"}${disk.serial ? `, serial ${disk.serial}` : ""}, ${formatBytes(disk.size)}, ${disk.sectorSize}-byte sectors`,
    `  table      ${table.type}${table.diskId ? ` ${table.diskId}` : ""}`,
    `  image id   ${manifest.imageId}`,
    `  root hash  ${rootHash}`,
  ];
  return [
    ...head.map(printable),
    partitionTable(partitions),
    regionTable(manifest.regions),
    ...(warnings ?? []).map((text) => printable(`! ${text}`)),
    ...(bad ? describeBad(bad) : []),
  ].join("\n");
}

const withoutWarnings = (partition: PartitionInfo): PartitionInfo =>
  partition.filesystem ? { ...partition, filesystem: { ...partition.filesystem, warnings: [] } } : partition;
