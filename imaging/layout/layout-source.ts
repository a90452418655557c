import { join } from "node:path";
import { type ReadableDevice, readBytes, slice } from "#imaging/device/block-device.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { askNames, hasNamesInside } from "#imaging/identity/ask-names.ts";
import type { Manifest, PartitionInfo, Region } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { askLayer } from "#imaging/layers/ask-layer.ts";
import { isLayer } from "#imaging/layers/open-layer.ts";
import type { SourceName } from "#imaging/layout/identity.ts";
import type { LayoutSource, LayoutTarget, LayoutWish, SourceLayer, SourcePartition } from "#imaging/layout/layout.ts";
import { sectorFit } from "#imaging/layout/sector-fit.ts";
import { fixedAt, type SizeLimits } from "#imaging/resize/resizer.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { keysOf, type Unlock, type VolumeKey } from "#imaging/volume/container.ts";
import { limitWords } from "#imaging/words/limit-words.ts";
import { say } from "#imaging/words/say.ts";

export interface AskOptions {
  /** Of what is encrypted: without one it keeps its size. */
  readonly keys?: readonly VolumeKey[];
  readonly signal?: AbortSignal | undefined;
}

/** What the tools say of a partition's content, and what is inside of a container. */
type Limits = SizeLimits & { readonly inside?: SourceLayer };

/**
 * What the planner has to know of an image for a target: of each partition how small and how large it can be, which its
 * file system's own tool is asked, and whether it can live on the target's sectors.
 * @throws LAYOUT_INVALID for an image that has no partitions to lay out; what the tools and the reading of the image throw
 */
export async function layoutSource(
  image: Restorable,
  target: LayoutTarget,
  wish: LayoutWish,
  { keys = [], signal }: AskOptions = {},
): Promise<LayoutSource> {
  const { manifest } = image;
  const { table, disk, partitions } = manifest;
  if (table.type === "none") throw layoutInvalid(say("cannot.layout-no-table"));
  if (manifest.regions.some(({ kind }) => kind === "disk")) throw layoutInvalid(say("cannot.layout-whole"));
  const keepsAll = wish.mode === "keep" && target.sectorSize === disk.sectorSize;
  using source = openDiskSource(image);
  const limits = keepsAll ? new Map<number, Limits>() : await askLimits({ image, target, source, keys, signal });
  const list: SourcePartition[] = [];
  for (const info of partitions) {
    const partition = await sourcePartition(info, { manifest, target, source, limits: limits.get(info.number) });
    const names = wish.ids === "new" ? await namesIn(info, manifest, source, keysOf(keys, info.number)) : undefined;
    list.push({ ...partition, ...(names && { names }) });
  }
  return {
    ...{ tableType: table.type, diskId: table.diskId, size: disk.size, sectorSize: disk.sectorSize },
    ...{ partitions: list, seed: `${image.rootHash} ${target.name} ${target.size}` },
  };
}

async function namesIn(
  { number, start, size, filesystem }: PartitionInfo,
  manifest: Manifest,
  source: ReadableDevice,
  unlock: Unlock,
): Promise<SourceName[] | undefined> {
  if (!filesystem || !hasNamesInside(filesystem.type) || !volumeRegion(manifest, number)) return undefined;
  return askNames(slice(source, start, size), filesystem, unlock, number);
}

interface Asked {
  readonly manifest: Manifest;
  readonly target: LayoutTarget;
  readonly source: ReadableDevice;
  readonly limits: Limits | undefined;
}

async function sourcePartition(
  info: PartitionInfo,
  { manifest, target, source, limits }: Asked,
): Promise<SourcePartition> {
  const { number, start, size, type, name, guid, active, role, filesystem } = info;
  const region = volumeRegion(manifest, number);
  const resizer = filesystem && resizerOf(filesystem.type as FilesystemType);
  const from = manifest.disk.sectorSize;
  const sector = from === target.sectorSize ? undefined : await ownSector(source, info);
  const why = limits ? undefined : whyFixed(info, region);
  const fit = sectorFit(info, region, { from, to: target.sectorSize, sector });
  return {
    ...{ number, start, size, type, name, guid, active, role },
    filesystem: filesystem?.type,
    uuid: filesystem?.uuid,
    least: fit.remade && limits ? limits.least : Math.min(size, limits?.least ?? size),
    most: Math.max(size, limits?.most ?? size),
    notSmaller: limits?.notSmaller ?? why,
    notLarger: limits?.notLarger ?? why,
    remadeSmaller: resizer?.way.smaller === "rebuild",
    remadeLarger: resizer?.way.larger === "rebuild",
    ...(limits?.inside && { inside: limits.inside }),
    ...(fit.remade ? { ...fit, refused: whyNotRemade(limits, size) ?? why } : fit),
  };
}

/** A file system that is made anew for other sectors must be one that its tools make anew, where it was or in a larger place. */
const whyNotRemade = (limits: SizeLimits | undefined, size: number): string | undefined =>
  limits && limits.least <= size ? limits.notSmaller : undefined;

const volumeRegion = (manifest: Manifest, number: number): Region | undefined =>
  manifest.regions.find(({ kind, partition }) => kind === "volume" && partition === number);

/** Why a partition keeps its size. */
function whyFixed({ filesystem, role }: PartitionInfo, region: Region | undefined): string | undefined {
  if (role === "extended") return undefined;
  if (!region) return limitWords["limit.left-out"];
  if (!filesystem) return limitWords["limit.unknown"];
  if (region.mode === "raw") return region.reason ?? limitWords["limit.raw"];
  return limitWords["limit.no-tool"]({ filesystem: filesystem.type });
}

interface Asking extends Required<Pick<AskOptions, "keys">> {
  readonly image: Restorable;
  readonly target: LayoutTarget;
  readonly source: ReadableDevice;
  readonly signal: AbortSignal | undefined;
}

/** Asks the tools on the volumes' files, out of everybody's way. Nothing is mounted for it, and nothing written. */
async function askLimits(asking: Asking): Promise<Map<number, Limits>> {
  const { image, signal, keys } = asking;
  const limits = new Map<number, Limits>();
  await using shown = await explorePrivately(image, { filesOnly: true, keys, ...(signal && { signal }) });
  for (const info of image.manifest.partitions) {
    const found = info.role === "extended" ? undefined : await askPartition(info, asking, shown);
    if (found) limits.set(info.number, found);
  }
  return limits;
}

/** @returns undefined for what has no tool that could be asked. */
async function askPartition(info: PartitionInfo, asking: Asking, shown: Exploration): Promise<Limits | undefined> {
  const { number, size, start, filesystem } = info;
  const { image, target, source, keys, signal } = asking;
  const region = volumeRegion(image.manifest, number);
  const fileOf = (inside: string): string | undefined => {
    const volume = shown.volumes.find((one) => one.partition === number && one.inside.join(" > ") === inside);
    return volume && join(shown.folder, volume.file.name);
  };
  const path = fileOf("");
  if (!filesystem || !region || path === undefined) return undefined;
  const { sectorSize } = target;
  if (isLayer(filesystem.type)) {
    const contents = region.contents ?? [];
    const ask = { unlock: keysOf(keys, number), contents, fileOf, sectorSize, signal };
    if (filesystem.type === "crypto_LUKS" && ask.unlock.keys.length === 0) return fixedAt(size, locked(number));
    return askLayer(slice(source, start, size), filesystem.type, ask);
  }
  const resizer = resizerOf(filesystem.type as FilesystemType);
  return resizer && region.mode !== "raw" ? resizer.limits({ path, size, sectorSize }, signal) : undefined;
}

const locked = (number: number): string => `it is encrypted: with --unlock ${number}=KEYFILE it can have another size`;

/** Bytes of a sector as the file system says: FAT and NTFS in their boot sector, exFAT as a power of two, XFS in its superblock. */
async function ownSector(source: ReadableDevice, { filesystem, start }: PartitionInfo): Promise<number | undefined> {
  if (!filesystem || !["vfat", "ntfs", "exfat", "xfs"].includes(filesystem.type)) return undefined;
  const view = new DataView((await readBytes(source, start, 512)).buffer);
  if (filesystem.type === "xfs") return view.getUint16(102, false); // sb_sectsize
  if (filesystem.type === "exfat") return 2 ** view.getUint8(108); // BytesPerSectorShift
  return view.getUint16(11, true); // BPB_BytsPerSec
}
