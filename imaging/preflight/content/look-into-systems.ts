import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { type EfiLoader, findGrubConfigs, readEfiLoaders } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { DiskContent, SystemContent } from "#imaging/preflight/content/disk-content.ts";
import { readLinux } from "#imaging/preflight/content/linux/read-linux.ts";
import { readWindows } from "#imaging/preflight/content/windows/read-windows.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerKind } from "#imaging/preflight/machine/storage-controller.ts";

/** The systems of a disk, mounted. */
export interface MountedSystems {
  readonly systems: readonly InstalledSystem[];
  readonly efi: InstalledSystem["efi"];
}

export interface LookedInto {
  readonly systems: readonly SystemContent[];
  readonly loaders: readonly EfiLoader[];
  readonly grubConfigs: DiskContent["grubConfigs"];
}

/**
 * What the systems of a disk have for a machine, and what firmware would start. To be called in a process that does not itself
 * serve the volumes (run-task.ts). Only reads.
 * @param devices what lies between the machine's processor and the target, and its network devices
 */
export async function lookIntoSystems(
  { systems, efi }: MountedSystems,
  devices: readonly MachineDevice[],
  signal?: AbortSignal,
): Promise<LookedInto> {
  const found: SystemContent[] = [];
  for (const system of systems) {
    signal?.throwIfAborted();
    if (system.kind === "linux") found.push(await readLinux(system, systemTree(system.root), devices, signal));
    else {
      const tree = systemTree(system.root, { ignoreCase: true });
      const wanted = devices.filter((device) => controllerKind(device) !== undefined || device.class?.startsWith("02"));
      found.push(await readWindows(system, tree, wanted));
    }
  }
  return { systems: found, loaders: await readEfiLoaders(efi), grubConfigs: await findGrubConfigs(efi) };
}
