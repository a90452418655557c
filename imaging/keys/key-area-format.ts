import { at, bytes, type Infer, magic, struct, u8, u16, u32, u64, uuid } from "#base/struct.ts";

/** The key area of an encrypted image. docs/format/keys.md is the specification; its tables come from here. */
const SPEC = "docs/format/keys.md";

export const KEY_AREA_OFFSET = 4096;
export const COPY_SIZE = 4096;
export const COPIES = 2;
export const KEY_AREA_SIZE = COPIES * COPY_SIZE;
export const SLOT_SIZE = 256;
export const SLOTS = 15;
export const IMAGE_KEY_SIZE = 32;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const keyArea = struct("KeyArea", `${SPEC}, Key area`, COPY_SIZE, {
  magic:      at(0,    magic("LBKEYS\0\0"),      "identifies a copy of the key area"),
  generation: at(8,    u64,                      "1 at capture; one more with each change of the keys"),
  imageId:    at(16,   uuid,                     "as in the file header"),
  slotCount:  at(32,   u32,                      "slots in the table: 15"),
  nextSlotId: at(36,   u32,                      "the id that the next new slot gets"),
  slots:      at(64,   bytes(SLOTS * SLOT_SIZE), "15 slots of 256 bytes"),
  crc32:      at(4092, u32,                      "CRC-32 of these 4096 bytes with this field zero"),
});
export type KeyAreaCopy = Infer<typeof keyArea>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const keySlot = struct("KeySlot", `${SPEC}, Slots`, SLOT_SIZE, {
  kind:       at(0,   u8,        "0 free, 1 password, 2 recovery key"),
  kdf:        at(1,   u8,        "how the secret becomes a key: 1 scrypt"),
  log2N:      at(2,   u8,        "scrypt: binary logarithm of N, 10 to 20"),
  r:          at(4,   u16,       "scrypt: r; 128 * N * r must be at most 268435456"),
  p:          at(6,   u16,       "scrypt: p, 1 to 16"),
  slotId:     at(8,   u32,       "names the slot; never used again after its removal"),
  created:    at(16,  u64,       "milliseconds since 1970-01-01 UTC"),
  salt:       at(24,  bytes(32), "scrypt: salt"),
  nonce:      at(56,  bytes(12), "AES-256-GCM: nonce"),
  wrappedKey: at(72,  bytes(32), "the image key, encrypted"),
  tag:        at(104, bytes(16), "AES-256-GCM: tag"),
});
export type KeySlot = Infer<typeof keySlot>;

export const KIND = { free: 0, password: 1, recovery: 2 } as const;
export const KDF_SCRYPT = 1;
