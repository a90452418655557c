import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { affectedFiles } from "#imaging/salvage/affected/affected-files.ts";
import { MAX_FILES } from "#imaging/salvage/affected/findings.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SECTOR = 512;

/** One sector in 16, behind what most file systems need to be opened at all. */
function badSectors(size: number): { start: number; end: number }[] {
  const bad: { start: number; end: number }[] = [];
  for (let at = Math.floor(size / 16 / SECTOR) * SECTOR; at + SECTOR <= size; at += 16 * SECTOR)
    bad.push({ start: at, end: at + SECTOR });
  return bad;
}

/** The walk that names files on bad sectors. It runs when a capture is done, so it may throw nothing at all. */
export const affectedTarget = (type: FilesystemType, like: FuzzTarget): FuzzTarget => ({
  name: `affected-${type}`,
  seeds: like.seeds,
  ...(like.reseal && { reseal: like.reseal }),
  allowed: [],
  async parse(volume) {
    const bad = badSectors(volume.size);
    const { files, more, notes } = await affectedFiles(volume, type, bad);
    promise(files.length <= MAX_FILES && more >= 0, () => `${files.length} files and ${more}`);
    for (const { path, bytes } of files)
      promise(path !== "" && Number.isSafeInteger(bytes) && bytes >= 0, () => `${path}: ${bytes}`);
    promise(
      notes.every((note) => note !== "" && !note.includes("undefined")),
      () => notes.join(),
    );
    return files.length > 0 ? "accepted" : "no file named";
  },
});
