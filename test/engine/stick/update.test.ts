import { open, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KnownMedium } from "#base/medium-info.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { listSticks } from "#mediabuilder/usb/list-sticks.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";
import { filesOf, firmwareView, isSameCore, isSameSet, readTable, type TableRow } from "./firmware-view.ts";
import { type SampleSystem, sampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

const MIB = 1 << 20;
const GIB = 1 << 30;
/** Room for a boot partition, and some data. */
const STICK = 1280 * MIB;

let folder: StickFolder;
let versions: SampleSystem[] = [];
const version = (n: number): SampleSystem => versions[n - 1] as SampleSystem;
beforeAll(async () => {
  folder = await StickFolder.make();
  versions = await Promise.all([1, 2, 3, 4].map((minor) => sampleSystem(folder.path, minor)));
});
afterAll(() => folder?.[Symbol.asyncDispose]());

const sha256 = async (file: string, { start, size }: { start: number; size: number }): Promise<string> =>
  (
    await runTool("sh", [
      "-c",
      `dd if="$1" bs=1M skip=${start / MIB} count=${size / MIB} status=none | sha256sum`,
      "sh",
      file,
    ])
  ).stdout;

const partitionOf = async (file: string, name: string, sectorSize: number): Promise<TableRow> => {
  const found = (await readTable(file, sectorSize)).find((row) => row.name === name);
  if (!found) throw new Error(`no partition ${name}`);
  return found;
};

async function checkBoot(file: string, sectorSize: number): Promise<string> {
  const { start, size } = await partitionOf(file, "LIFEBOAT", sectorSize);
  await using loop = await attachLoop(file, {
    ...{ offset: start, size, readOnly: true },
    ...(sectorSize === 4096 && { sectorSize }),
  });
  return (await runTool("fsck.vfat", ["-n", "-v", loop.path])).stdout;
}

describe.each(sample([4096, 512], 1))("three updates of a stick with sectors of %i bytes", (sectorSize) => {
  test("each starts the new system, and no byte outside of boot partition and boot code is another one", async () => {
    const file = await folder.blank(`three-${sectorSize}.img`, STICK);
    await folder.make(version(1), file, { sectorSize });
    const data = await partitionOf(file, "LIFEBOAT-DATA", sectorSize);
    {
      // Whatever is on it: an update must not even look.
      await using disk = await open(file, "r+");
      for (let i = 0; i < 40; i++) await disk.write(Buffer.alloc(65_536, i + 1), 0, 65_536, data.start + i * 5 * MIB);
    }
    const before = await sha256(file, data);
    const table = await readTable(file, sectorSize);
    const used: string[] = [];
    for (const next of [version(2), version(3), version(4)]) {
      const plan = await folder.planUpdate(next, file);
      expect(plan).toMatchObject({ losses: [], warnings: [{ code: "STICK_OLD" }] });
      const { report, phases } = await folder.run(plan, next);
      expect(phases).toEqual(["prepare", "write", "verify", "switch"]);
      expect(report).toMatchObject({ kind: "update-stick", verified: true, system: next.system.info });
      const { files, core } = await firmwareView(file, sectorSize);
      expect(isSameSet(files, await filesOf(next.tree))).toBe(true);
      if (core) expect(isSameCore(core, next.system.grub.core)).toBe(true);
      used.push(/(\d+)\/\d+ clusters/.exec(await checkBoot(file, sectorSize))?.[1] ?? "");
    }
    // The room of the old system is free again.
    expect(Math.max(...used.map(Number)) - Math.min(...used.map(Number))).toBeLessThan(10);
    expect(await sha256(file, data)).toBe(before);
    expect(await readTable(file, sectorSize)).toEqual(table);
  });
});

test.each(sample([512, 4096] as const, 1))(
  "a block device with sectors of %i bytes is made and updated as a file is",
  async (sectorSize) => {
    const file = await folder.blank(`device-${sectorSize}.img`, STICK);
    {
      await using loop = await attachLoop(file, { sectorSize });
      const plan = await folder.planMake(version(1), loop.path);
      expect(plan.target).toMatchObject({ kind: "block", sectorSize, removable: true });
      await folder.run(plan, version(1));
      await folder.update(version(2), loop.path);
      await folder.update(version(3), loop.path);
      await expect(folder.planUpdate(version(3), loop.path)).resolves.toMatchObject({ operations: [] });
    }
    expect(isSameSet((await firmwareView(file, sectorSize)).files, await filesOf(version(3).tree))).toBe(true);
  },
);

describe("plans", () => {
  let file = "";
  beforeEach(async () => {
    file = await folder.blank("plans.img", STICK);
    await folder.make(version(2), file);
  });

  test("nothing for a stick that has this very system", async () => {
    const plan = await folder.planUpdate(version(2), file);
    expect(plan).toMatchObject({ operations: [], warnings: [], losses: [], writeBytes: 0 });
    const { mtimeMs } = await stat(file);
    expect((await folder.run(plan, version(2))).report.writtenBytes).toBe(0);
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  });

  test("and a hint for who makes a stick anew that could be updated", async () => {
    const plan = await folder.planMake(version(3), file);
    expect(plan.warnings).toMatchObject([{ code: "IS_STICK" }]);
    expect(plan.losses.map(({ text }) => text)).toEqual([
      expect.stringContaining("BIOS boot"),
      expect.stringContaining('"LIFEBOAT"'),
      expect.stringContaining('"RESCUE-DATA"'),
    ]);
  });

  test("with the age of an old one in words, and a warning where it is the stick that is newer", async () => {
    const old = await folder.planUpdate(version(3), file, Date.UTC(2026, 2, 31));
    expect(old.warnings).toEqual([
      {
        code: "STICK_OLD",
        text: "The stick is out of date: it has Lifeboat 0.2.0, 30 days old, and this is Lifeboat 0.3.0 of 2026-04-01",
      },
    ]);
    const newer = await folder.planUpdate(version(1), file);
    expect(newer.warnings).toMatchObject([{ code: "STICK_NEWER" }]);
  });

  test("and a list of the sticks that are there, beside what is known here", async () => {
    const disks = await Promise.all([file, await folder.blank("other.img", GIB)].map((name) => findDisk(name)));
    const listed = (known: KnownMedium, now: number) => listSticks(disks, known, now);
    const { info } = version(2).system;
    expect(await listed(version(3).system.info, Date.UTC(2026, 2, 31))).toMatchObject([
      { path: file, info, age: "older", days: 30, isOld: false },
    ]);
    expect(await listed({ version: "0.2.0" }, Date.UTC(2027, 0, 1))).toMatchObject([{ age: "same", isOld: true }]);
    // Its name for itself is gone.
    const { start } = await partitionOf(file, "LIFEBOAT", 512);
    await runTool("env", ["MTOOLS_SKIP_CHECK=1", "mdel", "-i", `${file}@@${start}`, "::/.disk/medium.json"]);
    expect(await listed(info, Date.now())).toMatchObject([{ problem: expect.stringContaining("of which version") }]);
  });

  test("a loss by name for what somebody keeps on the boot partition, and a warning for what would be in the way", async () => {
    const { start } = await partitionOf(file, "LIFEBOAT", 512);
    const mine = join(folder.path, "mine.txt");
    await writeFile(mine, "x".repeat(10_000));
    const mtools = (tool: string, ...args: string[]) =>
      runTool("env", ["MTOOLS_SKIP_CHECK=1", tool, "-i", `${file}@@${start}`, ...args]);
    await mtools("mcopy", mine, "::/mine.txt");
    expect(await folder.planUpdate(version(3), file)).toMatchObject({
      losses: [{ text: "mine.txt on the boot partition" }],
      warnings: [{ code: "STICK_OLD" }],
    });
    // An edited menu lies behind all other files; so far behind that it is on the other side.
    const filler = join(folder.path, "filler");
    await runTool("truncate", ["-s", "511M", filler]);
    await mtools("mcopy", filler, "::/filler");
    await mtools("mcopy", "-o", mine, "::/boot/grub/grub.cfg");
    await mtools("mdel", "::/filler", "::/mine.txt");
    const plan = await folder.planUpdate(version(3), file);
    expect(plan).toMatchObject({ losses: [], warnings: [{ code: "STICK_OLD" }, { code: "STICK_ALTERED" }] });
    await folder.run(plan, version(3));
    expect(isSameSet((await firmwareView(file)).files, await filesOf(version(3).tree))).toBe(true);
    await checkBoot(file, 512);
  });

  test("not at all for what is no stick of ours, or one that was formatted anew", async () => {
    const { start, size } = await partitionOf(file, "LIFEBOAT", 512);
    await expect(folder.planUpdate(version(3), await folder.blank("blank.img", GIB))).rejects.toMatchObject({
      code: "STICK_UNKNOWN",
    });
    await runTool("mkfs.vfat", [
      "-F",
      "32",
      "-s",
      "16",
      "-n",
      "LIFEBOAT",
      "--offset",
      String(start / 512),
      file,
      String(size / 1024),
    ]);
    await expect(folder.planUpdate(version(3), file)).rejects.toMatchObject({
      code: "STICK_UNKNOWN",
      details: { reason: expect.stringContaining("formatted") },
    });
  });
});
