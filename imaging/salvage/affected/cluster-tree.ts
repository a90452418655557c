import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import type { Findings } from "#imaging/salvage/affected/findings.ts";

/** What FAT and exFAT have in common: clusters in chains, and folders that name their first ones. */
export interface ClusterTree {
  readonly bits: 12 | 16 | 32;
  readonly clusters: number;
  readonly clusterSize: number;
  /** Byte of cluster 2. */
  readonly heapOffset: number;
  /** Where each copy of the FAT begins, the one in use first. */
  readonly fats: readonly number[];
  readonly root: ClusterNode;
  /** The root directory of FAT12 and FAT16 is no chain. */
  readonly rootExtent?: Extent;
  /** Bytes that a folder has at the most. */
  readonly mostFolder: number;
  list(folder: Uint8Array): ClusterNode[];
  /** Entry `index` of a piece of the FAT that begins with an even one: the next cluster, or anything that is none. */
  entry(piece: DataView, index: number): number;
}

export interface ClusterNode {
  readonly name: string;
  readonly isFolder: boolean;
  readonly firstCluster: number;
  /** Bytes; undefined: as long as its chain. */
  readonly size: number | undefined;
  /** exFAT: its clusters follow each other, and the FAT says nothing of them. */
  readonly isContiguous: boolean;
}

/** Of all folders: 30 million files. */
const MAX_FOLDERS = 1 << 30;
/** A multiple of 12, so that no entry lies across two pieces. */
const PIECE = 3 << 16;
const MAX_PIECES = 32;

/** Walks all folders and chains, and names what lies on bad ranges. `volume` reads as zeros there. */
export async function walkClusters(volume: ReadableDevice, tree: ClusterTree, findings: Findings): Promise<void> {
  const fat = new Fat(volume, tree, findings);
  const queue: { node: ClusterNode; path: string }[] = [{ node: tree.root, path: "/" }];
  const seen = new Set<number>();
  const countFolders = findings.meter(Math.min(MAX_FOLDERS / 2, volume.size));
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, path } = next;
    const extents = node === tree.root && tree.rootExtent ? [tree.rootExtent] : await fat.extents(node);
    const bytes = extents.reduce((sum, extent) => sum + findings.claim(extent), 0);
    if (bytes > 0) findings.add(path, bytes);
    // A damaged folder may lead back to one above it.
    if (!node.isFolder || seen.has(node.firstCluster)) continue;
    seen.add(node.firstCluster);
    if (bytes > 0) findings.note(`a part of the folder ${path} could not be read: files in it may be lost`);
    const folder = await readAll(volume, extents, tree.mostFolder);
    countFolders(folder.length);
    for (const child of tree.list(folder))
      queue.push({ node: child, path: `${path}${child.name}${child.isFolder ? "/" : ""}` });
  }
}

/** Of a damaged chain that leads back into itself, no more than a folder can have. */
async function readAll(volume: ReadableDevice, extents: readonly Extent[], most: number): Promise<Uint8Array> {
  const size = Math.min(
    most,
    extents.reduce((sum, { start, end }) => sum + end - start, 0),
  );
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { start, end } of extents) {
    const part = bytes.subarray(at, at + end - start);
    if (part.length === 0) break;
    await volume.read(part, start);
    at += part.length;
  }
  return bytes;
}

class Fat {
  readonly #volume: ReadableDevice;
  readonly #tree: ClusterTree;
  readonly #findings: Findings;
  readonly #count: (clusters: number) => void;
  readonly #pieces = new Map<number, DataView>();

  constructor(volume: ReadableDevice, tree: ClusterTree, findings: Findings) {
    this.#volume = volume;
    this.#tree = tree;
    this.#findings = findings;
    this.#count = findings.meter(tree.clusters);
  }

  /** Where a node's bytes lie, in order, without what is behind its size. */
  async extents(node: ClusterNode): Promise<Extent[]> {
    const { clusterSize, heapOffset, clusters } = this.#tree;
    const extents: Extent[] = [];
    let left = node.size ?? clusters * clusterSize;
    let cluster = node.firstCluster;
    if (node.isContiguous && cluster >= 2 && cluster < clusters + 2) {
      const start = heapOffset + (cluster - 2) * clusterSize;
      const end = Math.min(start + left, heapOffset + clusters * clusterSize);
      this.#count(Math.ceil((end - start) / clusterSize));
      return left > 0 ? [{ start, end }] : [];
    }
    while (left > 0 && cluster >= 2 && cluster < clusters + 2) {
      const start = heapOffset + (cluster - 2) * clusterSize;
      const end = start + Math.min(left, clusterSize);
      const last = extents.at(-1);
      if (last?.end === start) extents[extents.length - 1] = { start: last.start, end };
      else extents.push({ start, end });
      left -= clusterSize;
      this.#count(1);
      if (left > 0) cluster = this.#held(cluster) ?? (await this.#load(cluster));
    }
    return extents;
  }

  #perPiece = () => (PIECE * 8) / this.#tree.bits;

  #held(cluster: number): number | undefined {
    const piece = Math.floor(cluster / this.#perPiece());
    const view = this.#pieces.get(piece);
    return view && this.#tree.entry(view, cluster - piece * this.#perPiece());
  }

  async #load(cluster: number): Promise<number> {
    const { bits, clusters } = this.#tree;
    const piece = Math.floor(cluster / this.#perPiece());
    const first = piece * this.#perPiece();
    const length = Math.ceil((Math.min(this.#perPiece(), clusters + 2 - first) * bits) / 8);
    const bytes = await this.#read((first * bits) / 8, length);
    if (this.#pieces.size >= MAX_PIECES) this.#pieces.clear();
    const view = new DataView(bytes.buffer);
    this.#pieces.set(piece, view);
    return this.#tree.entry(view, cluster - first);
  }

  /** Bad parts of the FAT come from its copy, when there is one. */
  async #read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    const [first = 0, ...copies] = this.#tree.fats;
    for (const { start, end, isBad } of this.#findings.bad.parts(first + at, first + at + length)) {
      const whole = (copy: number) => this.#findings.bad.overlap(start - first + copy, end - first + copy) === 0;
      const from = isBad ? (copies.find(whole) ?? first) : first;
      await this.#volume.read(bytes.subarray(start - first - at, end - first - at), start - first + from);
    }
    return bytes;
  }
}
