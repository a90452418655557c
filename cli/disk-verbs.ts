import type { Command } from "commander";
import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import { table } from "#cli/output.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { type Disk, diskName, type Unreadable } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { listDisks } from "#imaging/inventory/list-disks.ts";

export function addDiskVerbs(program: Command): void {
  const disk = program.command("disk").description("look at the disks of this machine");
  verb(disk, "list", "list the disks of this machine").action(async (_options, command: Command) => {
    const disks = await listDisks();
    outputOf(command).result(disks, () => (disks.length > 0 ? describeDisks(disks) : "no disks"));
  });
  verb(disk, "show", "show one disk and what is on it")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .addOption(sectorSizeOption())
    .action(async (name: string, options: SectorSizeOptions, command: Command) => {
      const found = await findDisk(name, sectorSizeOf(options));
      outputOf(command).result(found, () => describeDisk(found));
    });
}

const DISK_HEAD = ["DISK", "SIZE", "BUS", "NAME", "TABLE", "STATE", "ID"];

const UNREADABLE_STATE: Readonly<Record<Unreadable["reason"], string>> = {
  "not-permitted": "not permitted",
  "no-medium": "no medium",
  gone: "gone",
  failing: "unreadable",
};

/** The list, and below it what a word in a column is too short for. */
export function describeDisks(disks: readonly Disk[]): string {
  const notes = disks.flatMap(({ path, unreadable }) =>
    unreadable ? [printable(`! ${path}: ${unreadable.text}`)] : [],
  );
  return [table([DISK_HEAD, ...disks.map(diskRow)]), ...notes].join("\n");
}

function stateOf({ unreadable, inUse, readOnly }: Disk): string {
  if (inUse.length > 0) return "in use";
  if (unreadable) return UNREADABLE_STATE[unreadable.reason];
  return readOnly ? "read-only" : "free";
}

const diskRow = (disk: Disk): string[] => [
  disk.path,
  formatBytes(disk.size),
  disk.bus,
  diskName(disk),
  disk.unreadable ? "?" : disk.table.type === "none" ? "-" : disk.table.type,
  stateOf(disk),
  disk.id,
];

function describeDisk(disk: Disk): string {
  const lines = [
    `${diskName(disk)}, ${formatBytes(disk.size)} (${disk.size} bytes), ${disk.sectorSize}-byte sectors, ${disk.bus}`,
    `  path   ${disk.path}`,
    `  id     ${disk.id}`,
    `  table  ${disk.table.type}${disk.table.diskId ? ` ${disk.table.diskId}` : ""}`,
    ...disk.table.problems.map((p) => `  ! ${p.code}: ${p.text}`),
    ...disk.inUse.map((use) => `  in use: ${use}`),
    ...(disk.bootAreas ? [`  boot areas of the eMMC (${disk.bootAreas.join(", ")}) are left alone`] : []),
    ...(disk.unfinishedMove === undefined
      ? []
      : [`  ! partition ${disk.unfinishedMove} is being moved or resized: \`lifeboat partition resume\` finishes it`]),
    ...(disk.unfinishedRestore ? [`  ! a restore was begun on it and not finished (${disk.unfinishedRestore})`] : []),
  ];
  return [...lines.map(printable), ...(disk.partitions.length > 0 ? [partitionTable(disk.partitions)] : [])].join("\n");
}

export function partitionTable(partitions: readonly PartitionInfo[]): string {
  const rows = partitions.map((p) => [
    `  ${p.number}`,
    formatBytes(p.size),
    p.filesystem?.type ?? "-",
    p.filesystem?.label ?? p.name ?? "-",
    p.typeName,
    p.filesystem?.uuid ?? "-",
  ]);
  const notes = partitions.flatMap((p) =>
    (p.filesystem?.warnings ?? []).map((text) => printable(`  ! partition ${p.number}: ${text}`)),
  );
  return [table([["  #", "SIZE", "FILE SYSTEM", "LABEL", "TYPE", "UUID"], ...rows]), ...notes].join("\n");
}
