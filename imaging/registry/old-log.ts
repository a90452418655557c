import type { BaseBlock } from "#imaging/registry/base-block.ts";
import type { LogPage } from "#imaging/registry/new-log.ts";

const PAGE = 512;

/**
 * The pages of a log as Windows up to 8 writes it: a bitmap of the hive's 512-byte pages behind the first sector, and those
 * whose bit is set, one behind the other, from the next sector on (`Dirty vector`, `Dirty pages`).
 * @param head the log's own base block
 * @returns undefined when the log is cut off or holds no bitmap
 */
export function readDirtyPages(log: Uint8Array, head: BaseBlock): LogPage[] | undefined {
  const sector = PAGE * Math.max(1, Math.min(8, head.clusteringFactor));
  if (Buffer.from(log.subarray(sector, sector + 4)).toString("latin1") !== "DIRT") return undefined;
  const bits = Math.floor(head.binsSize / PAGE);
  const bitmapEnd = sector + 4 + Math.ceil(bits / 8);
  if (bitmapEnd > log.length) return undefined;
  const pages: LogPage[] = [];
  let from = Math.ceil(bitmapEnd / sector) * sector;
  for (let bit = 0; bit < bits; bit++) {
    if ((((log[sector + 4 + (bit >>> 3)] as number) >>> (bit & 7)) & 1) === 0) continue;
    if (from + PAGE > log.length) return undefined;
    pages.push({ offset: bit * PAGE, bytes: log.subarray(from, from + PAGE) });
    from += PAGE;
  }
  return pages;
}
