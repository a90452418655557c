import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, noisyDisk, openWorkspace, readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { addFile, keepCopy, onVolume, removeFile } from "#test/engine/repository/changing-disk.ts";
import {
  captureInto,
  check,
  filesIn,
  makeRepository,
  prune,
  restore,
  sumOf,
  uniqueDisk,
} from "#test/engine/repository/repo-space.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL, full } from "#test/sample.ts";

const MIB = 1 << 20;
const CAPTURES = FULL ? 30 : 6;
const DISK = {
  size: 64 * MIB,
  table: `label: gpt
size=30MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
size=28MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
`,
  volumes: { 1: "ext4", 2: "ntfs" },
} as const;

let space: Workspace;
let disk: string;
let root: string;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeSampleDisk(space.path("disk.img"), DISK);
  root = await makeRepository(space.path("repo"));
});
afterAll(() => space[Symbol.asyncDispose]());

/** What happens on a computer between two captures: files come, change and go, on both file systems. */
async function live(round: number): Promise<void> {
  await addFile(disk, `new-${round}.bin`, noise(100_000 + 60_000 * (round % 5), 100 + round));
  if (round > 2) await removeFile(disk, `new-${round - 2}.bin`);
  const ntfs = (await readPartitions(disk)).find(({ number }) => number === 2);
  if (!ntfs) throw new Error("no NTFS");
  const file = space.path("for-ntfs.bin");
  await runTool("dd", ["if=/dev/zero", `of=${file}`, "bs=1k", "count=1", "status=none"]);
  await writeAt(file, 0, noise(150_000, 200 + round));
  await onVolume(disk, ntfs, async (volume) => {
    await runTool("ntfscp", ["-f", "-q", volume, file, round % 2 === 0 ? "/letter.bin" : `/letter-${round}.bin`]);
  });
}

const stored = async (): Promise<number> =>
  sumOf({ ...(await filesIn(root, "packs")), ...(await filesIn(root, "index")) });

test(
  `${CAPTURES} captures with changes, deletions and clean-ups between them: each restores as the disk was`,
  PATIENCE,
  async () => {
    const kept = new Map<string, string>();
    for (let round = 1; round <= CAPTURES; round++) {
      const to = join(root, "points", `p${String(round).padStart(2, "0")}.lbi`);
      const { point } = await captureInto(root, disk, { to, level: round % 2 === 0 ? "normal" : "none" });
      expect(point?.type).toBe(round === 1 ? "full" : "incremental");
      kept.set(to, await keepCopy(disk, String(round)));
      await live(round);
      if (round % 3 !== 0) continue;
      const [oldest = "", copy = ""] = [...kept][0] ?? [];
      await prune(root, { points: [oldest] });
      kept.delete(oldest);
      await space.drop(copy);
    }
    await prune(root);
    expect(await check(root, true)).toMatchObject({ problems: [], touched: [], whole: kept.size });
    const target = await noisyDisk(space.path("target.img"), DISK.size);
    for (const [point, copy] of kept) {
      expect(await imageDiffers(point, copy)).toEqual([]);
      if (!FULL && point !== [...kept.keys()][0]) continue;
      await restore(point, target);
      expect(await usedBytesDiffer(point, copy, target, { tables: false })).toEqual([]);
      expect((await readAt(target, 0, 512)).equals(await readAt(copy, 0, 512))).toBe(true);
      await checkDisk(target);
    }
  },
);

full("after a change of 1 % a capture stores at most 1.5 % of what the first one did", PATIENCE, async () => {
  const other = await makeRepository(space.path("other"));
  const big = await uniqueDisk(space.path("big.img"), 48 * MIB, 5);
  const before = root;
  root = other;
  try {
    await captureInto(root, big);
    const full = await stored();
    // One file of 1 % that lies in one piece.
    await writeAt(big, 20 * MIB + 256 * 1024, noise(Math.floor(0.01 * 48 * MIB), 9));
    await captureInto(root, big);
    expect((await stored()) - full).toBeLessThanOrEqual(0.015 * full);
    const third = await stored();
    await captureInto(root, big);
    expect(await stored()).toBe(third);
  } finally {
    root = before;
  }
});
