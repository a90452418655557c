import { type LookedInto, lookIntoSystems } from "#imaging/preflight/content/look-into-systems.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import type { Task } from "#imaging/tasks/task.ts";

export interface LookIntoInput {
  /** What lies between a machine's processor and its disk, and its network devices. */
  readonly devices: readonly MachineDevice[];
}

export interface LookIntoResult extends LookedInto {
  /** What could not be mounted, in plain words. */
  readonly closed: readonly string[];
  readonly efiPartitions: readonly number[];
}

/** What the systems of a disk have for a machine. */
export const lookIntoTask: Task<LookIntoInput, LookIntoResult> = async (opened, { devices }, { signal }) => ({
  ...(await lookIntoSystems(opened, devices, signal)),
  closed: opened.closed,
  efiPartitions: opened.efi.map(({ volume }) => volume.partition),
});
