/** A CRC with reflected bits and no inversion of its own: ext4 chains them and inverts nothing at the end. */
const reflectedTable = (polynomial: number): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc >>> 0;
  });

const CRC32C = reflectedTable(0x82f63b78);
const CRC16 = reflectedTable(0xa001);

const run = (table: Uint32Array, seed: number, data: Uint8Array): number => {
  let crc = seed;
  for (let i = 0; i < data.length; i++) crc = (table[(crc ^ (data[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return crc >>> 0;
};

/** CRC-32C (Castagnoli), RFC 3720 appendix B.4, as ext4_chksum() in the kernel: seed ~0, no final inversion. */
export const crc32c = (seed: number, data: Uint8Array): number => run(CRC32C, seed, data);
/** CRC-16 (polynomial 0x8005), for group descriptors with gdt_csum alone: seed 0xFFFF. */
export const crc16 = (seed: number, data: Uint8Array): number => run(CRC16, seed, data);
