import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, mustRun, runClean } from "#test/engine/fault/faulty-run.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";

const MIB = 1 << 20;
const DISK: SampleDisk = {
  size: 24 * MIB,
  table: "label: gpt\nsize=20MiB\n",
  volumes: { 1: "ext4" },
};
const ROUNDS = 2;
let space: Workspace;
let image: string;
let wanted: string;
beforeAll(async () => {
  space = await openWorkspace();
  image = space.path("good.lbi");
  await mustRun(["capture", await makeSampleDisk(space.path("source.img"), DISK), "--to", image]);
  const target = await blankDisk(space.path("alone.out"), DISK.size);
  await mustRun(["restore", image, "--to", target, "--yes-erase", target]);
  wanted = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

// The first looks at the file while the second one does: neither may take that for a use of it.
test("of two restores that begin at once onto one raw file, one is made and the other one refused", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const target = await blankDisk(space.path(`target${round}.out`), DISK.size);
    // Slow enough that the first one is not done before the second one has looked.
    const args = ["restore", image, "--to", target, "--yes-erase", target, "--limit", "4M"];
    const both = await Promise.all([runClean(args), runClean(args)]);
    expect(both.map(({ status, stderr }) => (status === 0 ? "" : stderr))).toContain("");
    const refused = both.filter(({ status }) => status !== 0);
    expect(refused.map((result) => codeOf(result, args))).toEqual([
      expect.stringMatching(/^(JOB_BUSY|TARGET_IN_USE)$/),
    ]);
    expect(await sha256File(target)).toBe(wanted);
  }
});
