import type { Extent } from "#imaging/extent.ts";
import { check, complement, partcloneExtents, run } from "#test/engine/filesystem/volume-image.ts";

/** partclone ends with "bitmap error at 0 group" on bigalloc, so for that the oracle is what dumpe2fs calls free. */
export function extOracle(image: string, size: number): Extent[] {
  const dump = run("dumpe2fs", image);
  if (!/^Filesystem features:.* bigalloc\b/m.test(dump)) return partcloneExtents("extfs", image);
  const block = Number(/^Block size:\s+(\d+)$/m.exec(dump)?.[1]);
  const cluster = Number(/^Cluster size:\s+(\d+)$/m.exec(dump)?.[1]);
  const free = [...dump.matchAll(/^ {2}Free blocks: (.+)$/gm)].flatMap(([, list = ""]) => list.split(", "));
  const extents = free.map((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    // With bigalloc, dumpe2fs ends a range with the first block of its last cluster.
    return { start: first * block, end: Math.min(last * block + cluster, size) };
  });
  return complement(extents, size);
}

const NO_FILE = 'File "::/" not found';

/**
 * partclone 0.3.23 reads FAT12 as if its entries had 16 bits, and calls used blocks free (fat.test.ts shows it). For
 * FAT12 the oracle is mtools: the clusters that mshowfat lists for each file and folder, and the boot sector's numbers.
 */
export function fatOracle(image: string, size: number): Extent[] {
  const info = run("minfo", "-i", image, "::");
  if (!/disk type="FAT12/.test(info)) return partcloneExtents("fat", image);
  const number = (what: string) => Number(info.split(`\n${what}: `)[1]?.match(/^\d+/)?.[0]);
  const cluster = number("cluster size") * 512;
  const tables = (number("reserved (boot) sectors") + number("fats") * number("sectors per fat")) * 512;
  const data = tables + number("max available root directory slots") * 32;
  // mattrib fails on a volume without a file, and lists its folders all the same.
  const list = check("mattrib", "-/", "-i", image, "::/");
  const isEmpty = list.status !== 0 && list.output.includes(NO_FILE);
  if (list.status !== 0 && !isEmpty) throw new Error(list.output);
  const names = [...list.output.replace(NO_FILE, "").matchAll(/::\/(.+?)\/?$/gm)];
  const paths = names.map(([, path]) => `::/${path}`);
  const shown = paths.length === 0 ? "" : run("mshowfat", "-i", image, ...paths);
  const ranges = shown.matchAll(/[<, ](\d+)(?:-(\d+))?(?=[,>])/g);
  const used = [...ranges].map(([, first, last = first]) => ({
    start: data + (Number(first) - 2) * cluster,
    end: data + (Number(last) - 1) * cluster,
  }));
  const lastCluster = size - ((size - data) % cluster);
  const all = [{ start: 0, end: data }, ...used, { start: lastCluster, end: size }];
  return complement(complement(all, size), size);
}

/**
 * What dump.exfat prints: `heap` is the byte offset of cluster 2, `sure` that of the last two clusters, in which
 * partclone is wrong (exfat.test.ts shows it).
 */
export function exfatNumbers(image: string): { heap: number; clusters: number; used: number; sure: number } {
  const dump = run("dump.exfat", image);
  const number = (name: string) => Number(dump.split(name)[1]?.match(/\d+/)?.[0]);
  const clusters = number("Total Clusters:");
  const heap = number("Cluster Heap Offset (sector offset):") * 512;
  const sure = heap + (clusters - 2) * number("Cluster size:");
  return { heap, clusters, used: clusters - number("Free Clusters:"), sure };
}

/** The part of the extents in front of `limit`. */
export const upTo = (extents: Iterable<Extent>, limit: number): Extent[] =>
  [...extents].flatMap(({ start, end }) => (start < limit ? [{ start, end: Math.min(end, limit) }] : []));
