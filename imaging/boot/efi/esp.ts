import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Loader, loaderOf } from "#imaging/boot/efi/loader-kind.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import type { InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";

export const ESP_TYPES: readonly string[] = ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"];

export interface EspLoader extends Loader {
  /** "/EFI/debian/shimx64.efi" */
  readonly path: string;
}

/** An EFI system partition of the disk, with its files. */
export interface Esp {
  readonly volume: InstalledVolume;
  readonly tree: SystemTree;
  /** Files in EFI that firmware can start. */
  readonly loaders: readonly EspLoader[];
  /** Bytes that new files may take, as far as can be told from the files that are there. */
  readonly free: number;
}

const MOST_FILES = 200;
const DEPTH = 8;
/** Of FAT: the rest are its tables. */
const FILES_SHARE = 0.97;
const CLUSTER = 4096;

/** It may be a copy of the files in a folder of ours, so its driver cannot be asked. */
async function bytesBelow(tree: SystemTree, folder: string, depth: number): Promise<number> {
  let bytes = 0;
  for (const name of await tree.list(folder)) {
    const path = join(folder, name);
    const kind = await tree.kind(path);
    if (kind === "folder" && depth > 1) bytes += CLUSTER + (await bytesBelow(tree, path, depth - 1));
    if (kind === "file") bytes += Math.ceil((await stat(await tree.resolve(path))).size / CLUSTER) * CLUSTER;
  }
  return bytes;
}

/** The EFI system partitions that are mounted with the disk's systems, each once. */
export async function findEsps(
  systems: readonly Pick<InstalledSystem, "efi">[],
  { partitions }: Pick<PartitionTable, "partitions">,
): Promise<Esp[]> {
  const found = new Map<number, Esp>();
  for (const { root, volume } of systems.flatMap(({ efi }) => efi)) {
    if (found.has(volume.partition)) continue;
    // FAT: no case.
    const tree = systemTree(root, { ignoreCase: true });
    const size = partitions.find(({ number }) => number === volume.partition)?.size ?? 0;
    const free = Math.max(0, Math.floor(size * FILES_SHARE) - (await bytesBelow(tree, "/", DEPTH)));
    found.set(volume.partition, { volume, tree, loaders: await loadersIn(tree), free });
  }
  return [...found.values()].toSorted((a, b) => a.volume.partition - b.volume.partition);
}

async function loadersIn(tree: SystemTree): Promise<EspLoader[]> {
  const loaders: EspLoader[] = [];
  for (const path of await efiFiles(tree, "/EFI", 3)) {
    const bytes = await tree.read(path);
    const loader = bytes && loaderOf(bytes);
    if (loader) loaders.push({ ...loader, path });
  }
  return loaders;
}

async function efiFiles(tree: SystemTree, folder: string, depth: number): Promise<string[]> {
  const files: string[] = [];
  for (const name of await tree.list(folder)) {
    const path = `${folder}/${name}`;
    const kind = await tree.kind(path);
    if (kind === "folder" && depth > 1) files.push(...(await efiFiles(tree, path, depth - 1)));
    if (kind === "file" && /\.efi$/i.test(name)) files.push(path);
    if (files.length >= MOST_FILES) break;
  }
  return files.slice(0, MOST_FILES);
}

/** The folder in which a system mounts the partition itself. */
export const espFolder = ({ mounts }: InstalledSystem, { volume }: Esp): string | undefined =>
  mounts.find((one) => one.volume.partition === volume.partition && one.volume.inside.length === 0)?.folder;
