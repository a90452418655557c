import { LifeboatError } from "#base/errors.ts";
import { MEDIUM_INFO_FILE, type MediumInfo, parseMediumInfo } from "#base/medium-info.ts";
import { slice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, type DiskPartition, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { runTool } from "../tool.ts";
import { TOP_FOLDERS } from "./boot-tree.ts";
import { type BootVolume, readBootVolume, readTop, type SideNumber, sideOf } from "./boot-volume.ts";
import { BOOT_LABEL, DATA_NAME } from "./stick-layout.ts";

/** A stick as it is now. */
export interface Stick {
  readonly info: MediumInfo;
  readonly bios: DiskPartition | undefined;
  readonly boot: DiskPartition;
  readonly data: DiskPartition;
  readonly volume: BootVolume;
  /** Where its set lies. */
  readonly side: SideNumber;
  /** Files and folders at the top of the boot partition that are not ours. */
  readonly foreign: readonly string[];
  /** Files of the boot partition that lie on the other side: somebody wrote them there. An update overwrites them before it switches. */
  readonly astray: readonly string[];
}

const BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
const PURPOSE = "look at the boot partition of a stick";

/** Whether a disk has the partitions of a stick of ours, whatever is on them. */
export const isStick = (disk: Disk): boolean =>
  disk.table.type === "gpt" && bootOf(disk) !== undefined && dataOf(disk) !== undefined;

const bootOf = ({ partitions }: Disk): DiskPartition | undefined =>
  partitions.find(({ name, filesystem }) => name === BOOT_LABEL && filesystem?.type === "vfat");
const dataOf = ({ partitions }: Disk): DiskPartition | undefined => partitions.find(({ name }) => name === DATA_NAME);

/** @throws STICK_UNKNOWN, TOOL_MISSING, TOOL_FAILED */
export async function readStick(disk: Disk): Promise<Stick> {
  const unknown = (reason: string) => new LifeboatError("STICK_UNKNOWN", { target: nameOf(disk), reason });
  const [boot, data] = [bootOf(disk), dataOf(disk)];
  if (disk.table.type !== "gpt" || !boot || !data)
    throw unknown(`it has no partitions that are called ${BOOT_LABEL} and ${DATA_NAME}`);
  await using device = await openDevice(disk.path, fileOptions(disk));
  const part = slice(device, boot.start, boot.size);
  const volume = await readBootVolume(part);
  if (!volume) throw unknown("its boot partition was formatted by somebody else");
  const { entries } = await readTop(part, volume);
  const place = `${disk.path}@@${boot.start}`;
  const paths = await listFiles(place);
  const top = new Set(paths.map((path) => path.split("/")[1] ?? ""));
  const foreign = [...top].filter((name) => !TOP_FOLDERS.some((ours) => ours.toLowerCase() === name.toLowerCase()));
  const ours = entries.filter(({ name }) => TOP_NAMES.includes(name));
  // Where our own folders are torn apart, what starts the computer decides.
  const side =
    sideOf(volume, ours) ??
    sideOf(
      volume,
      ours.filter(({ name }) => name === "BOOT"),
    );
  if (side === undefined || ours.length < TOP_FOLDERS.length)
    throw unknown("its boot partition has not the files of a rescue system");
  const info = parseMediumInfo(await mtool("mtype", place, `::/${MEDIUM_INFO_FILE}`).catch(() => ""));
  if (!info) throw unknown("its boot partition does not say of which version it is");
  const bios = disk.partitions.find(({ type }) => type === BIOS_BOOT);
  return { info, bios, boot, data, volume, side, foreign, astray: await filesBeside(place, paths, volume, side) };
}

const nameOf = (disk: Disk): string => `${diskName(disk)} (${disk.path})`;

/** As they stand in the root directory: a name that begins with a dot has a short one that mtools makes. */
const TOP_NAMES = ["EFI", "BOOT", "LIVE", "DISK~1"];

const mtool = (tool: string, place: string, ...args: string[]): Promise<string> =>
  runTool(tool, ["-i", place, ...args], { purpose: PURPOSE, env: { MTOOLS_SKIP_CHECK: "1", LC_ALL: "C.UTF-8" } });

/** "::/boot/vmlinuz"; folders end with a slash. */
const listFiles = async (place: string): Promise<string[]> =>
  (await mtool("mdir", place, "-/", "-b", "::/"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

async function filesBeside(
  place: string,
  paths: readonly string[],
  { sides }: BootVolume,
  side: SideNumber,
): Promise<string[]> {
  const files = paths.filter((path) => !path.endsWith("/"));
  // One line a file: "::/boot/vmlinuz <1030-3079> <4000>".
  const lines = (await mtool("mshowfat", place, ...files)).split("\n");
  const isBeside = (line: string) =>
    [...line.matchAll(/<(\d+)(?:-(\d+))?>/g)].some(
      ([, first, last]) => Number(first) < sides[side].first || Number(last ?? first) >= sides[side].end,
    );
  return lines.filter(isBeside).map((line) => line.replace(/^::\//, "").replace(/ <.*$/, ""));
}
