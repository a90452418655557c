import { entry } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

const UNCHANGED = "The disk, or the image, is unchanged: it is only ever read.";

/** Starting a disk or an image in a virtual machine. */
export const proveErrors = {
  PROOF_NO_MEMORY: entry<{ wanted: number; own: number; available: number }>(
    507,
    3,
    (d) =>
      `there is not enough memory to start it: ${d.wanted} MiB and ${d.own} for the virtual machine itself, and ${d.available} MiB are free`,
    UNCHANGED,
    "Close other programs, give it less with --memory, or prove on a machine with more.",
  ),
  PROOF_NO_ROOM: entry<{ folder: string; free: number; needed: number }>(
    507,
    8,
    (d) =>
      `${d.folder} has ${formatBytes(d.free)} free, and what the started system writes needs ${formatBytes(d.needed)} there`,
    UNCHANGED,
    "Name a folder on another disk with --overlay.",
  ),
  PROOF_FAILED: entry<{ source: string; reason: string }>(
    500,
    3,
    (d) => `${d.source} could not be started in a virtual machine: ${d.reason}`,
    UNCHANGED,
    "Read the reason above; try another --bus or --firmware.",
  ),
} as const;
