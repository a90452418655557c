import { detectContainer, detectForeign } from "#imaging/filesystem/signatures.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import { crafted, hex, KIB, MIB, made, text, withFiles } from "#test/fuzz/make-seed.ts";
import { checkFilesystem } from "#test/fuzz/promises.ts";
import type { FuzzTarget, Seed } from "#test/fuzz/target.ts";

const SIZE = 512 * KIB;

const crafts: Readonly<Record<string, () => Uint8Array>> = {
  raid10: () => crafted(SIZE, [SIZE - 8 * KIB, raid1((SIZE - 8 * KIB) / 512)]),
  raid11: () => crafted(SIZE, [0, raid1(0)]),
  raid12: () => crafted(SIZE, [4 * KIB, raid1(8)]),
  raid090: () => crafted(SIZE, [SIZE - 64 * KIB, hex("fc4e2ba9000000005a00000000000000")]),
  zfs: () => crafted(SIZE, [(128 + 5) * KIB, hex("0cb1ba0000000000")]),
  drbd: () => crafted(SIZE, [SIZE - 4 * KIB + 60, hex("8374026d")]),
  bcache: () => crafted(SIZE, [4 * KIB + 24, hex("c68573f64e1a45ca8265f57f48ba6d81")]),
  bitlocker: () => crafted(SIZE, [3, text("-FVE-FS-")]),
  hfsplus: () => crafted(SIZE, [1024, hex("482b0004")]),
  apfs: () => crafted(SIZE, [32, text("NXSB")]),
  lvm: () => crafted(SIZE, [512, text("LABELONE")], [512 + 20, Uint8Array.of(32)], [512 + 24, text("LVM2 001")]),
  refs: () => crafted(SIZE, [3, text("ReFS")]),
};

function raid1(superOffset: number): Uint8Array {
  const superblock = crafted(256, [0, hex("fc4e2ba901000000")], [16, hex("00112233445566778899aabbccddeeff")]);
  superblock.set(text("host:array"), 32);
  new DataView(superblock.buffer).setUint32(144, superOffset, true);
  return superblock;
}

const LUKS1 = [
  "luksFormat",
  "-q",
  "--type",
  "luks1",
  "--pbkdf-force-iterations",
  "1000",
  "--key-file",
  "/etc/hostname",
];

const tools: readonly Seed[] = [
  { name: "luks1", make: (path) => made(path, 20 * MIB, "cryptsetup", ...LUKS1) },
  { name: "squashfs", make: (path) => withFiles((files) => run("mksquashfs", files, path, "-noappend", "-quiet")) },
  { name: "iso", make: (path) => withFiles((files) => run("xorriso", "-outdev", path, "-map", files, "/")) },
];

/** What is told by magic numbers alone: containers first, then what we do not read. */
export const target: FuzzTarget = {
  name: "signatures",
  seeds: [...Object.entries(crafts).map(([name, content]) => ({ name, content })), ...tools],
  allowed: [],
  async parse(volume) {
    const found = (await detectContainer(volume)) ?? (await detectForeign(volume));
    if (!found) return "not recognised";
    checkFilesystem(found);
    return "accepted";
  },
};
