import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { BITLOCKER_TO_GO } from "#imaging/filesystem/fat/layout.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { detectDrbd, detectZfsMember } from "#imaging/filesystem/pool.ts";
import { detectRaidMember } from "#imaging/filesystem/raid.ts";
import { hexOf, named, unlessForeign } from "#imaging/filesystem/volume.ts";

/** A type that we name but do not read: where its magic lies, and what else can be had cheaply. */
interface Signature {
  readonly type: FilesystemType;
  readonly magics: readonly { readonly at: number; readonly hex: string }[];
  readonly uuid?: (bytes: Bytes) => string;
  readonly label?: (bytes: Bytes) => string;
}

const ascii = (text: string) => hexOf(new TextEncoder().encode(text));

/** Places are those of util-linux, libblkid/src/superblocks. */
const CONTAINERS: readonly Signature[] = [
  {
    type: "crypto_LUKS",
    magics: [{ at: 0, hex: `${ascii("LUKS")}babe` }],
    uuid: (b) => b.text(168, 40),
    label: (b) => (b.u16be(6) === 2 ? b.text(24, 48) : ""),
  },
  {
    type: "LVM2_member",
    magics: [0, 512, 1024, 1536].map((at) => ({ at: at + 24, hex: ascii("LVM2 001") })),
    uuid: lvmUuid,
  },
  {
    type: "bcache",
    magics: [{ at: 4096 + 24, hex: "c68573f64e1a45ca8265f57f48ba6d81" }],
    uuid: (b) => b.uuid(4096 + 40),
  },
  {
    type: "BitLocker",
    magics: [{ at: 3, hex: ascii("-FVE-FS-") }, ...BITLOCKER_TO_GO.map((hex) => ({ at: 424, hex }))],
  },
];

const FILESYSTEMS: readonly Signature[] = [
  { type: "ReFS", magics: [{ at: 0, hex: `000000${ascii("ReFS")}00` }], uuid: (b) => b.serial64(56) },
  { type: "apfs", magics: [{ at: 32, hex: ascii("NXSB") }], uuid: (b) => b.uuid(72) },
  {
    type: "hfsplus",
    magics: [
      { at: 1024, hex: `${ascii("H+")}0004` },
      { at: 1024, hex: `${ascii("HX")}0005` },
    ],
  },
  {
    type: "iso9660",
    magics: [{ at: 32769, hex: ascii("CD001") }],
    uuid: isoDate,
    label: (b) => b.text(32808, 32),
  },
  { type: "squashfs", magics: [{ at: 0, hex: ascii("hsqs") }] },
];

/** All signatures lie in here; the date of ISO 9660 reaches farthest. */
const REACH = 33_614;

/** RAID, LVM, pools, caches and encryption come first: what shows through them looks like a file system and is not one. */
export const detectContainer = async (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  (await detectRaidMember(volume)) ??
  (await detectBySignature(volume, CONTAINERS)) ??
  (await detectZfsMember(volume)) ??
  (await detectDrbd(volume));

export const detectForeign = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  detectBySignature(volume, FILESYSTEMS);

const detectBySignature = (volume: ReadableDevice, table: readonly Signature[]): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const bytes = new Bytes(await readBytes(volume, 0, Math.min(REACH, volume.size)));
    const found = table.find(({ magics }) => magics.some(({ at, hex }) => bytes.hex(at, hex.length / 2) === hex));
    return found && named(volume, found.type, found.uuid?.(bytes), found.label?.(bytes));
  });

/** The start of a volume; what lies behind its end reads as zeros. */
class Bytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(start: Uint8Array) {
    this.#bytes = new Uint8Array(REACH);
    this.#bytes.set(start);
    this.#view = new DataView(this.#bytes.buffer);
  }

  hex = (at: number, length: number) => hexOf(this.#bytes.subarray(at, at + length));
  u16be = (at: number) => this.#view.getUint16(at);
  u32le = (at: number) => this.#view.getUint32(at, true);
  text = (at: number, length: number) => decode("utf-8", this.#bytes.subarray(at, at + length));
  uuid = (at: number) => this.hex(at, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  serial64 = (at: number) => this.#view.getBigUint64(at, true).toString(16).toUpperCase().padStart(16, "0");
}

const decode = (encoding: string, bytes: Uint8Array) =>
  new TextDecoder(encoding).decode(bytes).replace(/\0.*$/s, "").trimEnd();

/** 32 characters of the physical volume's header, in the groups that LVM prints. */
function lvmUuid(b: Bytes): string {
  const label = [0, 512, 1024, 1536].find((at) => b.text(at, 8) === "LABELONE");
  if (label === undefined) return "";
  const at = label + b.u32le(label + 20);
  return b.text(at, 32).replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-$5-$6-");
}

/** blkid's choice: the date of the last change, or of creation where that is all zeros. */
function isoDate(b: Bytes): string {
  const changed = b.text(33598, 16);
  const digits = /[1-9]/.test(changed) ? changed : b.text(33581, 16);
  return digits.replace(/^(.{4})(..)(..)(..)(..)(..)(..)$/, "$1-$2-$3-$4-$5-$6-$7");
}
