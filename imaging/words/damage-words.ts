/** What is wrong with a piece of an image: a text in the engine, which is found by these words (`hear`). */
export const damageWords = {
  "damage.lost": "the repository has lost the pack with its data",
  "damage.file-cut": (p: { path: string }) => `${p.path} is cut off`,
  "damage.cut": "it is cut off",
  "damage.length": "its length cannot be right",
  "damage.other": "its header belongs to another chunk",
  "damage.content": "its content does not match its SHA-256",
  "damage.data": "its data does not match its checksum",
  "damage.no-header": "its header is not a record header",
  "damage.header": "its header does not match its checksum",
  "damage.expand": "its data cannot be expanded",
  "damage.plain": "it is not encrypted",
  "damage.sealed-header": "its header says more than that of an encrypted record may",
  "damage.seal": "it was changed, or does not belong to this image: its authentication tag does not match",
};

/** The same as a whole. number: of the piece; count, start: bytes, and the first of them on the disk; problem: one of the above. */
export const damagedWords = {
  "damaged.chunk": (p: { number: number; region: string; count: number; start: number; problem: string }) =>
    `chunk ${p.number} of ${p.region}, ${p.count} bytes from byte ${p.start} of the disk: ${p.problem}`,
};
