import type { BlockDevice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import { innerTargets } from "#imaging/installed/inner-targets.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { installedVolume } from "#imaging/installed/installed-volume.ts";
import { showVolumes } from "#imaging/installed/shown-volumes.ts";
import type { VolumeFile, VolumeFiles } from "#imaging/installed/volume-file.ts";
import { type SurveyedVolume, surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { keysOf, type Unlock, type VolumeKey } from "#imaging/volume/container.ts";
import { insideWords, ofVolume } from "#imaging/words/inside-words.ts";

/** Volumes of LVM in LUKS on a partition is two. */
const DEPTH_LIMIT = 4;

/**
 * The volumes of a disk, for a process that mounts and changes them: partitions as parts of the disk, those in LVM and LUKS
 * as files that are decrypted and put together as they are used.
 * @param device held by the caller, opened for writing
 * @throws TABLE_DAMAGED, READ_FAILED; UNLOCK_FAILED when a key was given and does not fit; STAGE_FAILED
 */
export async function diskVolumes(device: BlockDevice, keys: readonly VolumeKey[] = []): Promise<VolumeFiles> {
  const survey = await surveyDisk(device);
  await using stack = new AsyncDisposableStack();
  const files: VolumeFile[] = [];
  const containers: InstalledVolume[] = [];
  const closed: string[] = [];
  const shown: BlockDevice[] = [];
  for (const surveyed of survey.volumes) {
    const { info, filesystem } = surveyed;
    if (!filesystem || info.role === "extended") continue;
    const volume = installedVolume(info, filesystem, []);
    const { sectorSize } = device;
    const { start: offset, size } = info;
    const unlock = keysOf(keys, info.number);
    const partition = sliceTarget(device, offset, size);
    const opened = await openInner({ surveyed, unlock, containers, closed, shown }, partition, filesystem, []);
    if (opened) files.push(...opened);
    else files.push({ volume, path: device.path, offset, size, sectorSize });
  }
  const { paths } = stack.use(await showVolumes(device.path, shown));
  let next = 0;
  const placed = files.map((file) => (file.path === "" ? { ...file, path: paths[next++] as string } : file));
  const all = stack.move();
  return { files: placed, containers, closed, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

interface Opening {
  readonly surveyed: SurveyedVolume;
  readonly unlock: Unlock;
  readonly containers: InstalledVolume[];
  readonly closed: string[];
  /** Volumes inside, in the order of the files that have no path yet. */
  readonly shown: BlockDevice[];
}

/** Undefined when it is no container. */
async function openInner(
  opening: Opening,
  target: BlockDevice,
  filesystem: Filesystem,
  inside: readonly string[],
): Promise<VolumeFile[] | undefined> {
  const { surveyed, unlock, containers, closed, shown } = opening;
  const { type } = filesystem;
  const inner =
    inside.length < DEPTH_LIMIT ? await innerTargets(target, type, unlock) : { reason: insideWords["inside.too-deep"] };
  if (!inner) return undefined;
  containers.push(installedVolume(surveyed.info, filesystem, inside));
  const { number } = surveyed.info;
  if ("reason" in inner) {
    closed.push(ofVolume(number, inside, inner.reason));
    return [];
  }
  const files: VolumeFile[] = [];
  for (const { name, device } of inner) {
    const path = [...inside, name];
    const found = await detectFilesystem(device).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error;
      closed.push(ofVolume(number, path, insideWords["inside.untold"]));
      return undefined;
    });
    if (!found) continue;
    const deeper = await openInner(opening, device, found, path);
    if (deeper) {
      files.push(...deeper);
      continue;
    }
    const { size, sectorSize } = device;
    shown.push(device);
    files.push({
      ...{ volume: installedVolume(surveyed.info, found, path), path: "", offset: 0, size },
      // A loop device of a file: what LVM and LUKS show has sectors of 512 unless they were made otherwise.
      sectorSize: sectorSize === 4096 && found.blockSize % 4096 === 0 ? 4096 : 512,
    });
  }
  return files;
}
