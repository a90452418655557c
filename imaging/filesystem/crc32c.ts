/** A CRC with reflected bits and no inversion of its own: file systems chain them, and not all invert the end. */
export const reflectedTable = (polynomial: number): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc >>> 0;
  });

export const runCrc = (table: Uint32Array, seed: number, data: Uint8Array): number => {
  let crc = seed;
  for (let i = 0; i < data.length; i++) crc = (table[(crc ^ (data[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return crc >>> 0;
};

const CASTAGNOLI = reflectedTable(0x82f63b78);

/**
 * CRC-32C (Castagnoli), RFC 3720 appendix B.4. The seed of a whole is ~0, that of a continuation the last result.
 * The result is not inverted: ext4 stores it so, btrfs and XFS store its inversion.
 */
export const crc32c = (seed: number, data: Uint8Array): number => runCrc(CASTAGNOLI, seed, data);
