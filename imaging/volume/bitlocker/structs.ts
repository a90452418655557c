import { at, bits64, bytes, guid, magic, struct, u16, u32, u64 } from "#base/struct.ts";

const SPEC = "libbde, documentation/BitLocker Drive Encryption (BDE) format.asciidoc";

/** Start of the volume. A volume "To Go" shows FAT32 instead, and has what follows at another place. */
export const bootSector = struct("BDE volume header", `${SPEC}, section 3`, 13, {
  jump: at(0, bytes(3), "EB 52 90: Windows Vista; EB 58 90: later"),
  signature: at(3, bytes(8), "-FVE-FS-, or MSWIN4.1 on a volume To Go"),
  bytesPerSector: at(11, u16, "512 or 4096; 0 counts as 512"),
});

/** At 160, or at 424 on a volume To Go. */
export const superblock = struct("BDE identifier and offsets", `${SPEC}, section 3.2`, 40, {
  kind: at(0, guid, "4967d63b: BitLocker; 92a84d3b: encrypt-on-write"),
  metadata0: at(16, u64, "byte offset of the first metadata block"),
  metadata1: at(24, u64, "of the second"),
  metadata2: at(32, u64, "of the third"),
});

export const SUPERBLOCK_AT = 160;
export const SUPERBLOCK_AT_TO_GO = 424;
export const KIND_NORMAL = "4967d63b-2e29-4ad8-8399-f6a339e3d001";
export const KIND_ENCRYPT_ON_WRITE = "92a84d3b-dd80-4d0e-9e4e-b1e3284eaed8";

/** Each of the three blocks has room for 64 KiB. */
export const METADATA_SIZE = 64 << 10;

export const metadataBlock = struct("FVE metadata block", `${SPEC}, sections 5.1 and 5.2`, 112, {
  signature: at(0, magic("-FVE-FS-"), ""),
  size: at(8, u16, "of headers and entries, in units of 16 bytes; the validation follows"),
  version: at(10, u16, "2; 1: Windows Vista"),
  state: at(12, u16, "4: wholly encrypted"),
  nextState: at(14, u16, "4: and to stay so"),
  volumeSize: at(16, u64, "bytes that are encrypted"),
  headerSectors: at(28, u32, "how many sectors of the volume's start were moved"),
  headerOffset: at(56, u64, "where to, in bytes"),
  metadataSize: at(64, u32, "bytes of the second header (48) and the entries"),
  id: at(80, guid, "of the volume"),
  encryption: at(100, u16, "8000 to 8005"),
});
export const STATE_ENCRYPTED = 4;
export const ENTRIES_AT = 112;
export const SECOND_HEADER_AT = 64;

/** Behind the entries. */
export const validation = struct("FVE metadata validation", `${SPEC}, section 5.4`, 8, {
  size: at(0, u16, ""),
  version: at(2, u16, ""),
  checksum: at(4, u32, "CRC-32 of all before it"),
});

export const entryHeader = struct("FVE metadata entry", `${SPEC}, section 5.3`, 8, {
  size: at(0, u16, "bytes, with this header"),
  type: at(2, u16, ""),
  valueType: at(4, u16, ""),
  version: at(6, u16, ""),
});
export const ENTRY = { property: 0x0000, volumeMasterKey: 0x0002, volumeKey: 0x0003, volumeHeader: 0x000f } as const;
export const VALUE = { key: 0x0001, encryptedKey: 0x0005 } as const;

export const movedHeader = struct("FVE offset and size", `${SPEC}, section 5.3.13`, 16, {
  offset: at(0, u64, "bytes"),
  size: at(8, u64, "bytes"),
});

export const masterKey = struct("FVE volume master key", `${SPEC}, section 5.3.9`, 28, {
  id: at(0, guid, "what Windows shows as the identifier of a recovery key"),
  changed: at(16, bits64, ""),
  protection: at(26, u16, ""),
});
export const PROTECTION = {
  clearKey: 0x0000,
  tpm: 0x0100,
  startupKey: 0x0200,
  tpmAndPin: 0x0500,
  recoveryPassword: 0x0800,
  smartCard: 0x1000,
  password: 0x2000,
} as const;

/** AES-CCM; the encrypted key follows. */
export const encryptedKey = struct("FVE AES-CCM encrypted key", `${SPEC}, section 5.3.6`, 28, {
  nonce: at(0, bytes(12), ""),
  tag: at(12, bytes(16), ""),
});
/** In front of a decrypted key: its size, a version, its method. In front of a clear key: its method, 4 bytes. */
export const KEY_HEADER = 12;
export const CLEAR_KEY_HEADER = 4;

/** As cryptsetup (lib/bitlk/bitlk.c) and dm-crypt name them. Sizes in bytes. */
export const ENCRYPTIONS: Readonly<Record<number, { readonly name: string; readonly keySize: number }>> = {
  32768: { name: "aes-cbc-elephant", keySize: 32 },
  32769: { name: "aes-cbc-elephant", keySize: 64 },
  32770: { name: "aes-cbc-eboiv", keySize: 16 },
  32771: { name: "aes-cbc-eboiv", keySize: 32 },
  32772: { name: "aes-xts-plain64", keySize: 32 },
  32773: { name: "aes-xts-plain64", keySize: 64 },
};
