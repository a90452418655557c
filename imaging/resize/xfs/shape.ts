import { reasonIn, unsound } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";

/** How an XFS was made, as far as a new one is to be like it. Sizes in bytes. */
export interface XfsShape {
  readonly size: number;
  readonly blockSize: number;
  readonly sectorSize: number;
  readonly inodeSize: number;
  readonly directoryBlockSize: number;
  /** What mkfs.xfs(8) takes for -m, -i and -n: "reflink=1". */
  readonly metadata: readonly string[];
  readonly inodes: readonly string[];
  readonly naming: readonly string[];
  readonly reflink: boolean;
  readonly reverseMap: boolean;
  readonly hasQuotas: boolean;
  readonly hasRealtime: boolean;
  readonly hasOwnLog: boolean;
}

const PURPOSE = "read how an XFS file system was made";
const METADATA = ["crc", "finobt", "rmapbt", "reflink", "bigtime", "inobtcount"];
const INODES = ["attr", "projid32bit", "sparse", "nrext64", "exchange"];

/** By xfs_db(8), read-only. @throws FILESYSTEM_UNSOUND when it cannot read it; TOOL_MISSING */
export async function readShape(volume: VolumeFile, signal?: AbortSignal): Promise<XfsShape> {
  const commands = ["info", "sb 0", "p qflags rblocks logstart"].flatMap((command) => ["-c", command]);
  const args = ["-r", ...commands, volume.path];
  const result = await runToEnd("xfs_db", args, { purpose: PURPOSE, signal });
  const lines = result.stdout.split("\n");
  // The first of a name: sectsz is of the data, then of the log.
  const find = (section: string, name: string): string | undefined => {
    const from = lines.findIndex((line) => line.startsWith(section));
    const text = lines.slice(Math.max(0, from)).join(" ");
    return new RegExp(`\\b${name}=(\\S+?)(?=,|\\s|$)`).exec(text)?.[1];
  };
  const number = (section: string, name: string) => Number(find(section, name) ?? Number.NaN);
  const printed = (name: string) => new RegExp(`^${name} = (\\S+)$`, "m").exec(result.stdout)?.[1] ?? "0";
  const blockSize = number("data", "bsize");
  const size = number("data", "blocks") * blockSize;
  if (result.status !== 0 || Number.isNaN(size)) throw unsound(volume, "xfs_db", reasonIn(result));
  const options = (names: readonly string[]) =>
    names.flatMap((name) => (find("meta-data", name) === undefined ? [] : [`${name}=${find("meta-data", name)}`]));
  return {
    ...{ size, blockSize, sectorSize: number("meta-data", "sectsz"), inodeSize: number("meta-data", "isize") },
    directoryBlockSize: number("naming", "bsize"),
    metadata: options(METADATA),
    inodes: [...options(INODES), `maxpct=${find("data", "imaxpct") ?? 25}`],
    naming: [`ftype=${find("naming", "ftype") ?? 1}`, ...(find("naming", "ascii-ci") === "1" ? ["version=ci"] : [])],
    reflink: find("meta-data", "reflink") === "1",
    reverseMap: find("meta-data", "rmapbt") === "1",
    hasQuotas: printed("qflags") !== "0",
    hasRealtime: printed("rblocks") !== "0",
    hasOwnLog: printed("logstart") !== "0",
  };
}
