import { formatBytes, formatPlace } from "#base/units.ts";

interface RegionShare {
  /** "partition 2 (ext4)" */
  readonly region: string;
  readonly used: number;
  readonly size: number;
}

interface VolumeChange {
  /** "ext4", "LUKS"; "" where nobody knows. */
  readonly content: string;
  /** Inside the partition: "vg0/root", else "". */
  readonly volume: string;
  readonly number: number;
  readonly oldSize: number;
  readonly size: number;
}

const within = (volume: string): string => (volume === "" ? "" : `${volume} in `);
const changed = ({ content, volume, number }: VolumeChange): string =>
  `the ${content || "content"} of ${within(volume)}partition ${number}`;

/** What a restore or a clone will do, what is lost by it, and what else is to be known. Sizes are bytes, and so are places. */
export const planWords = {
  // disk: its name; most: what is saved at the most; path: of the file
  "plan.save-old": (p: { disk: string; most: number; path: string }) =>
    `Save the old partition table, boot areas and superblocks of ${p.disk} for \`lifeboat undo\` (at most ${formatBytes(p.most)}, ${p.path})`,
  "plan.make-partition": (p: { number: number; disk: string; size: number; start: number }) =>
    `Make partition ${p.number} of ${p.disk}, ${formatBytes(p.size)}, starting at ${formatPlace(p.start)}`,
  // type: its name
  "plan.add-partition": (p: { number: number; type: string; size: number; start: number }) =>
    `Make partition ${p.number} (${p.type}), ${formatBytes(p.size)}, starting at ${formatPlace(p.start)}`,
  "plan.clear-partition": (p: { number: number }) => `Remove what marks the old content of partition ${p.number}`,
  "plan.clear-table": (p: { disk: string }) => `Remove the old partition table of ${p.disk}`,
  "plan.write-zeros": (p: { bytes: number }) => `Write zeros wherever the image has no data: ${formatBytes(p.bytes)}`,
  "plan.write-region": (p: RegionShare) => `Write ${p.region}: ${formatBytes(p.used)} of ${formatBytes(p.size)}`,
  "plan.compare-region": (p: RegionShare) =>
    `Compare ${p.region}: ${formatBytes(p.used)} of ${formatBytes(p.size)}, and write what differs`,
  // filesystem: "" where none is known
  "plan.region": (p: { number: number; filesystem: string }) =>
    `partition ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "the whole disk",
  "plan.region-end": (p: { number: number }) => `end of partition ${p.number}`,
  "plan.write-boot-areas": "Write boot loader areas and boot sectors",
  "plan.write-boot-sectors": "Write boot sectors",
  // isClone: it is compared with a disk, and no image
  "plan.verify-all": (p: { isClone: boolean }) =>
    `Read everything back and compare it with the ${p.isClone ? "source" : "image"}`,
  "plan.verify-written": (p: { isClone: boolean }) =>
    `Read back what was written and compare it with the ${p.isClone ? "source" : "image"}`,
  // container: "LUKS"; volume: "vg0/root", or ""; from, to: UUIDs
  "plan.name-volume": (p: { container: string; volume: string; number: number; from: string; to: string }) =>
    `Give the ${p.container} of ${within(p.volume)}partition ${p.number} the UUID ${p.to} instead of ${p.from}`,
  // from, to: names; fromId, toId: UUIDs; count: of logical volumes
  "plan.name-group": (p: {
    readonly from: string;
    readonly to: string;
    readonly volume: string;
    readonly number: number;
    readonly fromId: string;
    readonly toId: string;
    readonly count: number;
  }) =>
    `Call the volume group ${p.from} of ${within(p.volume)}partition ${p.number} ${p.to}, with the UUID ${p.toId} instead of ${p.fromId}, and other UUIDs for its physical volume and ${p.count === 1 ? "its logical volume" : `${p.count} logical volumes`}`,
  "plan.name-references": (p: { count: number }) =>
    `Write ${p.count === 1 ? "the new name" : `${p.count} new names`} in the configuration of the systems on it (fstab, GRUB and others), where it has the old ones`,
  "plan.shrink": (p: VolumeChange) =>
    `Make ${changed(p)} smaller, from ${formatBytes(p.oldSize)} to ${formatBytes(p.size)}`,
  "plan.grow": (p: VolumeChange) =>
    `Make ${changed(p)} larger, from ${formatBytes(p.oldSize)} to ${formatBytes(p.size)}`,
  "plan.remake": (p: VolumeChange) => `Make ${changed(p)} anew with ${formatBytes(p.size)}, and copy its files`,
  "plan.write-start": (p: { number: number }) => `Write the start of partition ${p.number}, last of all`,
  // table: "GPT", "MBR"
  "plan.write-new-table": (p: { table: string }) => `Write a new ${p.table} partition table, last of all`,
  "plan.write-table": "Write the partition table, last of all",
  "plan.write-disk-start": "Write the start of the disk, last of all",
  // parts: each begins in lower case
  "plan.mend": (p: { parts: readonly string[] }) => {
    const text = p.parts.join("; ");
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  },
  "plan.mend-start": "repair what starts the systems on it where it is needed",
  "plan.mend-uefi": "make them start under UEFI",
  "plan.mend-bios": "make them start under legacy firmware (BIOS)",
  "plan.mend-moved": "tell a Windows on it how its partitions are called now",
  "plan.mend-universal": "let them start on other hardware",
  // hostname: "" where the name stays
  "plan.mend-identity": (p: { hostname: string }) =>
    `make them another machine${p.hostname === "" ? "" : `, ${p.hostname}`}`,

  // label: "" where there is none; content: file system, else the type of the partition
  "loss.partition": (p: { number: number; label: string; content: string; size: number }) =>
    [`partition ${p.number}`, p.label && `"${p.label}"`, p.content, formatBytes(p.size)].filter(Boolean).join(", "),
  "loss.whole-disk": (p: { label: string; content: string; size: number }) =>
    ["the file system on the whole disk", p.label && `"${p.label}"`, p.content, formatBytes(p.size)]
      .filter(Boolean)
      .join(", "),
  "loss.moving": (p: { number: number }) => `partition ${p.number}, which is being moved or resized`,
  "loss.unknown": "data of an unknown kind, with no partition table",
  // damage: of the partition table, in words
  "loss.damaged": (p: { damage: string }) => `whatever is on it: ${p.damage}`,
  // table: "GPT", "MBR"
  "loss.table": (p: { table: string }) => `an empty ${p.table} partition table`,

  "confirm.nothing": (p: { disk: string }) => `${p.disk} holds no data that would be lost.`,
  // loss: the first; others: how many more there are
  "confirm.erase": (p: { loss: string; others: number; disk: string }) =>
    `I understand that ${p.loss}${p.others === 0 ? "" : ` and ${p.others} more`} on ${p.disk} will be erased.`,

  "warning.undo-unwanted": (p: { disk: string }) =>
    `Nothing of ${p.disk} is saved, as asked for: \`lifeboat undo\` cannot help`,
  "warning.undo-no-place": (p: { disk: string }) =>
    `There is no room to save what makes the old content of ${p.disk} findable again: \`lifeboat undo\` cannot help`,
  "warning.undo-in-memory": (p: { disk: string; path: string }) =>
    `What makes the old content of ${p.disk} findable again is kept in memory only: copy ${p.path} to another medium before this computer is switched off`,
  "warning.in-image": (p: { problem: string }) => `In the image: ${p.problem}`,
  "warning.filesystem": (p: { number: number; problem: string }) => `Partition ${p.number} in the image: ${p.problem}`,
  // filesystem: "" where none is known
  "warning.left-out": (p: { number: number; filesystem: string; size: number }) =>
    `Partition ${p.number} (${[p.filesystem, formatBytes(p.size)].filter(Boolean).join(", ")}) was left out of the image: it will be there, and empty`,
  "warning.lacks": (p: { bytes: number; places: number }) =>
    `The image lacks ${formatBytes(p.bytes)} in ${p.places === 1 ? "1 place" : `${p.places} places`} that could not be read when it was made; they read as zeros on the target`,
  "warning.free-end": (p: { free: number; disk: string }) =>
    `${formatBytes(p.free)} at the end of ${p.disk} stay unallocated`,
  "warning.unfinished": "An earlier restore onto this disk was not finished",
  "warning.no-serial": (p: { path: string }) =>
    `${p.path} tells no serial number: after a restart, or when disks are plugged in, its name can be another disk's. Make sure that it is the right one, and restore at once`,
  "warning.salvage": "Damaged parts of the image will read as zeros on the target",
  "warning.boot-loader-ids":
    "A boot loader for legacy firmware may have an old UUID or the name of an LVM group built in, which nothing changes here: if the copy does not start, repair what starts it (`lifeboat boot repair`), or make it anew with --keep-ids, and start it without its source",
  // canDiffer: it could have an identity of its own
  "warning.twin": (p: { canDiffer: boolean }) =>
    `The copy has the identity of its source: start no computer with both of them attached${p.canDiffer ? ", or give it one of its own with --new-ids, which what starts from it is told" : ""}`,
};
