import type { Signal } from "@preact/signals";
import type { PartitionInfo } from "#rescue/api/contract.ts";
import { t, tell } from "#ui/i18n/index.ts";

/** What becomes of a part of the disk. `now` is plain content, where nothing is decided yet. */
export type Role = "now" | "keep" | "erase" | "new" | "moved" | "free";

/** What is drawn and said of a partition, wherever it is known from. */
export type DrawnPartition = Pick<
  PartitionInfo,
  "number" | "start" | "size" | "type" | "typeName" | "name" | "role"
> & {
  readonly filesystem?: { readonly type: string; readonly label?: string | undefined } | undefined;
  readonly usedBytes?: number | undefined;
  readonly mode?: string | undefined;
};

/** A disk as it is drawn: sizes in bytes. */
export interface DrawnLayout {
  readonly size: number;
  readonly partitions: readonly DrawnPartition[];
  /** Where partitions can be made, if that is known: less than lies between them, as they start at whole MiB and tables have their places. */
  readonly free?: readonly { readonly start: number; readonly end: number }[] | undefined;
}

export interface Segment {
  readonly key: string;
  readonly number: string;
  readonly label: string;
  readonly bytes: number;
  readonly usedBytes: number | undefined;
  readonly role: Role;
}

/** The key of the segment that is marked in a bar and in its table. */
export type Selection = Signal<string | undefined>;

export const segmentKey = (p: Pick<DrawnPartition, "number">): string => `p${p.number}`;

/** Alignment leaves gaps of a MiB or so; drawing them would only make noise. */
const SMALLEST_FREE = 16 * 1024 ** 2;

/** Those that hold something of their own. */
export const realPartitions = <P extends Pick<PartitionInfo, "role">>(partitions: readonly P[] = []): P[] =>
  partitions.filter(({ role }) => role !== "extended");

/** What partitions of a kind are for: the server tells it in English, and that is the key of its words. */
export const typeName = (name: string): string =>
  tell({ text: name, said: { key: `type.${name}`, values: {} } }) ?? name;

/** The name a person would use: the label, else the partition's name, else what it is for. */
export const partitionName = (p: DrawnPartition): string => p.filesystem?.label || p.name || typeName(p.typeName);

export const filesystemName = (p: DrawnPartition): string =>
  p.filesystem?.type ?? (p.role === "extended" ? "–" : t("disk.unknown-filesystem"));

export const partitionNumber = (p: DrawnPartition): string => (p.number === 0 ? t("disk.whole") : String(p.number));

/** What becomes of all partitions, or of each. */
export type Fate = Role | ((partition: DrawnPartition) => Role);

/** In the order of the disk, with the free ranges between. An extended partition is drawn as what it holds. */
export function segmentsOf(layout: DrawnLayout, fate: Fate): Segment[] {
  const segments: Segment[] = [];
  const free = (from: number, to: number): void => {
    if (to - from < Math.max(SMALLEST_FREE, layout.size / 500)) return;
    const label = t("disk.free");
    const within = layout.free?.filter(({ start, end }) => start >= from && end <= to);
    const bytes = within?.reduce((sum, { start, end }) => sum + end - start, 0) ?? to - from;
    if (bytes === 0) return;
    segments.push({ key: `free-${from}`, number: "", label, bytes, usedBytes: undefined, role: "free" });
  };
  let end = 0;
  const drawn = realPartitions(layout.partitions).toSorted((a, b) => a.start - b.start);
  for (const p of drawn) {
    free(end, p.start);
    segments.push({
      key: segmentKey(p),
      number: p.number === 0 ? "" : String(p.number),
      label: partitionName(p),
      bytes: p.size,
      usedBytes: p.usedBytes,
      role: typeof fate === "function" ? fate(p) : fate,
    });
    end = Math.max(end, p.start + p.size);
  }
  free(end, layout.size);
  return segments;
}
