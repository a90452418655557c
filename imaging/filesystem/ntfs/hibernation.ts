import { isLifeboatError } from "#base/errors.ts";
import { DirectoryProblem, listRoot } from "#imaging/filesystem/ntfs/directory.ts";
import type { MasterFileTable } from "#imaging/filesystem/ntfs/mft.ts";
import { ATTRIBUTE } from "#imaging/filesystem/ntfs/structs.ts";
import { stateWords } from "#imaging/words/state-words.ts";

/**
 * What hiberfil.sys says of Windows:
 * - `none`: there is no such file, or its header is zero or "wake": Windows started anew or resumed, and has ended since;
 * - `fast-startup`: its kernel's session is in it, all users were logged off (a shutdown with Fast Startup);
 * - `hibernated`: a session is in it, of either kind;
 * - `elsewhere`: a system on another partition was hibernated while it had this one mounted;
 * - `unknown`: it has a header that we do not know, or cannot be read.
 */
export type Hibernation = "none" | "fast-startup" | "hibernated" | "elsewhere" | "unknown";

const HEADER = 4096;

/**
 * Length of PO_MEMORY_IMAGE (at byte 12) and where in it Hiberboot is, 1 for Fast Startup: Windows' public symbols of
 * x64, 8.1 to 11. It moves with the version. Believed and not seen on a real disk, so it only chooses the words.
 */
const HIBERBOOT: readonly (readonly [number, number])[] = [
  [0x360, 0x2fc],
  [0x3b0, 0x34c],
  [0x3c8, 0x354],
  [0x3d8, 0x364],
  [0x3e0, 0x364],
  [0x448, 0x3cc],
];

/** Never throws for what the volume holds; read errors pass through. */
export async function readHibernation(mft: MasterFileTable, clusterSize: number): Promise<Hibernation> {
  try {
    const names = await listRoot(mft, clusterSize);
    const records = new Set(names.filter(({ name }) => isNamed(name, "hiberfil.sys")).map(({ record }) => record));
    const found = await Promise.all([...records].map((record) => readHeader(mft, record)));
    return found.find((state) => state !== "none") ?? "none";
  } catch (error) {
    const isDamage = error instanceof DirectoryProblem || DAMAGE.some((code) => isLifeboatError(error, code));
    if (isDamage) return "unknown";
    throw error;
  }
}

const DAMAGE = ["FILESYSTEM_DAMAGED", "STRUCT_BAD_VALUE", "STRUCT_TRUNCATED"] as const;

/** NTFS folds case by a table of its own; for these letters it is ASCII's. */
export const isNamed = (name: string, wanted: string): boolean => name.toLowerCase() === wanted;

/** Rules of ntfs-3g (volume.c, ntfs_volume_check_hiberfile), and "RSTR", which a broken-off resume leaves. */
async function readHeader(mft: MasterFileTable, record: number): Promise<Hibernation> {
  const value = await mft.value(record, ATTRIBUTE.data);
  if (!value) return "unknown";
  if ((value.kind === "resident" ? value.bytes.length : value.dataSize) < HEADER) return "elsewhere";
  return headerState(await mft.read(value, 0, HEADER));
}

/** Exported for its tests. `header` is the first 4096 bytes of hiberfil.sys. */
export function headerState(header: Uint8Array): Hibernation {
  const signature = Buffer.from(header.subarray(0, 4)).toString("latin1").toLowerCase();
  if (signature === "wake" || header.every((byte) => byte === 0)) return "none";
  if (signature !== "hibr" && signature !== "rstr") return "unknown";
  const length = Buffer.from(header).readUInt32LE(12);
  const hiberboot = HIBERBOOT.find(([size]) => size === length)?.[1];
  return hiberboot !== undefined && header[hiberboot] === 1 ? "fast-startup" : "hibernated";
}

/** Why care is needed, in plain words, as a clause about the volume; undefined when Windows is not hibernated. */
export const HIBERNATION_TEXT: Readonly<Record<Hibernation, string | undefined>> = {
  none: undefined,
  "fast-startup": stateWords["state.fast-startup"],
  hibernated: stateWords["state.hibernated"],
  elsewhere: stateWords["state.hibernated-elsewhere"],
  unknown: stateWords["state.hibernated-unknown"],
};
