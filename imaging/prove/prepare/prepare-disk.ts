import { join } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { knownLoader, startupScript } from "#imaging/prove/prepare/efi-loaders.ts";
import { fatFiles } from "#imaging/prove/prepare/fat-files.ts";
import { isMountable, withMounted } from "#imaging/prove/prepare/mounted-files.ts";
import { type PreparedVolume, prepareEfi, prepareLinux } from "#imaging/prove/prepare/prepare-volume.ts";
import { type WritableVolume, writableVolumes } from "#imaging/prove/prepare/writable-volumes.ts";
import { showFiles } from "#imaging/prove/show-files.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export interface PreparedDisk {
  /** What was added to the throw-away copy, and where, in plain words. */
  readonly added: readonly string[];
  /** What was left as it is, and why. */
  readonly left: readonly string[];
  /** Kernel lines that print on the serial port now. */
  readonly kernels: number;
  /** Names of the systems that say how far they are. */
  readonly systems: readonly string[];
  /** What UEFI firmware could start: "EFI/debian/shimx64.efi". */
  readonly efiLoaders: readonly string[];
  readonly hasEfiFallback: boolean;
  /** The loader that a firmware's entry would start, and that is started in its place because there is no fallback. */
  readonly startedInPlace: string | undefined;
  /** UUIDs and labels of all file systems, and GUIDs of partitions, by which a system may call its root. */
  readonly names: readonly string[];
}

/**
 * Looks for what starts from a disk, and adds to it what makes the start tell how far it is. The disk is one that is thrown
 * away. What cannot be looked into stays as it is.
 * @throws FUSE_UNAVAILABLE, UNLOCK_FAILED when keys were given and none fits, TOOL_MISSING; the signal's reason
 */
export async function prepareDisk(
  disk: BlockDevice,
  partitions: readonly PartitionInfo[],
  { keys, signal }: { readonly keys: readonly VolumeKey[]; readonly signal: AbortSignal },
): Promise<PreparedDisk> {
  const { volumes, closed } = await writableVolumes(disk, partitions, keys);
  const left = [...closed];
  const prepared: { readonly name: string; readonly what: PreparedVolume }[] = [];
  const files = new Map(volumes.map(({ device }, i) => [fileName(i), device]));
  const folders = volumes.map((_, i) => folderName(i));
  await using shown = await showFiles(files, folders, disk.path);
  for (const [i, volume] of volumes.entries()) {
    signal.throwIfAborted();
    const file = join(shown.folder, fileName(i));
    const what = await prepare(volume, { file, folder: join(shown.folder, folderName(i)) }, signal).catch(
      (error: unknown) => {
        if (!isLifeboatError(error, "TOOL_FAILED") && !isLifeboatError(error, "TOOL_MISSING")) throw error;
        left.push(`${volume.name}: ${error.text}`);
      },
    );
    if (what) prepared.push({ name: volume.name, what });
  }
  const loaders = prepared.flatMap(({ what }) => what.loaders.paths);
  const hasEfiFallback = prepared.some(({ what }) => what.loaders.hasFallback);
  return {
    added: prepared.flatMap(({ name, what }) => what.added.map((text) => `${name}: ${text}`)),
    left,
    kernels: prepared.reduce((sum, { what }) => sum + what.kernels, 0),
    systems: prepared.flatMap(({ what }) => what.system ?? []),
    ...{ efiLoaders: loaders, hasEfiFallback },
    startedInPlace: hasEfiFallback ? undefined : knownLoader(loaders),
    names: namesOf(partitions, volumes),
  };
}

const fileName = (number: number): string => `volume-${number}.img`;
const folderName = (number: number): string => `volume-${number}`;

/** @returns undefined for what nothing starts from */
async function prepare(
  { filesystem }: WritableVolume,
  { file, folder }: { readonly file: string; readonly folder: string },
  signal: AbortSignal,
): Promise<PreparedVolume | undefined> {
  const type = filesystem?.type;
  if (type === "vfat") {
    const files = fatFiles(file, signal);
    const what = await prepareEfi(files);
    const loader = what.loaders.hasFallback ? undefined : knownLoader(what.loaders.paths);
    if (loader === undefined) return what;
    await files.write("startup.nsh", startupScript(loader));
    return { ...what, added: [...what.added, `/startup.nsh: starts ${loader}, as an entry of the firmware would`] };
  }
  if (type === undefined || !isMountable(type)) return undefined;
  return await withMounted({ file, folder, type }, signal, prepareLinux);
}

const namesOf = (partitions: readonly PartitionInfo[], volumes: readonly WritableVolume[]): string[] =>
  [
    ...partitions.flatMap(({ guid, name, filesystem }) => [guid, name, filesystem?.uuid, filesystem?.label]),
    ...volumes.flatMap(({ filesystem }) => [filesystem?.uuid, filesystem?.label]),
  ].filter((name) => name !== undefined && name !== "") as string[];
