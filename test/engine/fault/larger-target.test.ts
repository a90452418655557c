import { afterAll, beforeAll, expect, test } from "vitest";
import { FAULT_DISK } from "#test/engine/fault/fault-disk.ts";
import { codeOf, mustRun, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;
const PIECE = 256 << 10;
let space: Workspace;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  const source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  await writeAt(source, FAULT_DISK.size - MIB, noise(MIB / 2, 3));
  image = space.path("whole.lbi");
  await mustRun(["capture", source, "--to", image, "--raw"]);
});
afterAll(() => space[Symbol.asyncDispose]());

test.each([
  ["the first window, behind the table", PIECE, 2], // the disk is cleared there by two writes before
  ["the last window, where the source had its backup table", FAULT_DISK.size - MIB + PIECE, 0],
])("a whole disk on a larger one: a flipped bit in %s is noticed", async (_what, offset, before) => {
  const target = await blankDisk(space.path("larger.out"), FAULT_DISK.size + 16 * MIB);
  const args = ["restore", image, "--to", target, "--yes-erase", target];
  // A chunk is written in pieces, so that a fault can strike within it.
  const rules = [`write larger.out ${offset} 512 FLIP after ${before} times 1`, `short write larger.out ${PIECE}`];
  const result = await runFaulty(rules, args);
  expect([result.fired[0], codeOf(result, args)]).toEqual([1, "TARGET_VERIFY_FAILED"]);
  await mustRun(args);
});
