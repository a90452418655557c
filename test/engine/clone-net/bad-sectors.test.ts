import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { offerWith } from "#test/engine/clone-net/offer.ts";
import { startLifeboat } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, readAt, type Workspace } from "#test/engine/image/workspace.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const FILE = "/a folder/file-6.bin";
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

test("bad sectors of the other machine's disk are zeros here, counted, and named by their files", async () => {
  const disk = await makeSampleDisk(space.path("ailing.img"), SMALL_DISK);
  const [root] = await readPartitions(disk);
  const volume = `${disk}?offset=${root?.offset}`;
  const { stdout: blocks } = await runTool("debugfs", ["-R", `blocks "${FILE}"`, volume]);
  const size = Number(/Block size:\s+(\d+)/.exec((await runTool("dumpe2fs", ["-h", volume])).stdout)?.[1]);
  const starts = [20, 300].map((n) => (root?.offset ?? 0) + Number(blocks.trim().split(/\s+/)[n]) * size);
  const target = await noisyDisk(space.path("target.img"), SMALL_DISK.size);
  using faults = new FaultyIo(starts.map((start) => `read ${disk} ${start} ${size} EIO`));
  await using offered = await offerWith(faults.env, disk);
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", target, "--yes-erase", target];
  const { status, stdout, stderr } = await startLifeboat(...receive, "--json").result;
  expect([status, faults.faults().length > 0], stderr).toEqual([6, true]);
  const { bad } = JSON.parse(stdout) as RestoreReport;
  expect(bad).toMatchObject({ bytes: 2 * size, places: 2, moreFiles: 0 });
  expect(bad?.files).toEqual([{ partition: 1, path: FILE, bytes: 2 * size }]);
  for (const start of starts) expect(await readAt(target, start, size)).toEqual(Buffer.alloc(size));
});
