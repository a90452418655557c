import { createCipheriv, createDecipheriv, createHash, createSecretKey } from "node:crypto";
import { elephantDiffuser } from "#imaging/volume/elephant.ts";

/** Decrypts one encryption sector in place. `number` is what dm-crypt calls the IV's sector. */
export type DecryptSector = (sector: Uint8Array, number: number) => void;
/** The other way round. */
export type EncryptSector = DecryptSector;

interface Encryption {
  readonly mode: "xts" | "cbc";
  readonly iv: "plain" | "plain64" | "essiv:sha256" | "eboiv" | "elephant";
  /** Bytes of the volume key. */
  readonly keySizes: readonly number[];
}

const XTS = [32, 64];
const CBC = [16, 24, 32];

/** Names as cryptsetup writes them (cryptsetup(8), "NOTES ON SUPPORTED CIPHERS"; Linux, dm-crypt.rst). */
const ENCRYPTIONS: Readonly<Record<string, Encryption>> = {
  "aes-xts-plain": { mode: "xts", iv: "plain", keySizes: XTS },
  "aes-xts-plain64": { mode: "xts", iv: "plain64", keySizes: XTS },
  "aes-cbc-plain": { mode: "cbc", iv: "plain", keySizes: CBC },
  "aes-cbc-plain64": { mode: "cbc", iv: "plain64", keySizes: CBC },
  "aes-cbc-essiv:sha256": { mode: "cbc", iv: "essiv:sha256", keySizes: CBC },
  "aes-cbc-eboiv": { mode: "cbc", iv: "eboiv", keySizes: CBC },
  "aes-cbc-elephant": { mode: "cbc", iv: "elephant", keySizes: XTS },
};

export const isKnownEncryption = (name: string): boolean => Object.hasOwn(ENCRYPTIONS, name);

/** What the key goes into: the caller may overwrite `key` afterwards. @returns undefined when the two do not fit. */
export function sectorCipher(name: string, key: Uint8Array, sectorSize: number): DecryptSector | undefined {
  const encryption = isKnownEncryption(name) ? ENCRYPTIONS[name] : undefined;
  if (!encryption?.keySizes.includes(key.length)) return undefined;
  if (encryption.iv === "elephant") return elephantCipher(key, sectorSize);
  return blockCipher(createDecipheriv, algorithmOf(encryption, key), key, makeIv(encryption.iv, key, sectorSize));
}

/** As sectorCipher(), for writing. @returns undefined also for BitLocker's diffuser, which is only read here */
export function sectorEncryption(name: string, key: Uint8Array, sectorSize: number): EncryptSector | undefined {
  const encryption = isKnownEncryption(name) ? ENCRYPTIONS[name] : undefined;
  if (!encryption?.keySizes.includes(key.length) || encryption.iv === "elephant") return undefined;
  return blockCipher(createCipheriv, algorithmOf(encryption, key), key, makeIv(encryption.iv, key, sectorSize));
}

const algorithmOf = ({ mode }: Encryption, key: Uint8Array): string =>
  `aes-${(key.length * 8) / (mode === "xts" ? 2 : 1)}-${mode}`;

type MakeIv = (number: number) => Uint8Array;

function blockCipher(
  create: typeof createCipheriv | typeof createDecipheriv,
  algorithm: string,
  key: Uint8Array,
  ivOf: MakeIv,
): DecryptSector {
  const secret = createSecretKey(key);
  return (sector, number) => {
    const cipher = create(algorithm, secret, ivOf(number)).setAutoPadding(false);
    sector.set(cipher.update(sector));
  };
}

/** Linux, drivers/md/dm-crypt.c, crypt_iv_*_gen. The numbers stay far below 2^53. */
function makeIv(kind: Encryption["iv"], key: Uint8Array, sectorSize: number): MakeIv {
  if (kind === "plain") return (number) => littleEndian(number % 2 ** 32);
  if (kind === "plain64") return littleEndian;
  if (kind === "essiv:sha256") {
    const salt = createHash("sha256").update(key).digest();
    const encrypt = encryptBlock(salt);
    salt.fill(0);
    return (number) => encrypt(littleEndian(number));
  }
  const encrypt = encryptBlock(key);
  return (number) => encrypt(littleEndian(number * sectorSize));
}

function littleEndian(value: number): Uint8Array {
  const block = new Uint8Array(16);
  new DataView(block.buffer).setBigUint64(0, BigInt(value), true);
  return block;
}

/** AES of single blocks. One ECB stream serves them all, since no block depends on the one before. */
function encryptBlock(key: Uint8Array): (block: Uint8Array) => Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, createSecretKey(key), null).setAutoPadding(false);
  return (block) => cipher.update(block);
}

/** BitLocker's own mode up to Windows 7: CBC, then a diffuser over the whole sector, then a key of the sector's. */
function elephantCipher(key: Uint8Array, sectorSize: number): DecryptSector {
  const cbcKey = key.subarray(0, key.length / 2);
  const decrypt = blockCipher(
    createDecipheriv,
    `aes-${cbcKey.length * 8}-cbc`,
    cbcKey,
    makeIv("eboiv", cbcKey, sectorSize),
  );
  const encrypt = encryptBlock(key.subarray(key.length / 2));
  return (sector, number) => {
    decrypt(sector, number);
    const place = littleEndian(number * sectorSize);
    const sectorKey = new Uint8Array(32);
    sectorKey.set(encrypt(place));
    place[15] = 0x80;
    sectorKey.set(encrypt(place), 16);
    elephantDiffuser(sector, sectorKey);
  };
}
