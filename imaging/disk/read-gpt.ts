import { crc32 } from "node:zlib";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { layoutProblems } from "#imaging/disk/check-layout.ts";
import {
  entriesBytes,
  entriesSectors,
  type GptDamage,
  isGptDamage,
  PRIMARY_LBA,
  parseGptHeader,
  type ReadGptCopy,
  readGptCopy,
  withGptHeader,
} from "#imaging/disk/gpt.ts";
import { hasMbrSignature, mbrEntries, TYPE_PROTECTIVE } from "#imaging/disk/mbr.ts";
import type { GptCopy, GptState, PartitionTable, TableProblem } from "#imaging/disk/partition.ts";
import { sectorCount, tryReadSectors } from "#imaging/disk/sectors.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";

/** Reads a GPT from whichever copy is good, or says why neither is. `sector` is LBA 0, zeros when unreadable. */
export async function readGpt(
  device: ReadableDevice,
  sector: Uint8Array<ArrayBuffer>,
): Promise<PartitionTable | GptDamage> {
  const { sectorSize } = device;
  const lbas = sectorCount(device.size, sectorSize);
  const first = await readGptCopy(device, PRIMARY_LBA);
  const second = await readBackup(device, first, lbas);
  const chosen = isGptDamage(first) ? second : first;
  if (isGptDamage(chosen)) return { problem: copiesText(first, second) };

  const differ = !isGptDamage(first) && !isGptDamage(second) && !sameTable(first, second);
  const primary = isGptDamage(first) ? await rebuiltPrimary(device, chosen) : first;
  const backup = isGptDamage(second) || differ ? undefined : second;
  const mbrProtects = protects(sector);
  const state: GptState = { kind: "gpt", mbr: sector, mbrProtects, sourceLbas: lbas, primary, backup };
  const metadata = [0, 1].map((lba) => sectors(lba, 1, sectorSize));
  for (const copy of [primary, isGptDamage(second) ? undefined : second]) {
    if (copy === undefined) continue;
    metadata.push(sectors(copy.headerLba, 1, sectorSize));
    metadata.push({
      start: copy.entriesLba * sectorSize,
      end: copy.entriesLba * sectorSize + copy.entries.length,
    });
  }
  const { firstUsableLba, lastUsableLba, diskGuid } = chosen.fields;
  const table: PartitionTable = {
    type: "gpt",
    sectorSize,
    diskId: diskGuid,
    partitions: chosen.partitions,
    problems: [],
    metadata: inOrder(metadata),
    usable: {
      start: Math.min(firstUsableLba, lbas) * sectorSize,
      end: Math.max(firstUsableLba, Math.min(lastUsableLba + 1, lbas)) * sectorSize,
    },
    state,
  };
  const problems = [...copyProblems(first, second, differ, lbas), ...mbrProblems(sector, mbrProtects)];
  for (const number of chosen.invalid)
    problems.push({ code: "PARTITION_INVALID", text: `Partition ${number} ends before it starts and is left out.` });
  return { ...table, problems: [...problems, ...layoutProblems(table, device.size)] };
}

const sectors = (lba: number, count: number, sectorSize: number): Extent => ({
  start: lba * sectorSize,
  end: (lba + count) * sectorSize,
});
const inOrder = (extents: readonly Extent[]): Extent[] => [
  ...ExtentList.of(extents.toSorted((a, b) => a.start - b.start)),
];

/**
 * The backup is where the primary says; when that is not readable, in the last LBA, where the specification puts
 * it. A header there with another disk GUID is left from former use. Where a damaged primary points comes last.
 */
async function readBackup(
  device: ReadableDevice,
  first: ReadGptCopy | GptDamage,
  lbas: number,
): Promise<ReadGptCopy | GptDamage> {
  const last = lbas - 1;
  if (isGptDamage(first)) {
    const found = await readGptCopy(device, last);
    const hint = isGptDamage(found) ? await rawAlternate(device) : undefined;
    if (hint === undefined || hint === PRIMARY_LBA || hint === last) return found;
    const other = await readGptCopy(device, hint);
    return isGptDamage(other) ? found : other;
  }
  const { alternateLba, diskGuid } = first.fields;
  if (alternateLba === PRIMARY_LBA) return { problem: "the primary header names itself as the backup" };
  const named = await readGptCopy(device, alternateLba);
  if (!isGptDamage(named) || alternateLba === last || last <= PRIMARY_LBA) return named;
  const found = await readGptCopy(device, last);
  return isGptDamage(found) || found.fields.diskGuid !== diskGuid ? named : found;
}

async function rawAlternate(device: ReadableDevice): Promise<number | undefined> {
  const sector = await tryReadSectors(device, PRIMARY_LBA, 1);
  const fields = sector === undefined ? undefined : parseGptHeader(sector);
  return fields === undefined || "problem" in fields ? undefined : fields.alternateLba;
}

function sameTable(primary: ReadGptCopy, backup: ReadGptCopy): boolean {
  const shared = ({ fields: f }: ReadGptCopy) => ({ ...f, headerCrc32: 0, myLba: 0, alternateLba: 0, entriesLba: 0 });
  return (
    JSON.stringify(shared(primary)) === JSON.stringify(shared(backup)) && backup.fields.alternateLba === PRIMARY_LBA
  );
}

/** A primary made from the backup, at the place of the damaged one. */
async function rebuiltPrimary(device: ReadableDevice, backup: ReadGptCopy): Promise<GptCopy> {
  const entriesLba = await primaryEntriesLba(device, backup);
  const changes = { myLba: PRIMARY_LBA, alternateLba: backup.headerLba, entriesLba };
  return {
    headerLba: PRIMARY_LBA,
    entriesLba,
    header: withGptHeader(backup.header, changes),
    entries: backup.entries,
  };
}

/**
 * The array follows the header, but boards that load firmware from the first sectors have it moved up to the first
 * usable LBA (`sgdisk -j`). Where its content still matches, there it was.
 */
async function primaryEntriesLba(device: ReadableDevice, { fields }: ReadGptCopy): Promise<number> {
  const count = entriesSectors(fields, device.sectorSize);
  const usual = PRIMARY_LBA + 1;
  const sector = await tryReadSectors(device, PRIMARY_LBA, 1);
  const damaged = sector === undefined ? undefined : parseGptHeader(sector);
  const named = damaged === undefined || "problem" in damaged ? usual : damaged.entriesLba;
  for (const lba of [usual, named, fields.firstUsableLba - count]) {
    if (lba < usual) continue;
    const entries = await tryReadSectors(device, lba, count);
    if (entries !== undefined && crc32(entries.subarray(0, entriesBytes(fields))) === fields.entriesCrc32) return lba;
  }
  return usual;
}

/** Linux and EDK II take the table for a GPT only behind such a record. */
const protects = (sector: Uint8Array): boolean =>
  hasMbrSignature(sector) && mbrEntries(sector).some((e) => e.type === TYPE_PROTECTIVE && e.startLba === PRIMARY_LBA);

function mbrProblems(sector: Uint8Array, mbrProtects: boolean): TableProblem[] {
  if (!mbrProtects)
    return [
      { code: "GPT_PROTECTIVE_MBR_MISSING", text: "LBA 0 has no protective MBR that covers the GPT from LBA 1." },
    ];
  const others = mbrEntries(sector).filter((e) => e.sizeLba > 0 && e.type !== TYPE_PROTECTIVE);
  if (others.length === 0) return [];
  const starts = others.map((e) => e.startLba).join(", ");
  return [
    { code: "HYBRID_MBR", text: `The MBR in LBA 0 also lists partitions, at LBA ${starts}; it is kept as it is.` },
  ];
}

function copyProblems(
  first: ReadGptCopy | GptDamage,
  second: ReadGptCopy | GptDamage,
  differ: boolean,
  lbas: number,
): TableProblem[] {
  const problems: TableProblem[] = [];
  if (isGptDamage(first))
    problems.push({
      code: "GPT_PRIMARY_DAMAGED",
      text: `The primary GPT at LBA 1 is damaged (${first.problem}); the backup is used.`,
    });
  if (isGptDamage(second)) {
    const lba = isGptDamage(first) ? lbas - 1 : first.fields.alternateLba;
    problems.push({
      code: "GPT_BACKUP_DAMAGED",
      text: `The backup GPT at LBA ${lba} is damaged (${second.problem}); the primary is used.`,
    });
  } else if (second.headerLba !== lbas - 1)
    problems.push({
      code: "GPT_BACKUP_MISPLACED",
      text: `The backup GPT is at LBA ${second.headerLba}, not in the last LBA ${lbas - 1}.`,
    });
  if (differ && !isGptDamage(second))
    problems.push({
      code: "GPT_COPIES_DIFFER",
      text: `The GPT at LBA 1 and the backup at LBA ${second.headerLba} differ; the one at LBA 1 is used.`,
    });
  return problems;
}

const copiesText = (first: ReadGptCopy | GptDamage, second: ReadGptCopy | GptDamage): string =>
  [
    ["primary", first],
    ["backup", second],
  ]
    .map(([which, copy]) => `${which}: ${(copy as GptDamage).problem}`)
    .join("; ");
