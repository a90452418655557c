import type { BenchResult, Run, SideResult, StoredCheck } from "./result.ts";

/** A run with the given times; memory is 100 MiB, and 50 are left in the page cache. */
export const run = (wallSeconds: number, cpuSeconds: number): Run => ({
  ...{ wallSeconds, cpuSeconds },
  ...{ rssMiB: 100, cachedMiB: 50 },
});

export function side(name: string, storedCheck: StoredCheck, runs: SideResult["runs"]): SideResult {
  return { name, version: "1.0", storedCheck, checks: "in words", imageBytes: 2e9, runs };
}

/** Two rounds of two subjects, with round numbers. */
export function sampleResult(): BenchResult {
  const limits = { usedBytes: 6e9, zstd3: 0.6e9, unzstd: 3e9, sha256: 3e9, memcpy: 30e9, read: 10e9 };
  const ours = side("lifeboat", "pieces", {
    capture: [run(12, 20), run(12, 22)],
    "capture, verified": [run(15, 25), run(15, 25)],
    restore: [run(6, 8), run(6, 8)],
    "restore, read back": [run(8, 12), run(8, 12)],
    verify: [run(2, 4), run(3, 4)],
    "verify, quick": [run(1, 1), run(1, 1)],
  });
  const partclone = side("partclone | zstd", "pieces", {
    capture: [run(24, 40), run(24, 40)],
    restore: [run(24, 20), run(24, 20)],
    verify: [run(20, 20), run(20, 20)],
  });
  const dd = side("dd | zstd", "stream", { capture: [run(30, 30), run(30, 30)], restore: [run(5, 9), run(5, 9)] });
  const qemu = side("qemu-img", "none", { capture: [run(9, 10), run(9, 10)], restore: [run(5, 6), run(5, 6)] });
  const about = { diskBytes: 12e9, filesystems: ["vfat", "ext4"], limits };
  const fsarchiver = side("fsarchiver", "pieces", { capture: [run(20, 30), run(20, 30)] });
  return {
    date: "2026-01-02",
    machine: "2 cores",
    rounds: 2,
    cache: "warm",
    subjects: [
      { name: "whole", ...about, ours, peers: [partclone, dd, qemu] },
      { name: "ext4", ...about, ours, peers: [partclone, fsarchiver] },
    ],
  };
}
