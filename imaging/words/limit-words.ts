/** Why a file system cannot be smaller, or larger: a text in the engine, which is found by these words (`hear`). */
export const limitWords = {
  "limit.nearly-full": "its space is nearly used up",
  "limit.full": "its space is used up",
  "limit.unknown": "what is in it is not known",
  "limit.left-out": "it was left out of the image",
  "limit.raw": "its content was captured as it is",
  "limit.no-tool": (p: { filesystem: string }) => `there is no tool that changes the size of ${p.filesystem}`,
  "limit.xfs-least": "XFS is never smaller than 300 MiB",
  "limit.xfs-realtime": "XFS can be made smaller only by a copy of its files, and some are on a realtime device",
  "limit.xfs-log": "XFS can be made smaller only by a copy of its files, and its log is on another device",
  "limit.xfs-quotas": "XFS can be made smaller only by a copy of its files, which would lose its quotas",
  "limit.btrfs-least": "btrfs is never smaller than 256 MiB",
  "limit.ntfs-tool": "its tool knows no smaller size",
  "limit.ntfs-check": "Windows has marked it to be checked: it needs a run of chkdsk /f first",
  "limit.ntfs-journal": "its journal was not closed: Windows has to be shut down completely first",
  "limit.ntfs-hibernated": "Windows is hibernated in it",
  "limit.f2fs": "the tool of F2FS cannot tell how small it can be made",
  "limit.exfat":
    "there is no tool that resizes exFAT, and a copy of its files would lose their attributes and the times when they were made",
  "limit.bigalloc": "it has the feature bigalloc, and resize2fs does not vouch for its resizing",
  "limit.ext-unclean":
    "it was not unmounted cleanly, and there is no room to find out how small it is with its journal replayed",
  "limit.layer-full": "nothing in it is free",
  "limit.layer-largest": "it is as large as it can be",
  "limit.striped": "LVM has striped it",
};
