import { formatBytes, formatPlace } from "#base/units.ts";

/** What is done to the partitions of a disk. `partition`: "partition 2, "root", ext4, 20 GiB". Sizes and places are bytes. */
export const editWords = {
  // label, filesystem: "" where there is none
  "edit.partition": (p: { number: number; label: string; filesystem: string; size: number }) =>
    [`partition ${p.number}`, p.label && `"${p.label}"`, p.filesystem, formatBytes(p.size)].filter(Boolean).join(", "),
  "edit.create": (p: { number: number; filesystem: string; size: number; start: number }) =>
    `Make partition ${p.number}${p.filesystem === "" ? "" : ` with ${p.filesystem}`}, ${formatBytes(p.size)}, starting at ${formatPlace(p.start)}`,
  "edit.delete": (p: { partition: string }) => `Delete ${p.partition}`,
  "edit.move": (p: { partition: string; oldStart: number; start: number }) =>
    `Move ${p.partition}, from ${formatPlace(p.oldStart)} to ${formatPlace(p.start)}`,
  "edit.shrink": (p: { partition: string; size: number }) => `Make ${p.partition}, smaller: ${formatBytes(p.size)}`,
  "edit.grow": (p: { partition: string; size: number }) => `Make ${p.partition}, larger: ${formatBytes(p.size)}`,
  "edit.format": (p: { partition: string; filesystem: string }) => `Make an empty ${p.filesystem} in ${p.partition}`,
  "edit.label": (p: { filesystem: string; number: number; label: string }) =>
    `Label the ${p.filesystem} of partition ${p.number} "${p.label}"`,
  "edit.name": (p: { number: number; name: string }) => `Name partition ${p.number} "${p.name}"`,
  // type: its name
  "edit.type": (p: { number: number; type: string }) => `Give partition ${p.number} the type ${p.type}`,
  "edit.active": (p: { number: number }) => `Mark partition ${p.number} as the one that legacy firmware starts`,
  "edit.inactive": (p: { number: number }) => `Mark partition ${p.number} as not the one that legacy firmware starts`,
  // table: "GPT", "MBR"
  "edit.convert": (p: { table: string }) => `Convert the partition table to ${p.table}; no partition moves`,
  "edit.table": (p: { table: string }) => `Make an empty ${p.table} partition table`,
  "edit.converted-may-fail":
    "A computer that starts from this disk may need its boot loader anew, and its firmware another mode",
  "edit.moved-may-fail": (p: { number: number }) =>
    `A computer may start from partition ${p.number}: a boot loader that knows its place will not find it`,
};
