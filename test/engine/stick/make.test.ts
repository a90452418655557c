import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { runUndo, undoContext } from "#imaging/undo/run-undo.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { planUndo } from "#imaging/undo/undo-plan.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { filesOf, firmwareView, isSameCore, isSameSet, readTable, type TableRow } from "./firmware-view.ts";
import { type SampleSystem, sampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

const MIB = 1 << 20;
const GIB = 1 << 30;
const [BIOS_BOOT, EFI_SYSTEM, BASIC_DATA, LINUX_DATA] = [
  "21686148-6449-6e6f-744e-656564454649",
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
  "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7",
  "0fc63daf-8483-4772-8e79-3d69d8477de4",
];

let folder: StickFolder;
let sample: SampleSystem;
beforeAll(async () => {
  folder = await StickFolder.make();
  sample = await sampleSystem(folder.path, 1);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

describe.each([
  { sectorSize: 512, data: "exfat" },
  { sectorSize: 512, data: "ext4" },
  { sectorSize: 4096, data: "exfat" },
  { sectorSize: 4096, data: "ext4" },
] as const)("a stick with sectors of $sectorSize bytes and $data", ({ sectorSize, data }) => {
  let file = "";
  let phases: string[] = [];
  beforeAll(async () => {
    file = await folder.blank(`stick-${sectorSize}-${data}.img`, 3 * GIB + 12_288);
    ({ phases } = await folder.make(sample, file, { sectorSize, data }));
  });

  test("is written, read back, and gets its table last", () => {
    expect(phases).toEqual(["prepare", "write", "verify", "table"]);
  });

  test("has the partitions that other tools take for what they are", async () => {
    const rows = await readTable(file, sectorSize);
    const bios = { type: BIOS_BOOT, name: "BIOS boot", start: MIB, size: MIB };
    const [boot, rest] = rows.slice(-2);
    expect(rows).toMatchObject([
      ...(sectorSize === 512 ? [bios] : []),
      { type: EFI_SYSTEM, name: "LIFEBOAT", start: sectorSize === 512 ? 2 * MIB : MIB },
      { type: data === "exfat" ? BASIC_DATA : LINUX_DATA, name: "LIFEBOAT-DATA" },
    ]);
    expect(rest?.start).toBe((boot?.start ?? 0) + (boot?.size ?? 0));
    expect((rest?.start ?? 0) + (rest?.size ?? 0)).toBe(3 * GIB - MIB);
    {
      await using loop = await attachLoop(file, { sectorSize, readOnly: true });
      expect((await runTool("sgdisk", ["--verify", loop.path])).stdout).toContain("No problems found");
    }
    const disk = await findDisk(file);
    expect(disk).toMatchObject({ sectorSize, table: { type: "gpt", problems: [] } });
    expect(disk.partitions.at(-1)?.filesystem).toMatchObject({ type: data });
  });

  test("starts the files of the system: all of them and no others", async () => {
    const { files, core } = await firmwareView(file, sectorSize);
    expect(isSameSet(files, await filesOf(sample.tree))).toBe(true);
    expect(core === undefined).toBe(sectorSize === 4096);
    if (core) expect(isSameCore(core, sample.system.grub.core)).toBe(true);
  });

  test("has file systems that their own checkers find nothing wrong with", async () => {
    const [boot, rest] = (await readTable(file, sectorSize)).slice(-2);
    if (!boot || !rest) throw new Error("no partitions");
    const volume = ({ start, size }: TableRow) => attachLoop(file, { offset: start, size, sectorSize, readOnly: true });
    {
      await using loop = await volume(boot);
      const { stdout } = await runTool("fsck.vfat", ["-n", "-v", loop.path]);
      expect(stdout).toMatch(new RegExp(`${sectorSize} bytes per logical sector`));
      expect(stdout).toMatch(/FATs, 32 bit entries/);
    }
    const label = await runTool("mlabel", ["-s", "-i", `${file}@@${boot.start}`]);
    expect(label.stdout).toMatch(/Volume label is LIFEBOAT\s/);
    await using loop = await volume(rest);
    await runTool(
      data === "exfat" ? "fsck.exfat" : "e2fsck",
      data === "exfat" ? ["-n", loop.path] : ["-fn", loop.path],
    );
    const { stdout } = await runTool("blkid", ["-p", "-o", "export", loop.path]);
    expect(stdout).toContain(data === "exfat" ? "LABEL=RESCUE-DATA" : "LABEL=LIFEBOAT-DATA");
  });
});

test("a BIOS finds a record that is active, and UEFI a protective one", async () => {
  const file = await folder.blank("active.img", 2 * GIB);
  await folder.make(sample, file);
  await using disk = await open(file);
  const { buffer } = await disk.read(Buffer.alloc(512), 0, 512, 0);
  expect([buffer[446], buffer[450], buffer.readUInt32LE(454)]).toEqual([0x80, 0xee, 1]);
  expect(buffer.readUInt16LE(510)).toBe(0xaa55);
});

test("what was on it is named, asked for, saved, and comes back by undo", async () => {
  const file = await folder.blank("used.img", 2 * GIB);
  await runTool("sfdisk", [file], { input: "label: gpt\nstart=1MiB, size=64MiB, name=old\n" });
  const letters = join(folder.path, "letters");
  await mkdir(letters);
  await writeFile(join(letters, "letter.txt"), "Dear all\n".repeat(100_000));
  const old = async () => await attachLoop(file, { offset: MIB, size: 64 * MIB });
  {
    await using loop = await old();
    await runTool("mke2fs", ["-q", "-t", "ext4", "-L", "letters", "-d", letters, loop.path]);
  }
  const plan = await folder.planMake(sample, file);
  expect(plan.losses).toMatchObject([{ text: expect.stringContaining('"letters", ext4') }]);
  expect(plan.operations[0]).toMatchObject({ op: "save-old" });
  const { report } = await folder.run(plan, sample);
  expect((await readTable(file, 512)).map(({ name }) => name)).not.toContain("old");
  const undo = await readUndoFile(report.undo?.file ?? "");
  const back = runUndo(planUndo(undo, await findDisk(file), await undoContext(undo.path, await findDisk(file))));
  const steps = back(new AbortController().signal);
  while (!(await steps.next()).done);
  expect((await readTable(file, 512)).map(({ name }) => name)).toEqual(["old"]);
  await using loop = await old();
  await runTool("e2fsck", ["-fn", loop.path]);
  const { stdout } = await runTool("debugfs", ["-R", "cat /letter.txt", loop.path]);
  expect(stdout).toBe("Dear all\n".repeat(100_000));
});

describe("refuses", () => {
  test("a disk that is too small for two systems and data", async () => {
    const file = await folder.blank("small.img", GIB);
    await expect(folder.planMake(sample, file)).rejects.toMatchObject({ code: "STICK_TOO_SMALL" });
  });

  test("a disk that is in use, read-only, or that was changed since the plan was made, and leaves it as it was", async () => {
    const file = await folder.blank("refused.img", 2 * GIB);
    {
      await using _loop = await attachLoop(file);
      await expect(folder.planMake(sample, file)).rejects.toMatchObject({ code: "TARGET_IN_USE" });
    }
    {
      await using loop = await attachLoop(file, { readOnly: true });
      await expect(folder.planMake(sample, loop.path)).rejects.toMatchObject({ code: "TARGET_READ_ONLY" });
    }
    const plan = await folder.planMake(sample, file);
    await runTool("sfdisk", [file], { input: "label: gpt\nstart=1MiB, size=64MiB, name=mine\n" });
    await expect(folder.run(plan, sample)).rejects.toMatchObject({ code: "PLAN_STALE" });
    expect((await readTable(file, 512)).map(({ name }) => name)).toEqual(["mine"]);
  });
});
