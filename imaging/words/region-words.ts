/** Why a disk is taken as a whole, and what its regions are called. Images keep it as a text: it is found by these words (`hear`). */
export const regionWords = {
  "region.table": "partition table",
  "region.backup-table": "backup partition table",
  "region.extended": "extended boot record",
  "region.gap": "boot loader's gap",
  "region.end": "end of the disk",
  "region.disk": "the whole disk",
  "region.dynamic-disk": "the whole disk (Windows dynamic disk)",
  "region.partition": (p: { number: number }) => `partition ${p.number}`,
  "region.volume": (p: { number: number; filesystem: string }) => `partition ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p: { filesystem: string }) => `the whole disk (${p.filesystem})`,
  "region.tail": (p: { number: number }) => `end of partition ${p.number}`,
  "region.disk-tail": "end of the whole disk",

  "whole.empty-table": "a file system covers the disk although there is an empty partition table",
  "whole.raid": (p: { raid: string }) => `it is a member of a RAID of the computer's firmware (${p.raid})`,
  "whole.unknown": "no partition table and no file system was recognised",
  "whole.dynamic": (p: { why: string }) => `it is a Windows dynamic disk, and ${p.why}`,
  "whole.asked": "asked for sector by sector",
};
