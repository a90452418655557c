import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { clusterOffset, type FatLayout, fatEntry, readLayout } from "#imaging/filesystem/fat/layout.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import { type FatName, namesIn } from "#imaging/resize/fat/fat-names.ts";

/** A file or folder as its directory has it. */
export interface FatEntry extends FatName {
  /** With the names of its folders: "/EFI/BOOT/BOOTX64.EFI". */
  readonly path: string;
  /** 0 for a folder. */
  readonly size: number;
  /** Slots of 32 bytes in a folder, up to its end; 0 for a file. */
  readonly slots: number;
}

/** Damage may make a ring. */
const MOST_FOLDERS = 1 << 20;

/** All files and folders of a FAT volume, the root first, with an empty path. @throws FILESYSTEM_DAMAGED, READ_FAILED */
export async function* fatTree(volume: ReadableDevice): AsyncGenerator<FatEntry, void, undefined> {
  const layout = await readLayout(volume);
  if (!layout) throw damaged(volume, "vfat", 0, "no boot sector");
  const root = await readRoot(volume, layout);
  const found = namesIn(root);
  yield { ...ROOT, slots: found.slots };
  const waiting = found.names.map((name) => ({ name, above: "" }));
  for (let folders = 0; waiting.length > 0; ) {
    const { name, above } = waiting.pop() as (typeof waiting)[number];
    const path = `${above}/${name.name}`;
    if (!name.isFolder) {
      yield { ...name, path, slots: 0 };
      continue;
    }
    if (++folders > MOST_FOLDERS) throw damaged(volume, "vfat", 0, "its folders have no end");
    const inside = namesIn(await readChain(volume, layout, name.cluster));
    yield { ...name, path, slots: inside.slots };
    for (const entry of inside.names) waiting.push({ name: entry, above: path });
  }
}

const ROOT: Omit<FatEntry, "slots"> = {
  ...{ path: "", name: "", isLong: false, isFolder: true, attributes: 0x10, modified: 0, cluster: 0, size: 0 },
};

/** On FAT12 and FAT16 it has a fixed place. */
const readRoot = (volume: ReadableDevice, layout: FatLayout): Promise<Uint8Array> =>
  layout.bits === 32
    ? readChain(volume, layout, layout.rootCluster)
    : readBytes(volume, layout.rootOffset, layout.rootLength);

/** The clusters of a folder, which has 65,536 slots of 32 bytes at the most (Microsoft FAT specification 1.03, section 6). */
async function readChain(volume: ReadableDevice, layout: FatLayout, first: number): Promise<Uint8Array> {
  const most = Math.ceil((65_536 * 32) / layout.clusterSize);
  const parts: Uint8Array[] = [];
  for (let cluster = first; isCluster(layout, cluster); cluster = await next(volume, layout, cluster)) {
    if (parts.length >= most) throw damaged(volume, "vfat", clusterOffset(layout, first), "a folder has no end");
    parts.push(await readBytes(volume, clusterOffset(layout, cluster), layout.clusterSize));
  }
  return Buffer.concat(parts);
}

const isCluster = ({ clusters }: FatLayout, number: number): boolean => number >= 2 && number < clusters + 2;

async function next(volume: ReadableDevice, layout: FatLayout, cluster: number): Promise<number> {
  // Two entries, the first of an even number: of 12 bits, they share a byte.
  const even = cluster & ~1;
  const bytes = await readBytes(volume, layout.fatOffset + (even * layout.bits) / 8, layout.bits / 4);
  return fatEntry(new DataView(bytes.buffer), layout.bits, cluster - even);
}
