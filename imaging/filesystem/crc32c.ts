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

/** Entry k * 256 + b: what the byte b does to the CRC when k more zero bytes follow it. */
const SLICES = new Uint32Array(8 * 256);
for (let i = 0; i < SLICES.length; i++) {
  const before = SLICES[i - 256] ?? 0;
  SLICES[i] = i < 256 ? (CASTAGNOLI[i] as number) : (CASTAGNOLI[before & 0xff] as number) ^ (before >>> 8);
}

/**
 * CRC-32C (Castagnoli), RFC 3720 appendix B.4. The seed of a whole is ~0, that of a continuation the last result.
 * The result is not inverted: ext4 stores it so, btrfs and XFS store its inversion. Eight bytes at a time (Kounavis
 * and Berry, "A Systematic Approach to Building High Performance Software-based CRC Generators"): metadata of large
 * volumes has gigabytes.
 */
export function crc32c(seed: number, data: Uint8Array): number {
  const whole = data.length & ~7;
  let crc = seed;
  for (let i = 0; i < whole; i += 8) {
    crc ^=
      (data[i] as number) |
      ((data[i + 1] as number) << 8) |
      ((data[i + 2] as number) << 16) |
      ((data[i + 3] as number) << 24);
    crc =
      (SLICES[1792 + (crc & 0xff)] as number) ^
      (SLICES[1536 + ((crc >>> 8) & 0xff)] as number) ^
      (SLICES[1280 + ((crc >>> 16) & 0xff)] as number) ^
      (SLICES[1024 + (crc >>> 24)] as number) ^
      (SLICES[768 + (data[i + 4] as number)] as number) ^
      (SLICES[512 + (data[i + 5] as number)] as number) ^
      (SLICES[256 + (data[i + 6] as number)] as number) ^
      (SLICES[data[i + 7] as number] as number);
  }
  return runCrc(CASTAGNOLI, crc, data.subarray(whole));
}
