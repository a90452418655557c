import { reflectedTable, runCrc } from "#imaging/filesystem/crc32c.ts";

const CRC16 = reflectedTable(0xa001);

/** CRC-16 (polynomial 0x8005), for group descriptors with gdt_csum alone: seed 0xFFFF. */
export const crc16 = (seed: number, data: Uint8Array): number => runCrc(CRC16, seed, data);
