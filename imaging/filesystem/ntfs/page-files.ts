import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { DirectoryProblem, listRoot, parseFileName } from "#imaging/filesystem/ntfs/directory.ts";
import { HIBERNATION_TEXT, isNamed, readHibernation } from "#imaging/filesystem/ntfs/hibernation.ts";
import { type NtfsLayout, readLayout } from "#imaging/filesystem/ntfs/layout.ts";
import { MasterFileTable, type Value } from "#imaging/filesystem/ntfs/mft.ts";
import { isDirty, isLogClosed } from "#imaging/filesystem/ntfs/state.ts";
import { ATTRIBUTE, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { damaged, isUnreadable } from "#imaging/filesystem/volume.ts";

/** A file that Windows makes anew, or fills anew, whenever it starts: its content need not be in an image. */
export interface PageFile {
  readonly name: string;
  /** Bytes of the volume that hold its content, in order. Never those of a record, a list of clusters or a neighbour. */
  readonly extents: ExtentList;
}

/** `reason`: why nothing may be left out, in plain words; then `files` is empty. */
export interface PageFiles {
  readonly files: readonly PageFile[];
  readonly reason: string | undefined;
}

const NAMES = ["pagefile.sys", "swapfile.sys", "hiberfil.sys"] as const;
/** $MFT to $UpCase: what every NTFS keeps in clusters at fixed record numbers. */
const SYSTEM_RECORDS = 11;

/**
 * Page, swap and hibernation files in the root of an NTFS whose content a capture may leave out: after a restore they
 * have their size and read as zeros, which Windows takes for an unused page file and for "not hibernated".
 *
 * Nothing may be left out of a volume that is dirty, has an open log, or in which Windows is hibernated, and nobody can
 * force it: a resumed session reads its page file again, and an open log may have given clusters of these files to others.
 * A file is passed over that has a second name elsewhere, is compressed, encrypted or a reparse point, or is resident.
 * @throws FILESYSTEM_DAMAGED when the volume contradicts itself; READ_FAILED
 */
export async function findPageFiles(volume: ReadableDevice, filesystem: Filesystem): Promise<PageFiles> {
  const layout = filesystem.type === "ntfs" ? await readLayout(volume) : undefined;
  if (!layout) return { files: [], reason: "it is not NTFS" };
  const mft = await MasterFileTable.open(volume, layout);
  const reason = await whyNot(mft, layout);
  if (reason) return { files: [], reason };
  const files: PageFile[] = [];
  try {
    const names = await listRoot(mft, layout.clusterSize);
    for (const wanted of NAMES) {
      const records = new Set(names.filter(({ name }) => isNamed(name, wanted)).map(({ record }) => record));
      const [record] = records;
      // POSIX names may differ by case alone. Which of two Windows would take is not ours to guess.
      if (record === undefined || records.size > 1) continue;
      const extents = await contentOf(mft, layout, record, wanted);
      if (extents && extents.length > 0) files.push({ name: wanted, extents });
    }
  } catch (error) {
    if (error instanceof DirectoryProblem) throw damaged(volume, "ntfs", layout.mftOffset, error.message);
    throw error;
  }
  const taken = ExtentList.union(files.map(({ extents }) => extents));
  if (
    taken.bytes !== files.reduce((sum, { extents }) => sum + extents.bytes, 0) ||
    (await meetsSystemFile(mft, layout, taken))
  )
    throw damaged(volume, "ntfs", layout.mftOffset, "a page file has clusters that belong to another file");
  return { files, reason: undefined };
}

/** The extents without the content of the page files. */
export const withoutPageFiles = (extents: ExtentList, pageFiles: readonly PageFile[]): ExtentList =>
  extents.subtract(ExtentList.union(pageFiles.map((file) => file.extents)));

async function whyNot(mft: MasterFileTable, { clusterSize }: NtfsLayout): Promise<string | undefined> {
  const hibernation = HIBERNATION_TEXT[await readHibernation(mft, clusterSize)];
  if (hibernation) return hibernation;
  if (!(await isLogClosed(mft))) return "it was not unmounted cleanly";
  return (await isDirty(mft)) ? "it is marked dirty; check it with chkdsk" : undefined;
}

async function contentOf(
  mft: MasterFileTable,
  { clusterSize }: NtfsLayout,
  record: number,
  wanted: string,
): Promise<ExtentList | undefined> {
  if (record <= SYSTEM_RECORDS) return undefined;
  const attributes = await mft.attributes(record, ATTRIBUTE.fileName);
  const names = attributes.flatMap((a) => (a.type === ATTRIBUTE.fileName && a.kind === "resident" ? [a.value] : []));
  const isPageFile = (name: { parent: number; name: string }) =>
    name.parent === FILE.root && isNamed(name.name, wanted);
  if (names.length === 0 || !names.map(parseFileName).every(isPageFile)) return undefined;
  const reparse = await mft.attributes(record, ATTRIBUTE.reparsePoint);
  if (reparse.some(({ type }) => type === ATTRIBUTE.reparsePoint)) return undefined;
  const value = await mft.value(record, ATTRIBUTE.data);
  return value?.kind === "non-resident" && !value.encoded ? extentsOf([value], clusterSize) : undefined;
}

const extentsOf = (values: readonly (Value | undefined)[], clusterSize: number): ExtentList =>
  ExtentList.union(
    values.map((value) =>
      (value?.kind === "non-resident" ? value.runs : []).flatMap(({ lcn, length }) =>
        lcn === undefined ? [] : [{ start: lcn * clusterSize, end: (lcn + length) * clusterSize }],
      ),
    ),
  );

async function meetsSystemFile(mft: MasterFileTable, { clusterSize }: NtfsLayout, taken: ExtentList): Promise<boolean> {
  if (taken.length === 0) return false;
  const values: (Value | undefined)[] = [await mft.value(FILE.root, ATTRIBUTE.indexAllocation, "$I30")];
  for (let record = 0; record < SYSTEM_RECORDS; record++)
    values.push(await mft.value(record, ATTRIBUTE.data).catch(ignoreUnreadable));
  return taken.subtract(extentsOf(values, clusterSize)).bytes !== taken.bytes;
}

/** $Secure and others may lack an unnamed value, or be damaged without harm to what we read. */
function ignoreUnreadable(error: unknown): undefined {
  if (!isUnreadable(error)) throw error;
}
