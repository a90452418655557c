import { randomUUID } from "node:crypto";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import { mbrEntries, withMbrEntry } from "#imaging/disk/mbr.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import { DATA_TYPES, type DataFilesystem } from "./make-data-volume.ts";
import { BOOT_LABEL } from "./stick-layout.ts";
import type { StickPartition } from "./stick-plan.ts";

const BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
const EFI_SYSTEM = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
const ACTIVE = 0x80;

const typeOf = ({ name, filesystem }: StickPartition): string =>
  filesystem === undefined ? BIOS_BOOT : name === BOOT_LABEL ? EFI_SYSTEM : DATA_TYPES[filesystem as DataFilesystem];

export const tablePartitions = (partitions: readonly StickPartition[]): Partition[] =>
  partitions.map((one) => ({
    ...{ number: one.number, start: one.start, size: one.size, name: one.name, type: typeOf(one) },
    ...{ guid: randomUUID(), active: false, role: "primary", attributes: "0x0" },
  }));

/** The writes of a stick's GPT, sector 0 last. */
export function stickTable(
  { size, sectorSize }: Pick<BlockDevice, "size" | "sectorSize">,
  partitions: readonly Partition[],
  bootCode: Uint8Array | undefined,
): TableWrite[] {
  const design = { type: "gpt" as const, size, sectorSize, diskId: randomUUID(), partitions };
  const writes = buildTable({ ...design, ...(bootCode && { bootCode }) });
  return writes.map((write) => (write.offset === 0 ? { ...write, bytes: withActiveRecord(write.bytes) } : write));
}

/**
 * Some BIOSes start no disk on which no record is active. UEFI must not look at it: UEFI 2.10, 5.2.3, table 5-4, BootIndicator.
 */
function withActiveRecord(sector: Uint8Array): Uint8Array<ArrayBuffer> {
  const [protective] = mbrEntries(sector);
  if (!protective) throw new Error("the table has no protective record");
  return withMbrEntry(sector, 0, { ...protective, bootIndicator: ACTIVE });
}
