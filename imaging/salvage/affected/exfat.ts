import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type ExfatLayout, readLayout } from "#imaging/filesystem/exfat/layout.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import { type ClusterNode, type ClusterTree, walkClusters } from "#imaging/salvage/affected/cluster-tree.ts";
import type { Findings } from "#imaging/salvage/affected/findings.ts";

const ENTRY = 32;
/** exFAT specification, section 6.2: bytes of a directory. */
const MOST_FOLDER = 256 << 20;
/** exFAT specification, sections 7.1, 7.2, 7.4, 7.6, 7.7. */
const TYPE = { bitmap: 0x81, upcase: 0x82, file: 0x85, stream: 0xc0, name: 0xc1 } as const;
const FOLDER = 0x10;
const NO_FAT_CHAIN = 2;

export async function affectedInExfat(volume: ReadableDevice, findings: Findings): Promise<void> {
  const layout = await unlessForeign(() => readLayout(volume));
  if (!layout) return findings.note("its boot sectors could not be read: which files are affected cannot be told");
  findings.structure("its boot sectors", { start: 0, end: layout.fatOffset });
  if (findings.structure("its file allocation table", { start: layout.fatOffset, end: layout.heapOffset }) > 0)
    findings.note("there may be more files affected; run fsck.exfat or chkdsk");
  const tree: ClusterTree = {
    bits: 32,
    clusters: layout.clusters,
    clusterSize: layout.clusterSize,
    heapOffset: layout.heapOffset,
    ...{ fats: [layout.fatOffset], mostFolder: MOST_FOLDER },
    root: node("", true, layout.rootCluster, undefined, false),
    list: (bytes) => listFolder(bytes, layout),
    entry: (piece, index) => piece.getUint32(index * 4, true),
  };
  await walkClusters(volume, tree, findings);
}

const node = (
  name: string,
  isFolder: boolean,
  firstCluster: number,
  size: number | undefined,
  isContiguous: boolean,
): ClusterNode => ({ name, isFolder, firstCluster, size, isContiguous });

function listFolder(bytes: Uint8Array, layout: ExfatLayout): ClusterNode[] {
  const nodes: ClusterNode[] = [];
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const type = bytes[at];
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, ENTRY);
    if (type === TYPE.bitmap)
      nodes.push(node("$AllocationBitmap", false, view.getUint32(20, true), length(view, layout), false));
    if (type === TYPE.upcase)
      nodes.push(node("$UpCaseTable", false, view.getUint32(20, true), length(view, layout), false));
    if (type !== TYPE.file) continue;
    const set = bytes.subarray(at, at + ENTRY * (1 + view.getUint8(1)));
    const file = parseSet(set, (view.getUint16(4, true) & FOLDER) !== 0, layout);
    if (file) nodes.push(file);
  }
  return nodes;
}

/** Made once: it costs more than to parse a set. */
const UTF16 = new TextDecoder("utf-16le");

/** A set: file, stream extension, names. */
function parseSet(set: Uint8Array, isFolder: boolean, layout: ExfatLayout): ClusterNode | undefined {
  if (set[ENTRY] !== TYPE.stream || set.length < 2 * ENTRY) return undefined;
  const stream = new DataView(set.buffer, set.byteOffset + ENTRY, ENTRY);
  let name = "";
  for (let at = 2 * ENTRY; at + ENTRY <= set.length; at += ENTRY)
    if (set[at] === TYPE.name) name += UTF16.decode(set.subarray(at + 2, at + ENTRY));
  const isContiguous = (stream.getUint8(1) & NO_FAT_CHAIN) !== 0;
  return node(
    name.slice(0, stream.getUint8(3)),
    isFolder,
    stream.getUint32(20, true),
    length(stream, layout),
    isContiguous,
  );
}

/** A size beyond the volume is a damaged one. */
const length = (view: DataView, { clusters, clusterSize }: ExfatLayout): number =>
  Math.min(Number(view.getBigUint64(24, true)), clusters * clusterSize);
