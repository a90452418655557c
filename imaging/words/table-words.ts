/** What is wrong with a partition table. Images keep it as a text: it is found by these words (`hear`). */
export const tableWords = {
  // problem: one of those below
  "table.damaged": (p: { device: string; table: string; problem: string }) =>
    `${p.device}: the ${p.table} partition table is damaged: ${p.problem}`,
  "table.gpt-first": (p: { problem: string }) =>
    `The primary GPT at LBA 1 is damaged (${p.problem}); the backup is used.`,
  "table.gpt-backup": (p: { lba: number; problem: string }) =>
    `The backup GPT at LBA ${p.lba} is damaged (${p.problem}); the primary is used.`,
  "table.gpt-misplaced": (p: { lba: number; last: number }) =>
    `The backup GPT is at LBA ${p.lba}, not in the last LBA ${p.last}.`,
  "table.gpt-differ": (p: { lba: number }) =>
    `The GPT at LBA 1 and the backup at LBA ${p.lba} differ; the one at LBA 1 is used.`,
  "table.no-protective": "LBA 0 has no protective MBR that covers the GPT from LBA 1.",
  // starts: of partitions, listed
  "table.hybrid": (p: { starts: string }) =>
    `The MBR in LBA 0 also lists partitions, at LBA ${p.starts}; it is kept as it is.`,
  "table.ebr-unread": (p: { lba: number }) =>
    `The extended boot record at LBA ${p.lba} cannot be read; logical partitions behind it are not seen.`,
  "table.ebr-unsigned": (p: { lba: number }) =>
    `The extended boot record at LBA ${p.lba} has no signature; logical partitions behind it are not seen.`,
  "table.ends-early": (p: { number: number }) => `Partition ${p.number} ends before it starts and is left out.`,
  "table.beyond-end": (p: { number: number; lba: number; last: number }) =>
    `Partition ${p.number} ends at LBA ${p.lba}, the disk at LBA ${p.last}.`,
  "table.over-table": (p: { number: number; lba: number }) =>
    `Partition ${p.number} covers the partition table at LBA ${p.lba}.`,
  "table.overlap": (p: { number: number; other: number; lba: number }) =>
    `Partitions ${p.number} and ${p.other} overlap from LBA ${p.lba} on.`,
  "table.outside-extended": (p: { number: number; lba: number }) =>
    `Logical partition ${p.number} at LBA ${p.lba} leaves the extended partition.`,

  "table.both-copies": (p: { first: string; second: string }) => `primary: ${p.first}; backup: ${p.second}`,
  "table.other-sectors": (p: { problem: string; sectorSize: number }) =>
    `${p.problem}. There is a GPT for sectors of ${p.sectorSize} bytes`,
  "table.header-size": (p: { bytes: number }) => `its size says ${p.bytes} bytes`,
  "table.checksum": "its checksum does not match",
  "table.says-lba": (p: { lba: number }) => `it says that it is at LBA ${p.lba}`,
  "table.entry-size": (p: { bytes: number }) => `its entries have ${p.bytes} bytes`,
  "table.entry-count": (p: { entries: number }) => `it has ${p.entries} entries`,
  "table.entries-at": (p: { lba: number }) => `its entries are at LBA ${p.lba}`,
  "table.usable": (p: { lba: number; last: number }) => `partitions may use LBA ${p.lba} to ${p.last}`,
  "table.no-header": "there is no header",
  "table.own-backup": "the primary header names itself as the backup",
  "table.disk-ends": "the disk ends before it",
  "table.header-unread": "the header cannot be read",
  "table.entries-unread": (p: { lba: number }) => `the entries at LBA ${p.lba} cannot be read`,
  "table.entries-checksum": (p: { lba: number }) => `the checksum of the entries at LBA ${p.lba} does not match`,
  "table.entry-beyond": (p: { entry: number }) => `entry ${p.entry} lies beyond any disk`,
  "table.chain-loops": (p: { lba: number }) => `the chain of extended boot records returns to LBA ${p.lba}`,
  "table.chain-long": (p: { most: number; lba: number }) =>
    `more than ${p.most} extended boot records, the last at LBA ${p.lba}`,

  // offset: of bytes; reason: the system's
  "table.read-fails": (p: { offset: number; reason: string }) => `reading it fails at byte ${p.offset}: ${p.reason}`,
  "table.open-fails": (p: { reason: string }) => `it cannot be opened: ${p.reason}`,
  "table.only-root": "only root may read it",
  "table.not-even-root": "this system lets not even root read it",
  "table.no-medium": "no medium is in it",
  "table.gone": "it does not answer: it was unplugged, or has failed",
};
