import { diskOfBootArea } from "#imaging/inventory/emmc.ts";
import type { BlockNode } from "#imaging/inventory/lsblk.ts";

/** Of all block devices those that may be a source or a target. CD drives, RAM disks and empty readers are not. */
export const offeredDisks = (nodes: readonly BlockNode[]): BlockNode[] =>
  nodes.filter(
    ({ path, type, size }) =>
      type === "disk" && size > 0 && !/^\/dev\/(zram|ram|nbd)\d/.test(path) && diskOfBootArea(path) === undefined,
  );
