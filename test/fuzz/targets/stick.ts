import { readFileSync, writeFileSync } from "node:fs";
import { clustersOf, entriesOf, readBootVolume, readTop, sideOf } from "#mediabuilder/usb/boot-volume.ts";
import { MIB, made } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** As on a stick, but with fewer clusters than the specification asks for: it keeps a case short. */
function make(path: string, sectorSize: number): void {
  made(
    path,
    16 * MIB,
    "mkfs.fat",
    "-n",
    "LIFEBOAT",
    "-F",
    "32",
    "-S",
    String(sectorSize),
    "-s",
    String(4096 / sectorSize),
  );
  // mtools takes it for FAT16: four folders behind the label, by hand.
  const image = readFileSync(path);
  const root = (image.readUInt16LE(14) + 2 * image.readUInt32LE(36)) * sectorSize;
  for (const [i, name] of ["EFI        ", "BOOT       ", "LIVE       ", "DISK~1     "].entries()) {
    const at = root + (i + 1) * 32;
    image.write(name, at, "latin1");
    image.writeUInt8(0x10, at + 11);
    image.writeUInt16LE(1024 + i, at + 26);
  }
  writeFileSync(path, image);
}

/** The boot partition of a stick: whatever it says of itself, an update must stay within it. */
export const target: FuzzTarget = {
  name: "stick",
  seeds: [
    { name: "512", make: (path) => make(path, 512) },
    { name: "4096", sectorSize: 4096, make: (path) => make(path, 4096) },
  ],
  allowed: ["READ_SHORT"],
  async parse(device) {
    const volume = await readBootVolume(device);
    if (!volume) return "no boot partition of ours";
    const { layout, root, info } = volume;
    const [a, b] = [clustersOf(volume, 0), clustersOf(volume, 1)];
    promise(root.end <= a.start && a.end <= b.start && b.end <= device.size, () => "the sides are not apart");
    const entries = ([0, 1] as const).flatMap((side) => entriesOf(volume, side));
    const inOrder = entries.toSorted((x, y) => x.start - y.start);
    promise(
      inOrder.every(({ start, end }, i) => start < end && end <= (inOrder[i + 1]?.start ?? layout.dataOffset)),
      () => "entries of both sides meet",
    );
    promise(info.end <= (inOrder[0]?.start ?? 0), () => "FSInfo lies in the FAT");
    const { entries: top } = await readTop(device, volume);
    const side = sideOf(volume, top);
    promise(
      side === undefined || top.every(({ cluster }) => cluster >= volume.sides[side].first),
      () => "a wrong side",
    );
    return "accepted";
  },
};
