import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { hasMbrSignature, isExtended, type MbrEntry, mbrEntries, mbrPartition } from "#imaging/disk/mbr.ts";
import type { Ebr, Partition, TableProblem } from "#imaging/disk/partition.ts";
import { tryReadSectors } from "#imaging/disk/sectors.ts";
import { tableDamaged } from "#imaging/disk/table-damaged.ts";
import { tableWords } from "#imaging/words/table-words.ts";

/** Linux stops at 256 minor numbers; no tool makes more. */
const MAX_LINKS = 256;

export interface ExtendedChain {
  readonly ebrs: readonly Ebr[];
  readonly logicals: readonly Partition[];
  readonly problems: readonly TableProblem[];
}

/**
 * Follows the chain of extended boot records of one extended partition: in each, a logical partition relative to
 * the record itself, and the next record relative to the extended partition (Linux, block/partitions/msdos.c,
 * parse_extended, whose numbering this keeps: records without a logical partition take no number).
 * @throws TABLE_DAMAGED when the chain loops or is longer than any tool makes it
 */
export async function readExtendedChain(
  device: ReadableDevice,
  extendedLba: number,
  firstNumber: number,
  diskId: string | undefined,
): Promise<ExtendedChain> {
  const ebrs: Ebr[] = [];
  const logicals: Partition[] = [];
  const seen = new Set<number>();
  let lba: number | undefined = extendedLba;
  while (lba !== undefined) {
    checkChain(device, lba, seen);
    seen.add(lba);
    const sector = await tryReadSectors(device, lba, 1);
    if (sector === undefined || !hasMbrSignature(sector)) return { ebrs, logicals, problems: [broken(lba, sector)] };
    const link = linkOf(mbrEntries(sector), extendedLba);
    const base = lba;
    const found = link.data.map((entry, i) => {
      const number = firstNumber + logicals.length + i;
      return mbrPartition(entry, { number, base, sectorSize: device.sectorSize, role: "logical", diskId });
    });
    logicals.push(...found);
    ebrs.push({ lba, sector, partitions: found.map((p) => p.number) });
    lba = link.next;
  }
  return { ebrs, logicals, problems: [] };
}

function linkOf(entries: readonly MbrEntry[], extendedLba: number) {
  // The third and fourth record are unused by every tool and hold rubbish on old disks, so they are not believed.
  const records = entries.slice(0, 2);
  const data = records.filter((e) => e.sizeLba > 0 && !isExtended(e));
  const onward = records.find(isExtended);
  return { data, next: onward === undefined ? undefined : extendedLba + onward.startLba };
}

function checkChain(device: ReadableDevice, lba: number, seen: ReadonlySet<number>): void {
  const fail = (problem: string) => tableDamaged(device.path, "MBR", problem);
  if (seen.has(lba)) throw fail(tableWords["table.chain-loops"]({ lba }));
  if (seen.size >= MAX_LINKS) throw fail(tableWords["table.chain-long"]({ most: MAX_LINKS, lba }));
}

function broken(lba: number, sector: Uint8Array | undefined): TableProblem {
  const key = sector === undefined ? "table.ebr-unread" : "table.ebr-unsigned";
  return { code: "EBR_DAMAGED", text: tableWords[key]({ lba }) };
}
