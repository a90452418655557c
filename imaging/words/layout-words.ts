import { formatBytes } from "#base/units.ts";

/** How the partitions of an image will lie on a target, as far as that is otherwise than in the image. Sizes are bytes. */
export const layoutWords = {
  // name, filesystem: "" where there is none
  "layout.partition": (p: { number: number; name: string; filesystem: string; size: number }) =>
    `partition ${p.number} (${[p.name && `"${p.name}"`, p.filesystem, formatBytes(p.size)].filter(Boolean).join(", ")})`,
  // partition: "partition 3 (ext4, 20 GiB)"
  "layout.left-out": (p: { partition: string }) =>
    `${p.partition.charAt(0).toUpperCase()}${p.partition.slice(1)} is left out`,
  "layout.left-out-loader": (p: { partition: string }) =>
    `${p.partition.charAt(0).toUpperCase()}${p.partition.slice(1)} is left out: the place of a boot loader, which is elsewhere on a disk with an MBR`,
  "layout.left-out-reserved": (p: { partition: string }) =>
    `${p.partition.charAt(0).toUpperCase()}${p.partition.slice(1)} is left out: space that Windows reserves on disks with a GPT`,
  "layout.added-esp": (p: { number: number; size: number }) =>
    `Partition ${p.number} (${formatBytes(p.size)}) is made for UEFI firmware: an EFI system partition`,
  "layout.added-bios": (p: { number: number; size: number }) =>
    `Partition ${p.number} (${formatBytes(p.size)}) is made for legacy firmware: the place of GRUB`,
  "layout.logical": (p: { partition: string }) =>
    `No computer starts from ${p.partition} any more: it becomes a logical partition, for want of a fourth primary one`,
  // volumes: a sentence for each
  "layout.inside": (p: { number: number; volumes: readonly string[] }) =>
    `In partition ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p: { name: string; size: number }) => `${p.name} stays ${formatBytes(p.size)}`,
  "layout.inside-changes": (p: { name: string; oldSize: number; size: number }) =>
    `${p.name} has ${formatBytes(p.size)} instead of ${formatBytes(p.oldSize)}`,
  // from, to: "GPT", "MBR"
  "layout.table": (p: { from: string; to: string }) => `The partition table changes from ${p.from} to ${p.to}`,
  // names: numbers and names, listed
  "layout.names-lost": (p: { names: string }) =>
    `An MBR has no names: those of partitions are lost (${p.names}), with their GUIDs and attributes`,
  "layout.boot-may-fail":
    "Systems that are named by the old table in a boot loader or a list of mounts may not be found",
  "layout.renumbered": (p: { oldNumber: number; number: number }) =>
    `Partition ${p.oldNumber} of the image becomes partition ${p.number}`,
  "layout.free": (p: { free: number }) => `${formatBytes(p.free)} of the disk stay unallocated`,
  // why: "" where the place is larger than what is wanted
  "layout.free-inside": (p: { free: number; number: number; partition: string; why: string }) =>
    `${formatBytes(p.free)} of partition ${p.number} stay unused by ${p.partition}${p.why === "" ? "" : `: ${p.why}`}`,
  // volume: "vg0/root" inside the partition, or ""
  "layout.twin-volume": (p: { filesystem: string; volume: string; number: number }) =>
    `The ${p.filesystem} of ${p.volume === "" ? "" : `${p.volume} in `}partition ${p.number} keeps its identity, as no tool changes it: a system that sees both disks may take one for the other`,
  "layout.twin-closed": (p: { volume: string; number: number; why: string }) =>
    `What is in ${p.volume === "" ? "" : `${p.volume} in `}partition ${p.number} keeps its identity: ${p.why}`,
  "layout.twin-locked": (p: { number: number }) =>
    `it is encrypted: with --unlock ${p.number}=KEYFILE it gets a new identity, too`,
  "layout.twin-lvm": (p: { why: string }) => `File systems in LVM keep their identity where ${p.why}`,
};
