import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { btrfs } from "#imaging/filesystem/btrfs/used-blocks.ts";
import { exfat } from "#imaging/filesystem/exfat/used-blocks.ts";
import { ext } from "#imaging/filesystem/ext/used-blocks.ts";
import { f2fs } from "#imaging/filesystem/f2fs/used-blocks.ts";
import { fat } from "#imaging/filesystem/fat/used-blocks.ts";
import type { Filesystem, FilesystemDriver, FilesystemType, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { ntfs } from "#imaging/filesystem/ntfs/used-blocks.ts";
import { detectContainer, detectForeign } from "#imaging/filesystem/signatures.ts";
import { swap } from "#imaging/filesystem/swap/used-blocks.ts";
import { isUnreadable, rawMap } from "#imaging/filesystem/volume.ts";
import { xfs } from "#imaging/filesystem/xfs/used-blocks.ts";
import { insideWords } from "#imaging/words/inside-words.ts";
import { rawWords } from "#imaging/words/raw-words.ts";

export type { UsedMap } from "#imaging/filesystem/filesystem.ts";

const DRIVERS: readonly FilesystemDriver[] = [ext, ntfs, fat, swap, exfat, f2fs, xfs, btrfs];

/** Names what a volume holds. @returns undefined for what we do not know. Never throws on what the volume holds. */
export async function detectFilesystem(volume: ReadableDevice): Promise<Filesystem | undefined> {
  const container = await detectContainer(volume);
  if (container) return container;
  for (const driver of DRIVERS) {
    const found = await driver.detect(volume);
    if (found) return found;
  }
  return detectForeign(volume);
}

/** What of a volume is worth capturing. Whatever cannot be mapped for certain is captured raw, with the reason. */
export async function mapUsedBlocks(volume: ReadableDevice, filesystem: Filesystem): Promise<UsedMap> {
  const driver = DRIVERS.find(({ types }) => types.includes(filesystem.type));
  if (!driver) return rawMap(volume, REASONS[filesystem.type] ?? unread(filesystem.type));
  const other = await otherSignature(volume, driver);
  if (other) return rawMap(volume, insideWords["inside.marks"]({ one: filesystem.type, other }));
  try {
    return await driver.mapUsed(volume, filesystem);
  } catch (error) {
    if (isUnreadable(error)) return rawMap(volume, rawWords["raw.untold"]({ why: withoutCode(error.message) }));
    throw error;
  }
}

/**
 * A second full match, such as an old superblock that a newer file system did not overwrite. The first match may be
 * the old one, whose map would leave out what the new one uses.
 */
const otherSignature = async (volume: ReadableDevice, first: FilesystemDriver): Promise<FilesystemType | undefined> =>
  (await detectContainer(volume))?.type ?? (await filesystemMark(volume, first));

/** The file system whose marks a volume bears, whatever else it bears: of a container, it may be the newer one. */
export async function filesystemMark(
  volume: ReadableDevice,
  except?: FilesystemDriver,
): Promise<FilesystemType | undefined> {
  for (const driver of DRIVERS) {
    const found = driver === except ? undefined : await driver.detect(volume);
    if (found) return found.type;
  }
  return (await detectForeign(volume))?.type;
}

const withoutCode = (message: string) => message.replace(/^[A-Z_]+: /, "");

const unread = (name: string) => rawWords["raw.unread"]({ name });

/** Clauses that stand alone too: they are shown to the user behind the partition's name. */
const REASONS: Partial<Record<FilesystemType, string>> = {
  apfs: unread("APFS"),
  hfsplus: unread("HFS+"),
  ReFS: unread("ReFS"),
  iso9660: rawWords["raw.no-free"]({ name: "ISO 9660" }),
  squashfs: rawWords["raw.no-free"]({ name: "squashfs" }),
  crypto_LUKS: rawWords["raw.locked"]({ name: "LUKS" }),
  BitLocker: rawWords["raw.locked"]({ name: "BitLocker" }),
  LVM2_member: rawWords["raw.lvm"],
  zfs_member: rawWords["raw.part"]({ what: "ZFS pool" }),
  bcache: rawWords["raw.part"]({ what: "bcache" }),
  drbd: rawWords["raw.part"]({ what: "DRBD mirror" }),
  linux_raid_member: rawWords["raw.raid"],
};
