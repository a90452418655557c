import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import { findByClearKey } from "#imaging/volume/bitlocker/clear-key.ts";
import { type BitLockerLayout, readBitLocker } from "#imaging/volume/bitlocker/metadata.ts";
import { PlainLayout } from "#imaging/volume/bitlocker/plain-device.ts";
import { bitLockerReadings } from "#imaging/volume/bitlocker/readings.ts";
import { PROTECTION } from "#imaging/volume/bitlocker/structs.ts";
import type { ContainerDriver, OpenContainer, Unlock } from "#imaging/volume/container.ts";
import { cryptDevice } from "#imaging/volume/crypt-device.ts";
import { sectorCipher } from "#imaging/volume/sector-cipher.ts";
import { findVolumeKey } from "#imaging/volume/volume-key.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** BitLocker since Windows 7, and BitLocker To Go. All metadata and the moved header are always taken. */
export const bitLocker: ContainerDriver = { types: ["BitLocker"], open };

async function open(
  volume: ReadableDevice,
  _filesystem: Filesystem,
  { keys }: Unlock,
): Promise<OpenContainer | { reason: string }> {
  const layout = await readBitLocker(volume);
  if ("reason" in layout) return layout;
  // Whoever has the disk has this key, so it needs none of the user's, and a wrong one does no harm.
  const key = findByClearKey(layout) ?? (keys.length > 0 ? await unlock(volume, layout, keys) : undefined);
  if (!key)
    return {
      reason: insideWords["inside.bitlocker"]({ hint: hintOf(layout) }),
    };
  try {
    return openWith(volume, layout, key);
  } finally {
    key.fill(0);
  }
}

const unlock = (volume: ReadableDevice, layout: BitLockerLayout, keys: readonly Uint8Array[]): Promise<Uint8Array> =>
  findVolumeKey(
    {
      name: `${volume.path} (BitLocker ${layout.id})`,
      dump: "bitlkDump",
      size: volume.size,
      header: () => readHeader(volume, layout),
      readings: bitLockerReadings,
      hint: hintOf(layout),
    },
    keys,
  );

/** cryptsetup reads the first metadata block alone: it is given a sound one in its place. */
async function* readHeader(volume: ReadableDevice, { metadata, block }: BitLockerLayout) {
  yield { at: 0, bytes: await readBytes(volume, 0, 4096) };
  for (const { start } of metadata) yield { at: start, bytes: block };
}

/** Windows and a company's directory list recovery keys by the identifier that is shown here. */
function hintOf({ protectors }: BitLockerLayout): string {
  const of = (kind: number) =>
    protectors.filter(({ protection }) => protection === kind).map(({ id }) => id.toUpperCase());
  const ways = [
    ...of(PROTECTION.password).map(() => "its password"),
    ...of(PROTECTION.recoveryPassword).map((id) => `the recovery key with the identifier ${id}`),
    ...of(PROTECTION.startupKey).map((id) => `the startup key file ${id}.BEK`),
  ];
  return ways.length > 0 ? `it opens with ${ways.join(" or ")}` : insideWords["hint.none"];
}

function openWith(volume: ReadableDevice, layout: BitLockerLayout, key: Uint8Array): OpenContainer {
  const { encryption, sectorSize, size, metadata, movedHeader } = layout;
  const decrypt = sectorCipher(encryption, key, sectorSize);
  if (!decrypt) throw damaged(volume, "BitLocker", 0, `a key of ${key.length} bytes does not fit ${encryption}`);
  const plain = new PlainLayout(layout);
  const start = { start: 0, end: movedHeader.end - movedHeader.start };
  const end = { start: size, end: volume.size };
  return {
    always: ExtentList.union([[start, movedHeader, end], metadata]),
    inner: [
      {
        name: "unlocked",
        // Sectors are numbered by their place on the outer volume, the moved ones too.
        device: plain.device(cryptDevice(volume, { decrypt, sectorSize, ivLargeSectors: true })),
        toOuter: (extents) => plain.toOuter(extents, sectorSize),
      },
    ],
    notes: [],
  };
}
