import type { MasterFileTable } from "#imaging/filesystem/ntfs/mft.ts";
import { applyFixups } from "#imaging/filesystem/ntfs/record.ts";
import { ATTRIBUTE, FILE, restartArea, restartPage, volumeInformation } from "#imaging/filesystem/ntfs/structs.ts";

const DIRTY = 1;
const NO_CLIENT = 0xffff;
const VOLUME_IS_CLEAN = 2;
const PAGE = 4096;
const EMPTIED = new Uint8Array(PAGE).fill(0xff);

/** @throws FILESYSTEM_DAMAGED */
export async function isDirty(mft: MasterFileTable): Promise<boolean> {
  const value = await mft.value(FILE.volume, ATTRIBUTE.volumeInformation);
  if (value?.kind !== "resident" || value.bytes.length < volumeInformation.size) return true;
  return (volumeInformation.parse(value.bytes).flags & DIRTY) !== 0;
}

/**
 * Whether $LogFile was closed, by the rule of ntfs-3g (logfile.c, ntfs_is_logfile_clean): the newer of its two restart
 * pages has no client, or says that the volume is clean. An emptied log (all FF) is closed.
 * @throws FILESYSTEM_DAMAGED
 */
export async function isLogClosed(mft: MasterFileTable): Promise<boolean> {
  const log = await mft.value(FILE.logFile, ATTRIBUTE.data);
  if (!log) return false;
  const pages = [await readRestart(mft, log, 0)];
  pages.push(await readRestart(mft, log, pages[0] === "empty" ? PAGE : (pages[0]?.pageSize ?? PAGE)));
  if (pages.every((page) => page === "empty")) return true;
  const [newest] = pages.filter((page) => typeof page === "object").sort((a, b) => (a.lsn < b.lsn ? 1 : -1));
  return newest?.closed ?? false;
}

type Log = NonNullable<Awaited<ReturnType<MasterFileTable["value"]>>>;
interface Restart {
  readonly lsn: bigint;
  readonly closed: boolean;
  readonly pageSize: number;
}

async function readRestart(mft: MasterFileTable, log: Log, offset: number): Promise<Restart | "empty" | undefined> {
  const head = await mft.read(log, offset, PAGE);
  if (Buffer.compare(head, EMPTIED) === 0) return "empty";
  const { magic, usaOffset, usaCount, systemPageSize, restartOffset } = restartPage.parse(head);
  if (String.fromCharCode(...magic) !== "RSTR" || restartOffset + restartArea.size > PAGE) return undefined;
  if (systemPageSize === PAGE) {
    try {
      applyFixups(head, usaOffset, usaCount);
    } catch {
      // A torn restart page is what the other one is for.
      return undefined;
    }
  }
  const area = restartArea.parse(head.subarray(restartOffset));
  const closed = area.clientsInUse === NO_CLIENT || (area.flags & VOLUME_IS_CLEAN) !== 0;
  return { lsn: area.currentLsn, closed, pageSize: systemPageSize <= 1 << 16 ? systemPageSize : PAGE };
}
