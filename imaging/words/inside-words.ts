/** Why it is not seen what is in a volume. Images keep some as a text: it is found by these words (`hear`). */
export const insideWords = {
  // what, in all four: a clause about it
  "at.disk": (p: { what: string }) => `the whole disk: ${p.what}`,
  "at.partition": (p: { number: number; what: string }) => `partition ${p.number}: ${p.what}`,
  "at.efi": (p: { number: number; what: string }) => `partition ${p.number} (EFI): ${p.what}`,
  // volume: "vg0/root"
  "at.volume": (p: { number: number; volume: string; what: string }) => `partition ${p.number}, ${p.volume}: ${p.what}`,

  "inside.unknown": "no file system was recognised in it",
  "inside.swap": "swap space holds no files",
  "inside.below": "what lies in it is listed below",
  "inside.nothing": "nothing of it can be shown",
  "inside.no-driver": (p: { filesystem: string }) => `Lifeboat has no driver for ${p.filesystem}`,
  "inside.untold": "what is in it cannot be told",
  "inside.untold-why": (p: { why: string }) => `what is in it cannot be told: ${p.why}`,
  "inside.too-deep": "volumes lie too deep in one another",
  "inside.closed": "it is not seen through",
  "inside.encrypted": "it is encrypted",
  "inside.marks": (p: { one: string; other: string }) =>
    `it bears the marks of ${p.one} and of ${p.other}: which of them is in use cannot be told`,

  "inside.luks": "it is encrypted with LUKS and no key was given: which blocks are used shows only with one",
  "inside.luks-cipher": (p: { cipher: string }) =>
    `it is encrypted by LUKS with ${p.cipher}, which is not read here (only AES is)`,
  "inside.luks-detached": "its LUKS header says that its data is on another device (a detached header)",
  "inside.luks-other": "its LUKS header names no data (it belongs to another device)",
  "inside.luks-anew": "it is being encrypted anew with LUKS: one part has the old key, the other the new one",
  "inside.luks-demands": (p: { what: string }) => `LUKS demands what is not known here: ${p.what}`,
  "inside.luks-integrity":
    "LUKS keeps checksums between the sectors of it (dm-integrity): where they are used cannot be told",
  "inside.luks-opal": "the drive itself encrypts it for LUKS (OPAL): it can only be read once the drive is unlocked",
  "inside.luks-kind": (p: { kind: string }) => `LUKS calls its data ${p.kind}, which is not known here`,

  // hint: one of those below
  "inside.bitlocker": (p: { hint: string }) =>
    `it is encrypted with BitLocker and no key was given: which blocks are used shows only with one (${p.hint})`,
  "hint.password": "it opens with its password",
  "hint.recovery": (p: { id: string }) => `it opens with the recovery key with the identifier ${p.id}`,
  "hint.both": (p: { id: string }) => `it opens with its password or the recovery key with the identifier ${p.id}`,
  "hint.none": "it has no recovery key",
  "inside.bitlocker-read-only": "it is encrypted with BitLocker, in which nothing is written here",
  "inside.bitlocker-vista": "it is encrypted with BitLocker as Windows Vista had it, which is not read here",
  "inside.bitlocker-partly":
    "BitLocker encrypts only what is written to it (encrypt-on-write): which parts are plain cannot be told",
  "inside.bitlocker-undone":
    "BitLocker is not done encrypting or decrypting it: one part is encrypted, the other is not",
  "inside.bitlocker-format": (p: { format: string }) =>
    `BitLocker calls its format ${p.format}, which is not known here`,
  "inside.bitlocker-version": (p: { version: number }) =>
    `its BitLocker metadata has version ${p.version}, which is not known here`,
  "inside.bitlocker-method": (p: { method: string }) =>
    `BitLocker encrypts it with method ${p.method}, which is not known here`,

  "inside.lvm-exported": (p: { group: string }) => `the LVM volume group ${p.group} was exported`,
  "inside.lvm-missing": (p: { group: string }) => `a disk of the LVM volume group ${p.group} was missing`,
  "inside.lvm-moving": (p: { group: string }) => `LVM was moving data of ${p.group} from one disk to another`,
  "inside.lvm-larger": (p: { group: string }) => `the LVM volume group ${p.group} was made on a larger disk`,
  "inside.lvm-elsewhere": "the description of its LVM volume group lies on another disk",
  "inside.lvm-unread": (p: { why: string }) => `its LVM metadata cannot be read: ${p.why}`,
  "inside.lvm-empty": "it is prepared for LVM, but no volume group is described on it",
  "inside.lvm-differ": "its two copies of the LVM metadata contradict each other",

  "inside.raid-half": "it is one half of a RAID",
  "inside.raid-two": "it bears the superblocks of two Linux RAID arrays, or of none",
  "inside.raid-level": (p: { level: string; array: string }) =>
    `it is a member of the ${p.level} array ${p.array}: files lie across its members`,
  // why: one of those below
  "inside.raid-member": (p: { array: string; why: string }) => `it is a member of the RAID1 array ${p.array}: ${p.why}`,
  "raid.outside": "its data would lie outside the partition",
  "raid.over": "its data covers its superblock",
  "raid.spare": "this member is a spare",
  "raid.out": "this member is not a part of it now",
  "raid.rebuilt": "this member was being rebuilt",
  "raid.rebuilt-or-faulty": "this member was being rebuilt, or is faulty",
  "raid.reshaped": "the array was being reshaped",
  "raid.bad-blocks": "this member has bad blocks",
  "raid.feature": "it uses a feature that is not known here",
  "raid.not-in-sync": "the array was not in sync, or not stopped cleanly",
  "raid.not-stopped": "the array was not stopped cleanly",
  "raid.missing": "a member of the array was missing",
};

/** What is said of a volume, behind its place. @param inside of volumes that hold it, from the outermost */
export const ofVolume = (number: number, inside: readonly string[], what: string): string =>
  inside.length === 0
    ? insideWords["at.partition"]({ number, what })
    : insideWords["at.volume"]({ number, volume: inside.join(", "), what });
