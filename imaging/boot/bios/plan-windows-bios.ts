import { activeBootCode } from "#imaging/boot/bios/active-boot-code.ts";
import { BOOT_CODE_BYTES, signatureChange } from "#imaging/boot/bios/embed-grub.ts";
import { legacyCode } from "#imaging/boot/bios/legacy-code.ts";
import type { BootNote } from "#imaging/boot/boot-note.ts";
import { type DiskChange, diskChange } from "#imaging/boot/disk-change.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Partition, PartitionTable } from "#imaging/disk/partition.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { asNext, say } from "#imaging/words/say.ts";

const RECORDS_AT = 446;
const RECORD_BYTES = 16;
const ACTIVE = 0x80;
/** Windows makes its own boot partition of 100 to 550 MiB. */
const BOOT_PARTITION_MOST = 1 << 30;

export interface WindowsBiosPlan {
  readonly disk: readonly DiskChange[];
  readonly problems: readonly BootNote[];
  /** Number of the partition that firmware's code starts, which has to hold bootmgr and the boot configuration. */
  readonly active: number | undefined;
}

/**
 * What makes legacy firmware start Windows: boot code that starts the active partition, a partition that is active, and boot
 * sectors that know where they stand. Boot code that is Windows' own stays, and GRUB's where a Linux has the disk.
 * @param hasLinux a GRUB is, or will be, in sector 0
 */
export async function planWindowsBios(
  device: ReadableDevice,
  table: PartitionTable,
  { system, tree, hasLinux }: { system: InstalledSystem; tree: SystemTree; hasLinux: boolean },
): Promise<WindowsBiosPlan> {
  const primaries = table.partitions.filter(({ role }) => role === "primary");
  const marked = primaries.find(({ active }) => active);
  const active = marked ?? (await bootPartition(primaries, system, tree));
  const disk: DiskChange[] = [];
  const problems: BootNote[] = [];
  if (!active) problems.push({ code: "BOOT_NO_ACTIVE", ...say("boot.no-active") });
  else if (!marked) disk.push(...(await activeChange(device, active)));
  for (const partition of table.partitions) disk.push(...(await hiddenSectors(device, partition, system)));
  if (active && !(await startsWindows(device, active)))
    problems.push({
      code: "BOOT_SECTOR_EMPTY",
      ...say("boot.sector-empty", { number: active.number }),
      ...asNext(say("boot.next-sector")),
    });
  const code = await legacyCode(device, undefined);
  if (!hasLinux && code !== "windows") disk.push(...(await codeChange(device)), ...(await signatureChange(device)));
  return { disk, problems, active: active?.number };
}

async function codeChange(device: ReadableDevice): Promise<DiskChange[]> {
  const bytes = new Uint8Array(BOOT_CODE_BYTES);
  bytes.set(activeBootCode());
  return await diskChange(device, 0, bytes, say("boot.active-code"));
}

const activeChange = (device: ReadableDevice, { number }: Partition): Promise<DiskChange[]> =>
  diskChange(device, RECORDS_AT + (number - 1) * RECORD_BYTES, Uint8Array.of(ACTIVE), say("boot.active", { number }));

/** Windows' own small partition before it, or Windows itself where bootmgr is in it. */
async function bootPartition(
  primaries: readonly Partition[],
  { volumes, mounts }: InstalledSystem,
  tree: SystemTree,
): Promise<Partition | undefined> {
  const isNtfs = ({ number }: Partition) =>
    volumes.some((one) => one.partition === number && one.filesystem === "ntfs" && one.inside.length === 0);
  const ntfs = primaries.filter(isNtfs);
  const windows = mounts.find(({ folder }) => folder === "/")?.volume.partition;
  const own = ntfs.find(({ number }) => number === windows);
  if (own && (await tree.kind("/bootmgr")) === "file") return own;
  return ntfs.find(({ size }) => size <= BOOT_PARTITION_MOST) ?? own ?? ntfs[0];
}

/** BPB of FAT and NTFS (Microsoft's FAT specification, 3.1): sectors of the disk before the volume. */
const HIDDEN_SECTORS = 0x1c;

async function hiddenSectors(
  device: ReadableDevice,
  { number, start, size, role }: Partition,
  { volumes }: InstalledSystem,
): Promise<DiskChange[]> {
  const volume = volumes.find(({ partition, inside }) => partition === number && inside.length === 0);
  const lba = start / device.sectorSize;
  if (role === "extended" || lba >= 2 ** 32 || !["ntfs", "vfat"].includes(volume?.filesystem ?? "")) return [];
  const boot = new DataView((await readBytes(device, start, 512)).buffer);
  if (boot.getUint16(510, true) !== 0xaa55) return [];
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, lba, true);
  const why = (isCopy: boolean) => say("boot.hidden-sectors", { number, lba: String(lba), isCopy });
  const changes = await diskChange(device, start + HIDDEN_SECTORS, bytes, why(false));
  if (changes.length === 0) return [];
  const copy = copyOf(boot, { start, size });
  const isCopy = copy !== undefined && Buffer.compare(await readBytes(device, copy + 3, 8), bytesAt(boot, 3, 8)) === 0;
  return isCopy ? [...changes, ...(await diskChange(device, copy + HIDDEN_SECTORS, bytes, why(true)))] : changes;
}

const bytesAt = (boot: DataView, at: number, length: number) =>
  new Uint8Array(boot.buffer, boot.byteOffset + at, length);
const FAT32_NAME = 0x52;
const FAT32_COPY = 0x32;

/** Of NTFS in the last sector of the partition, of FAT32 where it says. */
function copyOf(boot: DataView, { start, size }: { start: number; size: number }): number | undefined {
  const says = (at: number, text: string) => String.fromCharCode(...bytesAt(boot, at, text.length)) === text;
  if (says(3, "NTFS")) return start + size - 512;
  return says(FAT32_NAME, "FAT32") ? start + boot.getUint16(FAT32_COPY, true) * 512 : undefined;
}

/** Windows' boot sectors name what they start. */
async function startsWindows(device: ReadableDevice, { start }: Partition): Promise<boolean> {
  const text = Buffer.from(await readBytes(device, start, 8192)).toString("latin1");
  return /BOOTMGR|NTLDR|B\0O\0O\0T\0M\0G\0R/.test(text);
}
