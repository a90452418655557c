import type { Manifest } from "#imaging/image/manifest.ts";
import type { LayoutWish } from "#imaging/layout/layout.ts";
import type { Warning } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

const MICROSOFT_RESERVED = "e3c9e316-0b5c-4db8-817d-f92df00215ae";
const WINDOWS_RECOVERY = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";

/** Windows keeps the identity of its disk in BCD and registry, which cannot be told when it is locked by BitLocker, or hibernates. */
const mayHoldWindows = ({ partitions }: Manifest): boolean =>
  partitions.some(
    ({ type, active, filesystem }) =>
      [MICROSOFT_RESERVED, WINDOWS_RECOVERY].includes(type) || (active && filesystem?.type === "ntfs"),
  );

/**
 * Both disks of a clone stay attached unless somebody takes one away, so the copy gets an identity of its own, unless that
 * is not wished, or would keep what is on it from starting. A disk without partitions to lay out is copied as it is.
 */
export function cloneLayout(wish: LayoutWish | undefined, manifest: Manifest): LayoutWish | undefined {
  if (wish?.ids !== undefined || !hasPartitions(manifest) || mayHoldWindows(manifest)) return wish;
  return { ...(wish ?? { mode: "keep" }), ids: "new" };
}

const hasPartitions = ({ table, regions }: Manifest): boolean =>
  table.type !== "none" && regions.every(({ kind }) => kind !== "disk");

const BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";

/** Where Linux may be; a GRUB in the gap behind an MBR starts from one. */
const LINUX = ["ext2", "ext3", "ext4", "xfs", "btrfs", "LVM2_member", "crypto_LUKS"];

/** May a boot loader that legacy firmware starts be there: in a partition of its own, or behind an MBR. */
const hasLegacyLoader = ({ table, partitions }: Manifest): boolean =>
  partitions.some(
    ({ type, filesystem }) =>
      type === BIOS_BOOT || (table.type === "mbr" && filesystem !== undefined && LINUX.includes(filesystem.type)),
  );

/** What the plan says of the copy's identity. @param isMended its boot loaders are written anew */
export function identityNotes(isNew: boolean, manifest: Manifest, isMended = false): Warning[] {
  if (!isNew) return [{ code: "TWIN_DISK", ...say("warning.twin", { canDiffer: hasPartitions(manifest) }) }];
  return !isMended && hasLegacyLoader(manifest) ? [{ code: "BOOT_MAY_FAIL", ...say("warning.boot-loader-ids") }] : [];
}
