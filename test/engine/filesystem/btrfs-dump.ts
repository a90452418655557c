import type { Extent } from "#imaging/extent.ts";
import { merged } from "#test/engine/filesystem/mounted-volume.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";

/** What btrfs-progs print of a file system: the oracle for our own reading of the trees. */
export interface BtrfsDump {
  readonly chunks: readonly { readonly start: number; readonly length: number; readonly stripes: readonly number[] }[];
  /** Logical. */
  readonly extents: readonly Extent[];
  /** Logical: data that has checksums. */
  readonly checksummed: readonly Extent[];
}

const tree = (image: string, name: string) => run("btrfs", "inspect-internal", "dump-tree", "-t", name, image);

const numbers = (text: string, pattern: RegExp): number[][] =>
  [...text.matchAll(pattern)].map((match) => match.slice(1).map(Number));

export function dumpBtrfs(image: string): BtrfsDump {
  const [[nodeSize = 0] = []] = numbers(run("btrfs", "inspect-internal", "dump-super", image), /^nodesize\s+(\d+)/gm);
  const chunks = tree(image, "chunk").split("CHUNK_ITEM ").slice(1);
  const extents = tree(image, "extent");
  return {
    chunks: chunks.map((text) => {
      const [[start = 0] = []] = numbers(text, /^(\d+)\)/g);
      const [[length = 0] = []] = numbers(text, /\slength (\d+)/g);
      return { start, length, stripes: numbers(text, /stripe \d+ devid 1 offset (\d+)/g).map(([at = 0]) => at) };
    }),
    extents: [...extents.matchAll(/item \d+ key \((\d+) (EXTENT|METADATA)_ITEM (\d+)\)/g)].map(
      ([, at, kind, length]) => ({
        start: Number(at),
        end: Number(at) + (kind === "METADATA" ? nodeSize : Number(length)),
      }),
    ),
    checksummed: numbers(tree(image, "csum"), /range start (\d+) end (\d+)/g).map(([start = 0, end = 0]) => ({
      start,
      end,
    })),
  };
}

/** Where logical extents lie on the device: all copies, or only the n-th. */
export function onDevice({ chunks }: BtrfsDump, extents: readonly Extent[], copy?: number): Extent[] {
  const found = extents.flatMap(({ start, end }) =>
    chunks
      .filter((chunk) => chunk.start < end && start < chunk.start + chunk.length)
      .flatMap((chunk) => {
        const from = Math.max(start, chunk.start) - chunk.start;
        const to = Math.min(end, chunk.start + chunk.length) - chunk.start;
        const stripes = copy === undefined ? chunk.stripes : chunk.stripes.slice(copy, copy + 1);
        return stripes.map((at) => ({ start: at + from, end: at + to }));
      }),
  );
  return merged(found);
}
