import { join } from "node:path";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import type { ShownVolume } from "#imaging/explore/mount-volume.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { Manifest, PartitionInfo } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { installedVolume } from "#imaging/installed/installed-volume.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { systemMounts } from "#imaging/systems/fstab.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import { say } from "#imaging/words/say.ts";

/** A system that is installed on a disk, and all partitions that it needs to start. */
export interface FoundSystem {
  readonly kind: "linux" | "windows";
  /** As it calls itself: "Debian GNU/Linux 12 (bookworm)"; "Windows". */
  readonly name: string;
  /** Numbers, in order. */
  readonly partitions: readonly number[];
}

const PURPOSE = "find the systems on a disk";

/** Where firmware and boot loaders of any system are, by type of the partition. */
const BOOT_TYPES = [
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", // EFI system partition
  "21686148-6449-6e6f-744e-656564454649", // BIOS boot partition
  "bc13c2ff-59e6-4262-a352-b275fd6f7172", // extended boot loader partition
  "0xef",
];
const WINDOWS_TYPES = [
  "e3c9e316-0b5c-4db8-817d-f92df00215ae", // Microsoft reserved
  "de94bba4-06d1-4d40-a16a-bfd50179d6ac", // Windows recovery
  "0x27",
];

/** Of btrfs, the system may be in a subvolume. */
const FSTAB = ["etc/fstab", "*/etc/fstab"];
const RELEASE = ["etc/os-release", "usr/lib/os-release", "*/usr/lib/os-release", "*/etc/os-release"];
const REGISTRY = "windows/system32/config/system";

/**
 * The systems of a disk: those that have an fstab(5), and Windows. Each with what it mounts of itself, swap space, and
 * where firmware starts it. @param keys of what is encrypted
 * @throws what explorePrivately throws
 */
export async function findSystems(
  image: Restorable,
  keys: readonly VolumeKey[] = [],
  signal?: AbortSignal,
): Promise<FoundSystem[]> {
  await using shown = await explorePrivately(image, { keys, ...(signal && { signal }) });
  const systems: FoundSystem[] = [];
  for (const volume of shown.volumes) {
    if (!volume.shown) continue;
    const found = await systemOn(shown, volume, image.manifest, signal);
    if (found) systems.push(found);
  }
  return systems;
}

/** Numbers of all partitions that the systems on a disk need. @throws LAYOUT_INVALID when there is none */
export async function systemPartitions(image: Restorable, keys?: readonly VolumeKey[]): Promise<number[]> {
  const systems = await findSystems(image, keys);
  if (systems.length === 0) throw layoutInvalid(say("cannot.layout-no-system", { name: image.manifest.name }));
  return [...new Set(systems.flatMap(({ partitions }) => partitions))].sort((a, b) => a - b);
}

async function systemOn(
  { folder }: Exploration,
  volume: ShownVolume,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): Promise<FoundSystem | undefined> {
  const root = join(folder, volume.name);
  const boot = manifest.partitions.filter(({ type, active }) => BOOT_TYPES.includes(type) || active);
  if (volume.filesystem?.type === "ntfs") {
    if (!(await hasFile(root, REGISTRY, signal))) return undefined;
    const parts = manifest.partitions.filter(({ type }) => WINDOWS_TYPES.includes(type));
    return { kind: "windows", name: "Windows", partitions: numbers([...boot, ...parts], volume.partition) };
  }
  const fstab = await firstOf(root, FSTAB, signal);
  if (fstab === undefined) return undefined;
  const volumes = manifest.partitions.flatMap((one) =>
    one.filesystem ? [installedVolume(one, one.filesystem, [])] : [],
  );
  const mounted = systemMounts(fstab).flatMap(({ device }) => volumeCalled(device, volumes)?.partition ?? []);
  const release = (await firstOf(root, RELEASE, signal)) ?? "";
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux";
  return { kind: "linux", name, partitions: numbers(boot, ...mounted, volume.partition) };
}

const numbers = (partitions: readonly PartitionInfo[], ...others: readonly number[]): number[] =>
  [...new Set([...partitions.map(({ number }) => number), ...others])].sort((a, b) => a - b);

/** Windows does not care for the case of letters. Our own process must not look into its own mounts. */
async function hasFile(root: string, path: string, signal: AbortSignal | undefined): Promise<boolean> {
  // One folder after the other: a disk has millions of files.
  let places = [root];
  for (const name of path.split("/")) {
    const tests = ["-mindepth", "1", "-maxdepth", "1", "-iname", name, "-print0"];
    const { stdout } = await runToEnd("find", [...places, ...tests], options(signal));
    places = stdout.split("\0").filter((place) => place !== "");
    if (places.length === 0) return false;
  }
  return true;
}

/** The text of the first of these files that is there. */
async function firstOf(root: string, patterns: readonly string[], signal: AbortSignal | undefined) {
  for (const pattern of patterns) {
    const depth = String(pattern.split("/").length);
    const tests = [
      "-mindepth",
      depth,
      "-maxdepth",
      depth,
      "-type",
      "f",
      "-path",
      join(root, pattern),
      "-print",
      "-quit",
    ];
    const { stdout } = await runToEnd("find", [root, ...tests], options(signal));
    const path = stdout.trim();
    if (path === "") continue;
    const text = await runToEnd("head", ["--bytes=1M", "--", path], options(signal));
    if (text.status === 0) return text.stdout;
  }
  return undefined;
}

const options = (signal: AbortSignal | undefined) => ({ purpose: PURPOSE, signal });
