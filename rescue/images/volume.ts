import { hash } from "node:crypto";
import type { Said } from "#base/sentence.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { partitionPath } from "#imaging/inventory/partition-path.ts";
import { say } from "#imaging/words/say.ts";

/** A file system on a disk, as the search for images sees it. */
export interface Volume {
  /** Stable over reboots and hot-plugging where the disk's id is; also the name of its mount folder. */
  readonly name: string;
  readonly diskId: string;
  /** What may be opened: the disk, and for a block device the partition's own node. */
  readonly disk: Pick<Disk, "path" | "kind" | "isBootMedium">;
  readonly device: string;
  /** Bytes on the disk. */
  readonly start: number;
  readonly size: number;
  readonly filesystem: string;
  /** For people: "USB stick (…1234), partition 1 "Backup"". */
  readonly place: string;
  readonly placeSaid?: Said | undefined;
}

const LONGEST_NAME = 100;

/** The file systems that were recognised on a disk. */
export function volumesOf(disk: Disk): Volume[] {
  return disk.partitions.flatMap((partition) => {
    const { number, start, size, filesystem } = partition;
    if (!filesystem || partition.role === "extended") return [];
    const named = { disk: diskName(disk), label: filesystem.label ?? "" };
    const { text, said } = number === 0 ? say("place.whole-disk", named) : say("place.partition", { ...named, number });
    return {
      name: folderName(`${disk.id}-part${number}`),
      diskId: disk.id,
      disk,
      device: disk.kind === "block" ? partitionPath(disk.path, number) : disk.path,
      start,
      size,
      filesystem: filesystem.type,
      place: text,
      placeSaid: said,
    };
  });
}

/** Ids hold slashes and colons (file:/…); two that differ only there must not share a folder. */
function folderName(id: string): string {
  const plain = id.replaceAll(/[^\w.-]+/g, "_");
  if (plain === id && id.length <= LONGEST_NAME) return id;
  return `${plain.slice(-LONGEST_NAME + 9)}-${hash("sha256", id).slice(0, 8)}`;
}
