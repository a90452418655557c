import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { affectedFiles } from "#imaging/salvage/affected/affected-files.ts";
import { MAX_FILES } from "#imaging/salvage/affected/findings.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SECTOR = 512;
/** Milliseconds. */
const MOST_TIME = 2000;

const MOST_SECTORS = 4096;

/** One sector in 16, behind what most file systems need to be opened at all. An input may say that it is very large. */
function badSectors(size: number): { start: number; end: number }[] {
  const bad: { start: number; end: number }[] = [];
  const first = Math.floor(Math.min(size, 16 << 20) / 16 / SECTOR) * SECTOR;
  for (let at = first; at + SECTOR <= size && bad.length < MOST_SECTORS; at += 16 * SECTOR)
    bad.push({ start: at, end: at + SECTOR });
  return bad;
}

/** The walk that names files on bad sectors. It runs when a capture is done, so it may throw nothing at all. */
export const affectedTarget = (type: FilesystemType, like: FuzzTarget): FuzzTarget => ({
  name: `affected-${type}`,
  seeds: like.seeds,
  seedsOf: like.name,
  ...(like.reseal && { reseal: like.reseal }),
  allowed: [],
  async parse(volume) {
    const bad = badSectors(volume.size);
    const { files, more, notes } = await affectedFiles(volume, type, bad, MOST_TIME);
    promise(files.length <= MAX_FILES && more >= 0, () => `${files.length} files and ${more}`);
    for (const { path, bytes } of files)
      promise(path !== "" && Number.isSafeInteger(bytes) && bytes >= 0, () => `${path}: ${bytes}`);
    promise(
      notes.every((note) => note !== "" && !note.includes("undefined")),
      () => notes.join(),
    );
    const complaint = notes.find((note) => /cannot be told|not all/.test(note));
    return complaint === undefined
      ? "accepted"
      : complaint.replace(/.*(cannot be told|took too long|contradict|not all).*/s, "$1");
  },
});
