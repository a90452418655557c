import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ReadySeed, readySeed } from "#test/fuzz/run-case.ts";
import { SparseImage } from "#test/fuzz/sparse-image.ts";
import type { FuzzTarget, Seed } from "#test/fuzz/target.ts";
import { TARGETS } from "#test/fuzz/targets.ts";

const CACHE = fileURLToPath(new URL("../../out/fuzz/seeds", import.meta.url));

type FileSeed = Extract<Seed, { make: unknown }>;

/** A changed recipe makes a new file: it may be in any function of the target's file. */
function pathOf(target: FuzzTarget, seed: FileSeed): string {
  const owner = target.seedsOf ?? target.name;
  const source = readFileSync(new URL(`${owner}.ts`, TARGETS));
  const recipe = createHash("sha256").update(source).digest("hex").slice(0, 12);
  return join(CACHE, `${owner}-${seed.name}-${recipe}.img`);
}

/** Makes the seeds that are not there yet. Two runs at once may both make one; each puts a whole file in place. */
export async function makeSeeds(target: FuzzTarget): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  for (const seed of target.seeds) {
    if (!("make" in seed)) continue;
    const path = pathOf(target, seed);
    if (existsSync(path)) continue;
    const unfinished = `${path}.${process.pid}`;
    try {
      await seed.make(unfinished);
      renameSync(unfinished, path);
    } finally {
      rmSync(unfinished, { force: true });
    }
  }
}

export function loadSeeds(target: FuzzTarget): Promise<ReadySeed[]> {
  return Promise.all(
    target.seeds.map((seed) => {
      const image = "make" in seed ? SparseImage.load(pathOf(target, seed)) : SparseImage.of(seed.content());
      return readySeed(target, { name: seed.name, sectorSize: seed.sectorSize ?? 512, image });
    }),
  );
}
