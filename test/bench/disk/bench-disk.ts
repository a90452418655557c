import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { buildBenchDisk } from "#test/bench/disk/build-disk.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";

const FIXTURES = resolve(import.meta.dirname, "../../../out/fixtures");
const RECIPE = ["build-disk.ts", "copy-tree.ts"];

/** The disk of 12 GiB that benchmarks run on. Takes about two minutes once, then it is reused. @returns its file */
export async function benchDisk(): Promise<string> {
  const debian = await debianDisk();
  const hash = createHash("sha256").update(basename(debian.directory));
  for (const name of RECIPE) hash.update(await readFile(join(import.meta.dirname, name)));
  const directory = join(FIXTURES, `bench-${hash.digest("hex").slice(0, 16)}`);
  const disk = join(directory, "disk.raw");
  if (existsSync(disk)) return disk;
  const building = `${directory}.${randomUUID()}.partial`;
  await using _ = { [Symbol.asyncDispose]: () => rm(building, { recursive: true, force: true }) };
  await mkdir(building, { recursive: true });
  await buildBenchDisk(join(building, "disk.raw"), { disk: debian.disk, root: debian.partitions.root });
  await rename(building, directory);
  return disk;
}
