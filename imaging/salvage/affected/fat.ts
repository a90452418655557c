import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type FatLayout, fatEntry, readLayout } from "#imaging/filesystem/fat/layout.ts";
import { type ClusterNode, type ClusterTree, walkClusters } from "#imaging/salvage/affected/cluster-tree.ts";
import type { Findings } from "#imaging/salvage/affected/findings.ts";

const ENTRY = 32;
/** Microsoft FAT specification 1.03, section 6: 65,536 entries. */
const MOST_FOLDER = 65_536 * ENTRY;
const FOLDER = 0x10;
const LABEL = 0x08;
const LONG_NAME = 0x0f;

export async function affectedInFat(volume: ReadableDevice, findings: Findings): Promise<void> {
  const layout = await readLayout(volume);
  if (!layout) return findings.note("its boot sector could not be read: which files are affected cannot be told");
  const { fatLength, rootOffset, rootLength } = layout;
  // fatOffset is that of the copy in use; the others lie around it, up to the root directory.
  const fats = [layout.fatOffset];
  for (let at = layout.fatOffset + fatLength; at + fatLength <= rootOffset; at += fatLength) fats.push(at);
  findings.structure("its boot sectors", { start: 0, end: layout.fatOffset });
  const hit = fats.map((start) => findings.structure("its file allocation tables", { start, end: start + fatLength }));
  if (hit.length > 0 && hit.every((bytes) => bytes > 0))
    findings.note(
      "no copy of its file allocation table is whole: there may be more files affected; run fsck.fat or chkdsk",
    );
  const isChain = layout.bits === 32;
  const tree: ClusterTree = {
    bits: layout.bits,
    clusters: layout.clusters,
    clusterSize: layout.clusterSize,
    heapOffset: layout.dataOffset,
    ...{ fats, mostFolder: MOST_FOLDER },
    root: folderAt(layout.rootCluster),
    ...(isChain ? {} : { rootExtent: { start: rootOffset, end: rootOffset + rootLength } }),
    list: (bytes) => listFolder(bytes, layout),
    entry: (piece, index) => fatEntry(piece, layout.bits, index),
  };
  await walkClusters(volume, tree, findings);
}

const folderAt = (firstCluster: number): ClusterNode => ({
  ...{ name: "", isFolder: true, firstCluster },
  ...{ size: undefined, isContiguous: false },
});

/** Microsoft FAT specification 1.03, sections 6 and 7. */
function listFolder(bytes: Uint8Array, { bits }: FatLayout): ClusterNode[] {
  const nodes: ClusterNode[] = [];
  const long: string[] = [];
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const entry = bytes.subarray(at, at + ENTRY);
    // 00 ends a folder; a hole left by a bad sector has more of it behind.
    const first = entry[0] as number;
    const attributes = entry[11] as number;
    if (first !== 0 && first !== 0xe5 && (attributes & 0x3f) === LONG_NAME) {
      if (first & 0x40) long.length = 0;
      long.unshift(longPart(entry));
      continue;
    }
    const longName = long
      .splice(0)
      .join("")
      .replace(/[\0\uffff].*$/s, "");
    if (first === 0 || first === 0xe5 || first === 0x2e || attributes & LABEL) continue;
    const name = longName || shortName(entry);
    const view = new DataView(entry.buffer, entry.byteOffset, ENTRY);
    const high = bits === 32 ? view.getUint16(20, true) : 0;
    const firstCluster = high * 2 ** 16 + view.getUint16(26, true);
    const isFolder = (attributes & FOLDER) !== 0;
    const size = isFolder ? undefined : view.getUint32(28, true);
    nodes.push({ name, isFolder, firstCluster, size, isContiguous: false });
  }
  return nodes;
}

/** Made once: it costs more than to parse an entry. */
const UTF16 = new TextDecoder("utf-16le");

function longPart(entry: Uint8Array): string {
  const units = [entry.subarray(1, 11), entry.subarray(14, 26), entry.subarray(28, 32)];
  return units.map((part) => UTF16.decode(part)).join("");
}

/** Byte 12 says which halves of a short name Windows shows in lower case. */
function shortName(entry: Uint8Array): string {
  const text = (from: number, to: number, lower: boolean) => {
    const part = String.fromCharCode(...entry.subarray(from, to)).trimEnd();
    return lower ? part.toLowerCase() : part;
  };
  const flags = entry[12] as number;
  const base = text(0, 8, (flags & 0x08) !== 0);
  const extension = text(8, 11, (flags & 0x10) !== 0);
  return extension ? `${base}.${extension}` : base;
}
