import { say } from "#imaging/words/say.ts";
import type { FoundImage, ImageFolder, ImageKey, ImageVolume, RetentionRow } from "#rescue/api/contract.ts";
import { image } from "#test/ui/recorded.ts";

/** What a rescue server told of what is in an image, and of what is kept beside it. */

const GIB = 1024 ** 3;

export const imageVolumes: ImageVolume[] = [
  { name: "2-vfat", partition: 2, size: GIB / 2, filesystem: "vfat", isShown: true, isLocked: false },
  {
    name: "3-ext4-debian-root",
    partition: 3,
    size: 180 * GIB,
    filesystem: "ext4",
    label: "debian-root",
    isShown: true,
    isLocked: false,
  },
  {
    ...{ name: "4-crypto_LUKS", partition: 4, size: 80 * GIB, filesystem: "crypto_LUKS" },
    ...{ isShown: false, isLocked: true, reason: say("inside.encrypted") },
  },
  {
    ...{ name: "5-swap", partition: 5, size: 8 * GIB, filesystem: "swap" },
    ...{ isShown: false, isLocked: false, reason: say("inside.swap") },
  },
];

export const imageFolder: ImageFolder = {
  entries: [
    { name: "Documents", kind: "folder", size: 4096, modified: 1_763_000_000 },
    {
      name: "Фотографии с очень длинным именем, которое не помещается в строку.tar.gz",
      kind: "file",
      size: 5e9,
      modified: 1_763_100_000,
    },
    { name: "notes.txt", kind: "file", size: 812, modified: 1_763_200_000 },
    { name: "latest", kind: "link", size: 9, modified: 1_763_200_000 },
  ],
  more: 0,
};

export const imageKeys: ImageKey[] = [
  { slotId: 3_000_001, kind: "password", created: "2026-10-01T08:00:00Z" },
  { slotId: 3_000_002, kind: "recovery", created: "2026-10-01T08:05:00Z" },
];

export const retentionRows: RetentionRow[] = [
  {
    name: "20261118T140322Z-office",
    createdAt: "2026-11-18T14:03:22Z",
    reasons: [say("retention.pinned"), say("retention.last", { count: 3 })],
  },
  { name: "20250102T090000Z-office", createdAt: "2025-01-02T09:00:00Z", reasons: [] },
];

/** The same image as a point of an encrypted repository. */
export const pointImage: FoundImage = {
  ...image,
  protection: "unlocked",
  ...(image.manifest && {
    manifest: { ...image.manifest, point: { type: "incremental", diskId: "disk-1", host: "office-pc" } },
  }),
};
