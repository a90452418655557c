import { formatBytes } from "#base/units.ts";

/** Why an operation on partitions, or a layout, cannot be done. Sizes and places are bytes. */
export const cannotWords = {
  "cannot.no-table": "the disk has no partition table; make one first",
  "cannot.table-damaged": (p: { why: string }) => `its partition table is not in order: ${p.why}`,
  "cannot.no-partition": (p: { number: number }) => `there is no partition ${p.number}`,
  // use: who uses it
  "cannot.delete-used": (p: { number: number; use: string }) =>
    `partition ${p.number} is in use (${p.use}): it cannot be deleted`,
  "cannot.format-used": (p: { number: number; use: string }) =>
    `partition ${p.number} is in use (${p.use}): it cannot be formatted`,
  "cannot.label-used": (p: { number: number; use: string }) =>
    `partition ${p.number} is in use (${p.use}): it cannot be labelled`,
  "cannot.move-used": (p: { number: number; use: string }) =>
    `partition ${p.number} is in use (${p.use}): it cannot be moved`,
  "cannot.resize-used": (p: { number: number; use: string }) =>
    `partition ${p.number} is in use (${p.use}): it cannot be resized`,
  "cannot.holds-logical": (p: { number: number }) =>
    `partition ${p.number} holds logical partitions; delete these first`,
  "cannot.only-holds": (p: { number: number }) => `partition ${p.number} only holds others`,
  "cannot.move-holder": (p: { number: number }) => `partition ${p.number} only holds others; move these`,
  "cannot.label": (p: { number: number }) => `there is no tool that labels what is in partition ${p.number}`,
  "cannot.name-mbr": "an MBR has no names of partitions; label the file system instead",
  "cannot.type-extended": (p: { number: number }) => `partition ${p.number} is extended, and stays so`,
  "cannot.start-logical": (p: { number: number; role: string }) =>
    `partition ${p.number} is ${p.role}: only primary ones are started`,
  "cannot.same-table": "the disk has a table of this kind already",
  "cannot.convert": (p: { why: string }) => `the table cannot be converted in place: ${p.why}`,
  "cannot.free": (p: { size: number; free: number }) =>
    `${formatBytes(p.size)} are not free in one piece; the largest free space has ${formatBytes(p.free)}`,
  "cannot.free-at": (p: { size: number; start: number; free: number }) =>
    `${formatBytes(p.size)} are not free at byte ${p.start}; the largest free space has ${formatBytes(p.free)}`,
  "cannot.gpt-full": (p: { count: number }) => `the table holds ${p.count} partitions and no more`,
  "cannot.mbr-full": (p: { count: number }) =>
    `the table holds ${p.count} partitions and no more; make a logical one, delete one, or convert the table to GPT`,
  "cannot.start": (p: { number: number; start: number; lastStart: number }) =>
    `partition ${p.number} can start between byte ${p.start} and ${p.lastStart}`,
  "cannot.starts-there": (p: { number: number }) => `partition ${p.number} starts there already`,
  "cannot.others-behind": (p: { number: number; free: number }) =>
    `partition ${p.number} can have ${formatBytes(p.free)} at most: others lie behind it`,
  // count: the same in bytes; why: "" where nothing is said of it
  "cannot.smaller": (p: { number: number; size: number; count: number; why: string }) =>
    `partition ${p.number} needs ${formatBytes(p.size)} (${p.count} bytes) at least${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p: { number: number; size: number; why: string }) =>
    `partition ${p.number} can have ${formatBytes(p.size)} at most${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p: { number: number }) => `partition ${p.number} has this size already`,
  // partition: "partition 3 (ext4, 20 GiB)"; count: of bytes
  "cannot.layout-no-table": "the disk in the image has no partition table",
  "cannot.layout-whole":
    "the image holds its disk as a whole, because the places of partitions on it say nothing certain",
  "cannot.layout-empty": "no partition would be on the disk",
  "cannot.layout-no-system": (p: { name: string }) =>
    `no Linux and no Windows was found on ${p.name}; choose partitions with --partition`,
  "cannot.layout-no-data": (p: { number: number }) => `there is no partition ${p.number} with data in the image`,
  "cannot.layout-twice": (p: { number: number }) => `partition ${p.number} is there twice`,
  "cannot.layout-number": (p: { number: number; count: number }) => `number ${p.number} is above ${p.count}`,
  "cannot.layout-number-twice": (p: { number: number }) => `number ${p.number} is given twice`,
  "cannot.layout-full": (p: { count: number }) => `more than ${p.count} partitions`,
  "cannot.layout-start": (p: { partition: string; start: number }) => `${p.partition} cannot start at byte ${p.start}`,
  "cannot.layout-order": (p: { partition: string }) => `${p.partition} starts before what comes before it`,
  "cannot.layout-room": (p: { list: readonly string[]; start: number }) =>
    `there is no room for ${p.list.join(", ")} before byte ${p.start}`,
  "cannot.layout-smaller": (p: { partition: string; count: number; why: string }) =>
    `${p.partition} needs ${p.count} bytes at least${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-larger": (p: { partition: string; count: number; why: string }) =>
    `${p.partition} can have ${p.count} bytes at most${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-none-grows": (p: { number: number }) => `there is no partition ${p.number} that could grow`,
  "cannot.layout-grow": (p: { partition: string; why: string }) =>
    `${p.partition} cannot grow${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p: { number: number }) =>
    `there is no free sector before logical partition ${p.number} for its record`,
  "cannot.journal": "there is no free MiB on the disk for the journal that a power cut needs; make some room first",
};
