import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { slice } from "#imaging/device/block-device.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import type { ImageSource } from "#imaging/explore/image-source.ts";
import { nameVolumes } from "#imaging/explore/volume-names.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import type { Manifest, PartitionInfo } from "#imaging/image/manifest.ts";
import { keysOf, type Unlock, type VolumeKey } from "#imaging/volume/container.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** A volume of an image: a partition, or one that lies in it. */
export interface Volume {
  readonly partition: number;
  /** Names of the volumes that it lies in, the outermost first, and its own: "vg0/root". Empty for a partition. */
  readonly inside: readonly string[];
  /** Of the folder that its files are shown in. */
  readonly name: string;
  /** Its bytes. */
  readonly file: ServedFile;
  readonly filesystem: Filesystem | undefined;
  /** It is a container, and the volumes in it follow. */
  readonly seenThrough: boolean;
  /** Why it has no files to show, in plain words, where that is known already. */
  readonly reason: string | undefined;
  /** It is encrypted, and no key was given: with its own key, what is in it can be shown. */
  readonly isLocked: boolean;
}

interface Found {
  readonly seenThrough: boolean;
  readonly partition: number;
  readonly inside: readonly string[];
  readonly device: ReadableDevice;
  readonly usedBytes: number;
  readonly holes: Pick<ServedFile, "nextData" | "nextHole">;
  readonly filesystem: Filesystem | undefined;
  readonly reason: string | undefined;
  readonly isLocked: boolean;
}

/** LVM in LVM on a mirror is three. A volume can be made to hold itself, and then there is no end. */
const DEPTH_LIMIT = 8;
/** A description of logical volumes can be made to name any number. */
const MOST_VOLUMES = 1000;

const ENCRYPTED: readonly FilesystemType[] = ["crypto_LUKS", "BitLocker"];

export interface ListOptions {
  /** Only this one. */
  readonly partition?: number | undefined;
  readonly keys?: readonly VolumeKey[] | undefined;
}

/**
 * All volumes of an image in the order of their numbers, each before those inside it. @throws UNLOCK_FAILED, and USAGE for
 * a key that opens nothing
 */
export async function listVolumes(
  source: ImageSource,
  manifest: Manifest,
  { partition, keys = [] }: ListOptions = {},
): Promise<Volume[]> {
  const found: Found[] = [];
  for (const info of manifest.partitions) {
    if (info.role === "extended" || info.size === 0) continue;
    if (partition !== undefined && info.number !== partition) continue;
    found.push(...(await openVolumes(partitionVolume(source, info, manifest), keysOf(keys, info.number), 0)));
    if (found.length > MOST_VOLUMES) break;
  }
  refuseUnused(keys, found);
  const named = found.slice(0, MOST_VOLUMES);
  const names = nameVolumes(
    named.map(({ filesystem, ...rest }) => ({ ...rest, type: filesystem?.type, label: filesystem?.label })),
  );
  return named.map(({ device, holes, usedBytes, ...rest }, i) => ({
    partition: rest.partition,
    inside: rest.inside,
    name: names[i]?.folder ?? "",
    filesystem: rest.filesystem,
    seenThrough: rest.seenThrough,
    reason: rest.reason ?? unshown(rest.filesystem),
    isLocked: rest.isLocked,
    file: {
      name: names[i]?.file ?? "",
      size: device.size,
      usedBytes,
      read: (into, offset) => device.read(into, offset),
      ...holes,
    },
  }));
}

function unshown(filesystem: Filesystem | undefined): string | undefined {
  if (!filesystem) return insideWords["inside.unknown"];
  return filesystem.type === "swap" ? insideWords["inside.swap"] : undefined;
}

/** Who gives a key expects to see what it opens. */
function refuseUnused(keys: readonly VolumeKey[], found: readonly Found[]): void {
  const isOpened = (one: Found, number: number) =>
    one.partition === number && one.seenThrough && ENCRYPTED.some((type) => type === one.filesystem?.type);
  const unused = keys.find((key) => !found.some((one) => isOpened(one, key.partition)));
  if (unused)
    throw new LifeboatError("USAGE", { problem: `partition ${unused.partition} holds nothing here that a key opens` });
}

function partitionVolume(source: ImageSource, { number, start, size }: PartitionInfo, manifest: Manifest): Unopened {
  const end = Math.min(start + size, source.size);
  const regions = manifest.regions.filter((region) => region.partition === number);
  return {
    partition: number,
    inside: [],
    device: slice(source, start, Math.max(0, end - start)),
    usedBytes: number === 0 ? usedIn(manifest.regions) : usedIn(regions),
    holes: {
      nextData: (offset) => {
        const found = source.nextData(start + offset);
        return found === undefined || found >= end ? undefined : found - start;
      },
      nextHole: (offset) => Math.min(source.nextHole(start + offset), end) - start,
    },
  };
}

const usedIn = (regions: Manifest["regions"]): number => regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0);

type Unopened = Omit<Found, "filesystem" | "reason" | "isLocked" | "seenThrough">;

/** The volume, and those inside it. */
async function openVolumes(volume: Unopened, unlock: Unlock, depth: number): Promise<Found[]> {
  const { device } = volume;
  const closed = { ...volume, seenThrough: false, isLocked: false };
  try {
    const filesystem = await detectFilesystem(device);
    const driver = filesystem && containerDriver(filesystem.type);
    if (!filesystem || !driver) return [{ ...closed, filesystem, reason: undefined }];
    const opened = depth < DEPTH_LIMIT ? await driver.open(device, filesystem, unlock) : tooDeep;
    if ("reason" in opened) {
      // A driver without a key speaks of what a capture then does.
      const isLocked = unlock.keys.length === 0 && ENCRYPTED.includes(filesystem.type);
      return [{ ...closed, filesystem, isLocked, reason: isLocked ? insideWords["inside.encrypted"] : opened.reason }];
    }
    const seenThrough = opened.inner.length > 0;
    const all: Found[] = [
      { ...closed, seenThrough, filesystem, reason: describeInside(opened.inner.length, opened.notes) },
    ];
    for (const inner of opened.inner.filter((part) => part.device.size > 0).slice(0, MOST_VOLUMES))
      all.push(...(await openVolumes(innerVolume(volume, inner.name, inner.device), unlock, depth + 1)));
    return all;
  } catch (error) {
    if (!isUnreadable(error) && !isDamaged(error)) throw error;
    return [{ ...closed, filesystem: undefined, reason: insideWords["inside.untold-why"]({ why: textOf(error) }) }];
  }
}

const tooDeep = { reason: insideWords["inside.too-deep"] };

const isDamaged = (error: unknown): boolean => (error as { code?: unknown }).code === "CHUNK_DAMAGED";
const textOf = (error: unknown): string => (error as Error).message.replace(/^[A-Z_]+: /, "");

const describeInside = (count: number, notes: readonly string[]): string =>
  [count > 0 ? insideWords["inside.below"] : insideWords["inside.nothing"], ...notes].join("; ");

/** Where its holes are is not followed through the container: all of it passes for data. */
const innerVolume = (outer: Unopened, name: string, device: ReadableDevice): Unopened => ({
  partition: outer.partition,
  inside: [...outer.inside, name],
  device,
  usedBytes: device.size,
  holes: { nextData: (offset) => offset, nextHole: () => device.size },
});
