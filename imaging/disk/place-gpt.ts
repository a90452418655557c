import { LifeboatError } from "#base/errors.ts";
import { entriesSectors, type GptHeader, gptHeader, PRIMARY_LBA, withGptHeader } from "#imaging/disk/gpt.ts";
import { chs, hasMbrSignature, type MbrEntry, mbrEntries, TYPE_PROTECTIVE, withMbrEntry } from "#imaging/disk/mbr.ts";
import type { GptCopy, GptState, PartitionTable, TableWrite } from "#imaging/disk/partition.ts";
import { sectorCount } from "#imaging/disk/sectors.ts";

/** Where the backup goes on a disk, and what then is the last usable LBA. */
interface BackupPlace {
  readonly headerLba: number;
  readonly entriesLba: number;
  readonly lastUsableLba: number;
}

/** The writes of a GPT, backup first and the protective MBR last. @throws TARGET_TOO_SMALL */
export function placeGpt(table: PartitionTable, state: GptState, targetSize: number): TableWrite[] {
  const { sectorSize } = table;
  const lbas = sectorCount(targetSize, sectorSize);
  const fields = gptHeader.parse(state.primary.header);
  const firstFree = lowestBackupLba(table, state, fields);
  const place = backupPlace(state, fields, { lbas, sectorSize, firstFree });
  if (place.entriesLba < firstFree || lbas - 1 !== place.headerLba) {
    const need = minimumGptSize(table, state);
    throw new LifeboatError("TARGET_TOO_SMALL", { target: "the target", need, have: targetSize });
  }
  const changes = { alternateLba: place.headerLba, lastUsableLba: place.lastUsableLba };
  const primary = withGptHeader(state.primary.header, changes);
  const backup = withGptHeader((state.backup ?? state.primary).header, {
    myLba: place.headerLba,
    alternateLba: PRIMARY_LBA,
    lastUsableLba: place.lastUsableLba,
    entriesLba: place.entriesLba,
  });
  const write = (lba: number, bytes: Uint8Array<ArrayBuffer>, what: string) => ({
    offset: lba * sectorSize,
    bytes,
    what,
  });
  return [
    write(place.entriesLba, (state.backup ?? state.primary).entries, "backup GPT entries"),
    write(place.headerLba, backup, "backup GPT header"),
    write(state.primary.entriesLba, state.primary.entries, "primary GPT entries"),
    write(PRIMARY_LBA, primary, "primary GPT header"),
    write(0, protectiveMbr(state, lbas), "protective MBR"),
  ];
}

/** The smallest disk, in bytes, that holds all partitions and both copies. */
export function minimumGptSize(table: PartitionTable, state: GptState): number {
  const fields = gptHeader.parse(state.primary.header);
  const sectors = entriesSectors(fields, table.sectorSize);
  return (lowestBackupLba(table, state, fields) + sectors + 1) * table.sectorSize;
}

function lowestBackupLba(table: PartitionTable, state: GptState, fields: GptHeader): number {
  const ends = table.partitions.map((p) => (p.start + p.size) / table.sectorSize);
  const tableEnd = state.primary.entriesLba + entriesSectors(fields, table.sectorSize);
  return ends.reduce((a, b) => Math.max(a, b), Math.max(tableEnd, fields.firstUsableLba + 1));
}

interface Room {
  readonly lbas: number;
  readonly sectorSize: number;
  readonly firstFree: number;
}

function backupPlace(state: GptState, fields: GptHeader, { lbas, sectorSize, firstFree }: Room): BackupPlace {
  const headerLba = lbas - 1;
  const lastPlace = headerLba - entriesSectors(fields, sectorSize);
  // A damaged header can name a place where the primary's entries are, or its own: there the backup cannot stay.
  const apart = ({ entriesLba }: GptCopy) => entriesLba >= firstFree && entriesLba <= lastPlace;
  const kept = state.backup?.headerLba === headerLba && apart(state.backup) ? state.backup : undefined;
  const stays = kept !== undefined;
  const entriesLba = kept?.entriesLba ?? lastPlace;
  // Tools align the last usable LBA downwards, so on a disk of the source's size it is kept and not recomputed.
  const keeps = (stays || fields.alternateLba === headerLba) && fields.lastUsableLba < entriesLba;
  return { headerLba, entriesLba, lastUsableLba: keeps ? fields.lastUsableLba : entriesLba - 1 };
}

/**
 * Sector 0 with boot code, signature and other records kept, and the protective record made to end with the disk.
 * In a hybrid MBR it covers only the space before the first partition, and stays so.
 */
function protectiveMbr(state: GptState, lbas: number): Uint8Array<ArrayBuffer> {
  const { mbr, mbrProtects, sourceLbas } = state;
  const record = protectiveRecord(lbas);
  if (!mbrProtects) return withProtection(mbr, record);
  const misplaced = state.backup !== undefined && state.backup.headerLba !== sourceLbas - 1;
  if (lbas === sourceLbas && !misplaced) return mbr;
  const entries = mbrEntries(mbr);
  const slot = entries.findIndex((e) => e.type === TYPE_PROTECTIVE && e.startLba === PRIMARY_LBA);
  const found = entries[slot];
  const { sizeLba, endChs } = record;
  if (found === undefined || found.sizeLba === 0xffffffff || found.sizeLba === sizeLba) return mbr;
  const alone = entries.filter((e) => e.sizeLba > 0).length === 1;
  const toTheEnd = found.startLba + found.sizeLba >= sourceLbas;
  return alone || toTheEnd ? withMbrEntry(mbr, slot, { ...found, endChs, sizeLba }) : mbr;
}

/** The record that covers a disk of `lbas` sectors, as far as its 32 bits reach (UEFI 2.10, 5.2.3, table 5-4). */
export function protectiveRecord(lbas: number): MbrEntry {
  const sizeLba = Math.min(lbas - 1, 0xffffffff);
  return { bootIndicator: 0, startChs: chs(1), type: TYPE_PROTECTIVE, endChs: chs(sizeLba), startLba: 1, sizeLba };
}

/** For a sector 0 that lost its record: the four are replaced, unless one of type 0xEE only starts wrongly. */
function withProtection(mbr: Uint8Array, record: MbrEntry): Uint8Array<ArrayBuffer> {
  const slot = hasMbrSignature(mbr) ? mbrEntries(mbr).findIndex((e) => e.type === TYPE_PROTECTIVE) : -1;
  if (slot >= 0) return withMbrEntry(mbr, slot, record);
  const unused = new Uint8Array(3);
  const empty = { bootIndicator: 0, startChs: unused, type: 0, endChs: unused, startLba: 0, sizeLba: 0 };
  return [empty, empty, empty].reduce(
    (sector, entry, i) => withMbrEntry(sector, i + 1, entry),
    withMbrEntry(mbr, 0, record),
  );
}
