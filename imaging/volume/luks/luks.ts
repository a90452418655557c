import { type ReadableDevice, readBytes, slice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { damaged, WINDOW } from "#imaging/filesystem/volume.ts";
import type { ContainerDriver, OpenContainer, Unlock } from "#imaging/volume/container.ts";
import { cryptDevice } from "#imaging/volume/crypt-device.ts";
import type { CryptTargetOptions } from "#imaging/volume/crypt-target.ts";
import { type LuksLayout, readLuks } from "#imaging/volume/luks/header.ts";
import { LUKS2_MAX_KEYSLOTS, LUKS2_SIZES } from "#imaging/volume/luks/structs.ts";
import { isKnownEncryption, sectorCipher, sectorEncryption } from "#imaging/volume/sector-cipher.ts";
import { findVolumeKey, withoutLineEnd } from "#imaging/volume/volume-key.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** LUKS1 and LUKS2 with AES. Header, keyslots and whatever lies around the payload are always taken. */
export const luks: ContainerDriver = { types: ["crypto_LUKS"], open };

/** What reads and writes the data of an unlocked volume. */
export interface UnlockedLuks {
  readonly layout: LuksLayout;
  readonly crypt: CryptTargetOptions;
}

/**
 * @returns a reason, in plain words, when its data cannot be read here, or no key was given.
 * @throws UNLOCK_FAILED when none of the keys fits; FILESYSTEM_DAMAGED when no header is sound
 */
export async function unlockLuks(volume: ReadableDevice, { keys }: Unlock): Promise<UnlockedLuks | { reason: string }> {
  const layout = await readLuks(volume);
  if ("reason" in layout) return layout;
  if (!isKnownEncryption(layout.encryption))
    return { reason: insideWords["inside.luks-cipher"]({ cipher: layout.encryption }) };
  if (keys.length === 0) return { reason: insideWords["inside.luks"] };
  const key = await findVolumeKey(
    {
      name: `${volume.path} (LUKS ${layout.uuid})`,
      dump: "luksDump",
      size: volume.size,
      header: () => readHeader(volume, layout.payload.start),
      readings: withoutLineEnd,
    },
    keys,
  );
  try {
    return { layout, crypt: cryptOptions(volume, layout, key) };
  } finally {
    key.fill(0);
  }
}

function cryptOptions(
  volume: ReadableDevice,
  { encryption, sectorSize, ivOffset }: LuksLayout,
  key: Uint8Array,
): CryptTargetOptions {
  const decrypt = sectorCipher(encryption, key, sectorSize);
  const encrypt = sectorEncryption(encryption, key, sectorSize);
  if (!decrypt || !encrypt)
    throw damaged(volume, "crypto_LUKS", 0, `a key of ${key.length} bytes does not fit ${encryption}`);
  return { decrypt, encrypt, sectorSize, ivOffset };
}

async function open(
  volume: ReadableDevice,
  _filesystem: Filesystem,
  unlock: Unlock,
): Promise<OpenContainer | { reason: string }> {
  const opened = await unlockLuks(volume, unlock);
  return "reason" in opened ? opened : describe(volume, opened);
}

function describe(volume: ReadableDevice, { layout: { payload, sectorSize }, crypt }: UnlockedLuks): OpenContainer {
  const data = slice(volume, payload.start, payload.end - payload.start);
  return {
    always: ExtentList.of([
      { start: 0, end: payload.start },
      { start: payload.end, end: volume.size },
    ]),
    inner: [
      {
        name: "unlocked",
        device: cryptDevice(data, crypt),
        // A sector is decrypted from all of its ciphertext, so none is taken in part.
        toOuter: (extents) => {
          const outer = ExtentList.covering();
          for (const { start, end } of extents) {
            const from = start - (start % sectorSize);
            const to = Math.min(Math.ceil(end / sectorSize) * sectorSize, data.size);
            outer.add(payload.start + from, payload.start + to);
          }
          return outer;
        },
      },
    ],
    notes: [],
  };
}

/** Both headers and all key slots lie within it; the payload may start far behind. */
const MAX_HEADER = LUKS2_MAX_KEYSLOTS + 2 * Math.max(...LUKS2_SIZES);

async function* readHeader(volume: ReadableDevice, end: number): AsyncGenerator<{ at: number; bytes: Uint8Array }> {
  for (let at = 0; at < Math.min(end, MAX_HEADER); at += WINDOW) {
    const bytes = await readBytes(volume, at, Math.min(WINDOW, end - at));
    if (bytes.some((byte) => byte !== 0)) yield { at, bytes };
  }
}
