import { join } from "node:path";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { installedVolume } from "#imaging/installed/installed-volume.ts";
import type { VolumeFile, VolumeFiles } from "#imaging/installed/volume-file.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/**
 * The volumes of an image, or of a disk that is only read, for a process that looks at them: files that cannot be written.
 * @throws what explorePrivately throws
 */
export async function imageVolumes(
  image: Restorable,
  keys: readonly VolumeKey[] = [],
  signal?: AbortSignal,
): Promise<VolumeFiles> {
  const shown = await explorePrivately(image, { keys, filesOnly: true, ...(signal && { signal }) });
  const { sectorSize } = image.manifest.disk;
  const files: VolumeFile[] = [];
  const containers: InstalledVolume[] = [];
  const closed: string[] = [];
  for (const { filesystem, partition, inside, seenThrough, reason, file } of shown.volumes) {
    const info = image.manifest.partitions.find(({ number }) => number === partition);
    if (!filesystem || !info) continue;
    const volume = installedVolume(info, filesystem, inside);
    if (containerDriver(filesystem.type)) {
      containers.push(volume);
      if (!seenThrough)
        closed.push(insideWords["at.partition"]({ number: partition, what: reason ?? insideWords["inside.closed"] }));
      continue;
    }
    files.push({
      ...{ volume, path: join(shown.folder, file.name), offset: 0, size: file.size },
      sectorSize: inside.length === 0 ? sectorSize : 512,
    });
  }
  return { files, containers, closed, [Symbol.asyncDispose]: () => shown[Symbol.asyncDispose]() };
}
