import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { watchAllocations } from "#test/fuzz/allocation-meter.ts";
import { type MutatedCase, makeCase, runCase } from "#test/fuzz/run-case.ts";
import { loadSeeds, makeSeeds } from "#test/fuzz/seeds.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";

/** Repeats one case in this thread, so that a debugger sees it, and says what was done and what came of it. */
export async function showCase(
  target: FuzzTarget,
  key: { readonly seed: number; readonly case: number },
  dump: string | undefined,
): Promise<void> {
  await makeSeeds(target);
  const seeds = await loadSeeds(target);
  const made = makeCase(target, seeds, key);
  console.log(`seed ${made.seed.name}, ${made.image.size} bytes\n${made.mutations.join("\n")}`);
  if (dump !== undefined) keep(made, dump);
  watchAllocations();
  const { outcome, failure, milliseconds, readBytes } = await runCase(target, made);
  console.log(`${failure ? "FAILED" : outcome} in ${milliseconds.toFixed(1)} ms, ${readBytes} bytes read`);
  if (failure) console.log(failure.stack ?? failure.message);
  process.exitCode = failure ? 1 : 0;
}

const MOST_DUMPED = 1 << 30;

function keep({ image }: MutatedCase, path: string): void {
  const fd = openSync(path, "w");
  try {
    const piece = 1 << 20;
    for (let at = 0; at < Math.min(image.size, MOST_DUMPED); at += piece) {
      const bytes = image.bytes(at, Math.min(piece, image.size - at));
      if (bytes.some((byte) => byte !== 0)) writeSync(fd, bytes, 0, bytes.length, at);
    }
    ftruncateSync(fd, image.size);
  } finally {
    closeSync(fd);
  }
}
