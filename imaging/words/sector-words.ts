/** Why a partition cannot live on sectors of another size: a text in the engine, which is found by these words (`hear`). number: bytes. */
export const sectorWords = {
  "sector.encrypted": "what is encrypted in it may depend on the size of sectors",
  "sector.filesystem": (p: { filesystem: string }) => `${p.filesystem} is not known to live on sectors of another size`,
  "sector.blocks": (p: { filesystem: string; number: number }) =>
    `the blocks of its ${p.filesystem} have ${p.number} bytes, and must not be smaller than sectors`,
  "sector.ntfs": (p: { number: number }) =>
    `Windows reads an NTFS only on sectors of the size that it was made for, ${p.number} bytes`,
  "sector.exfat": "no tool makes an exFAT anew with all that is in it",
  "sector.inside": (p: { volume: string; filesystem: string }) =>
    `${p.volume} in it (${p.filesystem}) may depend on the size of sectors`,
};
