import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-disk.ts";
import { ENCRYPTED_SPLIT, FAULT_DISK, type Flavour, PLAIN } from "#test/engine/fault/fault-disk.ts";
import { mustRun, runFaulty } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { fileSize } from "#test/engine/restore/interrupt.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const MIB = 1 << 20;
const SECTOR = 512;
/** Where the partitions of the disk begin: sfdisk aligns to 1 MiB. */
const [ROOT, NOISE] = [MIB, 17 * MIB];
let space: Workspace;
let source: string;
/** Sectors that cannot be read: of a file, of a partition without a file system, the last of a chunk and the first of the next. */
let bad: number[];
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), FAULT_DISK);
  bad = [(await blockOfFile(3)) + SECTOR, NOISE + 5 * MIB - SECTOR, NOISE + 5 * MIB, NOISE + 9 * MIB + 3 * SECTOR];
});
afterAll(() => space[Symbol.asyncDispose]());

/** The byte of the disk where a block of a file lies, as debugfs says. */
async function blockOfFile(block: number): Promise<number> {
  const volume = space.path("root.volume");
  await runTool("dd", [`if=${source}`, `of=${volume}`, "bs=1M", "skip=1", "count=16", "status=none"]);
  const { stdout } = await runTool("debugfs", ["-R", `bmap "/a folder/file-6.bin" ${block}`, volume]);
  const { stdout: stats } = await runTool("dumpe2fs", ["-h", volume]);
  return ROOT + Number(stdout.trim()) * Number(/Block size:\s+(\d+)/.exec(stats)?.[1]);
}

const isBad = (offset: number): boolean => bad.includes(offset);
const rules = (more = ""): string[] => bad.map((at) => `read source.img ${at} ${SECTOR} EIO${more}`);

test.each(sample([ENCRYPTED_SPLIT, PLAIN], 1))(
  "sectors that cannot be read: $name image of all else, status 6, a map, and the file named",
  async (flavour: Flavour) => {
    const to = space.path(`bad-${flavour.volumes}.lbi`);
    const { status, stdout, fired } = await runFaulty(rules(), ["capture", source, "--to", to, ...flavour.args]);
    expect([status, fired.every((times) => times >= 3)]).toEqual([6, true]); // each was tried again
    const report = JSON.parse(stdout) as CaptureReport;
    expect(report.bad).toMatchObject({ bytes: bad.length * SECTOR, places: 3, mapFile: `${to}.map`, moreFiles: 0 });
    expect(report.bad?.files).toEqual([{ partition: 1, path: "/a folder/file-6.bin", bytes: SECTOR }]);
    const { stdout: listed } = await runTool("ddrescuelog", ["--list-blocks=-", `${to}.map`]);
    expect(listed.split("\n").filter(Boolean).map(Number).toSorted()).toEqual(bad.map((at) => at / SECTOR).toSorted());
    await mustRun(["image", "verify", to]);
    expect(await imageDiffers(to, source, isBad)).toEqual([]);
    const target = await noisyDisk(space.path("bad.out"), FAULT_DISK.size);
    await mustRun(["restore", to, "--to", target, "--yes-erase", target]);
    for (const at of bad) expect((await readAt(target, at, SECTOR)).every((byte) => byte === 0)).toBe(true);
    const around = [NOISE + 4 * MIB, NOISE + 5 * MIB + SECTOR, NOISE + 9 * MIB];
    for (const at of around)
      expect((await readAt(target, at, 3 * SECTOR)).equals(await readAt(source, at, 3 * SECTOR))).toBe(true);
  },
);

test("sectors that are read after all count for nothing", async () => {
  const to = space.path("transient.lbi");
  const { status, stdout, fired } = await runFaulty(rules(" times 2"), ["capture", source, "--to", to, ...PLAIN.args]);
  expect([status, fired]).toEqual([0, [2, 2, 2, 2]]);
  expect((JSON.parse(stdout) as CaptureReport).bad).toBeUndefined();
  expect(await imageDiffers(to, source)).toEqual([]);
  expect(await fileSize(`${to}.map`)).toBe(0);
});

test("what was bad before a kill is still reported by the capture that goes on", async () => {
  const to = space.path("killed.lbi");
  const kill = `write killed.lbi.partial ${26 * MIB} * KILL`;
  const killed = await runFaulty([...rules(), kill], ["capture", source, "--to", to, ...PLAIN.args]);
  expect(killed.status).toBeUndefined();
  const resumed = await runFaulty([], ["resume", to]);
  expect(resumed.status).toBe(6);
  expect((JSON.parse(resumed.stdout) as CaptureReport).bad?.bytes).toBe(bad.length * SECTOR);
  expect(await imageDiffers(to, source, isBad)).toEqual([]);
  expect(await sha256File(to)).toHaveLength(64);
});
