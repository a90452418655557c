import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import { readLayout } from "#imaging/filesystem/ntfs/layout.ts";
import { MasterFileTable } from "#imaging/filesystem/ntfs/mft.ts";
import { ATTRIBUTE, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { startLifeboatWith } from "#test/engine/image/command.ts";
import { blankDisk, noise, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const TIB = 2 ** 40;
/** ext4 with blocks of 4 KiB holds no longer file. */
const LARGEST = 16 * TIB - 4096;
const BOUND = 200 * MIB;
/** The bound holds wherever the command runs, so also with as many threads as it ever starts. */
const EIGHT_CORES = new URL("../../doubles/eight-cores.ts", import.meta.url).href;
const isFull = process.env["LIFEBOAT_TEST_FULL"] === "1";

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

async function withFiles(volume: string): Promise<void> {
  const folder = `${volume}.mount`;
  await mkdir(folder);
  await using loop = await attachLoop(volume);
  await runTool("mount", [loop.path, folder]);
  try {
    for (let i = 0; i < 200; i++) await writeFile(join(folder, `file-${i}`), noise(i * 997, i + 1));
    await writeFile(join(folder, "large"), noise(20 * MIB, 3));
  } finally {
    await runTool("umount", [folder]);
  }
}

const DISKS: Readonly<Record<string, { size: number; make(path: string): Promise<unknown>; raw?: boolean }>> = {
  btrfs: { size: LARGEST, make: (path) => runTool("mkfs.btrfs", ["-q", path]).then(() => withFiles(path)) },
  xfs: {
    size: LARGEST,
    make: (path) => runTool("mkfs.xfs", ["-q", "-l", "size=64m", path]).then(() => withFiles(path)),
  },
  // Few inodes: their tables are captured, and would be 256 GiB of zeros.
  ext4: {
    size: LARGEST,
    make: (path) => runTool("mkfs.ext4", ["-q", "-F", "-T", "largefile4", path]).then(() => withFiles(path)),
  },
  ntfs: { size: 16 * TIB - 128 * 1024 * MIB, make: (path) => runTool("mkntfs", ["-F", "-Q", "-q", path]) },
  "ntfs with two million extents": { size: TIB, make: fragmentedNtfs },
  "sector by sector": { size: 8 * 1024 * MIB, make: async () => {}, raw: true },
};
const SAMPLE = ["btrfs"];

/** Every other cluster of 1 GiB is used, as its map says. */
async function fragmentedNtfs(path: string): Promise<void> {
  await runTool("mkntfs", ["-F", "-Q", "-q", "-c", "512", path]);
  await using device = await openDevice(path);
  const layout = await readLayout(device);
  if (!layout) throw new Error("mkntfs made no NTFS");
  const bitmap = await (await MasterFileTable.open(device, layout)).value(FILE.bitmap, ATTRIBUTE.data);
  const [run] = bitmap?.kind === "non-resident" ? bitmap.runs : [];
  if (run?.lcn === undefined) throw new Error("$Bitmap has no run");
  await writeAt(path, run.lcn * layout.clusterSize + 32 * MIB, Buffer.alloc(512 * 1024, 0x55));
}

/** Runs a command that must succeed. @returns the most memory that it ever had resident, in bytes */
async function peakOf(...args: string[]): Promise<number> {
  const { child, result } = startLifeboatWith({ NODE_OPTIONS: `--import=${EIGHT_CORES}` }, ...args, "--json");
  let peak = 0;
  // VmHWM only grows, so that no short moment is missed but those after the last look.
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024);
  }, 20);
  const { status, stderr } = await result;
  clearInterval(look);
  expect(status, stderr).toBe(0);
  expect(peak).toBeGreaterThan(30 * MIB); // somebody looked
  return peak;
}

test.each(isFull ? Object.keys(DISKS) : SAMPLE)(
  "capture, verify and restore of a huge disk stay small: %s",
  async (name) => {
    const { size, make, raw } = DISKS[name] as (typeof DISKS)[string];
    const disk = await blankDisk(space.path("disk.img"), size);
    await make(disk);
    const [image, target] = [space.path("disk.lbi"), await blankDisk(space.path("target.img"), size)];
    const peaks = {
      capture: await peakOf("capture", disk, "--to", image, ...(raw ? ["--raw"] : [])),
      verify: await peakOf("image", "verify", image),
      restore: await peakOf("restore", image, "--to", target, "--yes-erase", target),
    };
    console.log(
      `${name}: ${JSON.stringify(Object.fromEntries(Object.entries(peaks).map(([k, v]) => [k, Math.round(v / MIB)])))} MiB`,
    );
    for (const [verb, peak] of Object.entries(peaks)) expect(peak, verb).toBeLessThanOrEqual(BOUND);
    expect((await stat(target)).size).toBe(size);
    for (const file of [disk, image, target]) await rm(file);
    await rm(`${disk}.mount`, { recursive: true, force: true });
  },
  1_800_000,
);
