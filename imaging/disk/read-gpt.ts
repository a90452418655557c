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
import { tableWords } from "#imaging/words/table-words.ts";

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
  if (isGptDamage(chosen)) return { problem: copiesText(first as GptDamage, chosen) };

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
    problems.push({ code: "PARTITION_INVALID", text: tableWords["table.ends-early"]({ number }) });
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
  if (alternateLba === PRIMARY_LBA) return { problem: tableWords["table.own-backup"] };
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
  if (!mbrProtects) return [{ code: "GPT_PROTECTIVE_MBR_MISSING", text: tableWords["table.no-protective"] }];
  const others = mbrEntries(sector).filter((e) => e.sizeLba > 0 && e.type !== TYPE_PROTECTIVE);
  if (others.length === 0) return [];
  const starts = others.map((e) => e.startLba).join(", ");
  return [{ code: "HYBRID_MBR", text: tableWords["table.hybrid"]({ starts }) }];
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
      text: tableWords["table.gpt-first"]({ problem: first.problem }),
    });
  if (isGptDamage(second)) {
    const lba = isGptDamage(first) ? lbas - 1 : first.fields.alternateLba;
    problems.push({
      code: "GPT_BACKUP_DAMAGED",
      text: tableWords["table.gpt-backup"]({ lba, problem: second.problem }),
    });
  } else if (second.headerLba !== lbas - 1)
    problems.push({
      code: "GPT_BACKUP_MISPLACED",
      text: tableWords["table.gpt-misplaced"]({ lba: second.headerLba, last: lbas - 1 }),
    });
  if (differ && !isGptDamage(second))
    problems.push({
      code: "GPT_COPIES_DIFFER",
      text: tableWords["table.gpt-differ"]({ lba: second.headerLba }),
    });
  return problems;
}

const copiesText = (first: GptDamage, second: GptDamage): string =>
  tableWords["table.both-copies"]({ first: first.problem, second: second.problem });
