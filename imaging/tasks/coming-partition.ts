import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ESP_TYPES } from "#imaging/boot/efi/esp.ts";
import type { Partition, PartitionTable } from "#imaging/disk/partition.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { OpenSystems } from "#imaging/installed/open-systems.ts";

export interface ComingDisk extends AsyncDisposable {
  readonly opened: OpenSystems;
  readonly table: PartitionTable;
}

/**
 * A disk as it will be when a partition has been made that firmware needs (firmwareEdits), for a plan that is made before: an EFI
 * system partition with nothing in it. @param coming undefined: the disk as it is
 */
export async function withComing(
  opened: OpenSystems,
  table: PartitionTable,
  coming: Partition | undefined,
): Promise<ComingDisk> {
  if (!coming) return { opened, table, [Symbol.asyncDispose]: async () => {} };
  const root = await mkdtemp(join(tmpdir(), "lifeboat-esp-"));
  const own = ESP_TYPES.includes(coming.type) ? [comingEsp(coming, root)] : [];
  return {
    opened: {
      ...opened,
      efi: [...opened.efi, ...own],
      systems: opened.systems.map((system) => ({ ...system, efi: [...system.efi, ...own] })),
    },
    table: { ...table, partitions: [...table.partitions, coming] },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** The number of the volume is one that only its maker gives. */
const comingEsp = (partition: Partition, root: string): InstalledSystem["efi"][number] => ({
  root,
  volume: {
    ...{ partition: partition.number, inside: [], filesystem: "vfat", uuid: "NEW-UUID", label: undefined },
    ...{ partitionUuid: partition.guid, partitionName: partition.name, partitionType: partition.type },
  },
});
