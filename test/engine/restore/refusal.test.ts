import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, link, mkdir, open, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openImage } from "#imaging/image/image-reader.ts";
import { isUnfinished } from "#imaging/inventory/disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { describeBlockDevice, describeFile } from "#imaging/inventory/list-disks.ts";
import { sourceWriters } from "#imaging/inventory/source-writers.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { markerSector } from "#imaging/restore/marker.ts";
import { runRestore } from "#imaging/restore/run-restore.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
let image: string;
let target: string;
let targetHash: string;
beforeAll(async () => {
  space = await openWorkspace();
  const source = await makeSampleDisk(space.path("source.img"), SMALL_DISK);
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image);
  target = await makeSampleDisk(space.path("target.img"), { ...SMALL_DISK, size: 40 * MIB });
  targetHash = await sha256File(target);
});
afterAll(() => space[Symbol.asyncDispose]());

/** Runs a restore that must be refused with status 7, and holds the target's file against what it was. */
async function refusal(to: string, from = image, confirmation = to): Promise<string> {
  const { status, code } = await lifeboatError("restore", from, "--to", to, "--yes-erase", confirmation);
  expect([status, await sha256File(target)]).toEqual([7, targetHash]);
  return code;
}

/** With the file's file system mounted through a loop device. */
async function onMounted(disk: string, name: string, use: (folder: string, loop: string) => Promise<void>) {
  await using loop = await attachLoop(disk);
  const folder = space.path(`${name}-mounted`);
  await mkdir(folder);
  await runTool("mount", [loop.path, folder]);
  try {
    await use(folder, loop.path);
  } finally {
    await runTool("umount", [folder]);
  }
}

describe("a restore is refused before any write", () => {
  test("onto a disk that is one sector too small", async () => {
    // The partitions end at 25 MiB, and the second copy of the table takes 33 sectors.
    const small = await blankDisk(space.path("small.img"), 25 * MIB + 32 * 512);
    const before = await sha256File(small);
    expect(await refusal(small)).toBe("LAYOUT_TOO_SMALL");
    expect(await sha256File(small)).toBe(before);
  });

  test("onto a file that is attached to a loop device", async () => {
    await using _loop = await attachLoop(target);
    expect(await refusal(target)).toBe("TARGET_IN_USE");
  });

  test("onto a file that another program has open, and not one that is only open here", async () => {
    await using own = await open(target);
    const holder = spawn("sleep", ["1000"], { stdio: [own.fd, "ignore", "ignore"] });
    try {
      expect(await refusal(target)).toBe("TARGET_IN_USE");
      expect((await describeFile(target)).inUse).toEqual(["another program has it open"]);
      expect(await sourceWriters(await describeFile(target))).toEqual([]); // it only reads
    } finally {
      holder.kill();
      await once(holder, "exit");
    }
    expect((await describeFile(target)).inUse).toEqual([]);
  });

  test("onto a block device of which a file system is mounted", async () => {
    const file = await blankDisk(space.path("mounted.img"), 40 * MIB);
    await runTool("mke2fs", ["-q", "-F", file]);
    await using loop = await attachLoop(file);
    const folder = space.path("mounted");
    await mkdir(folder);
    await runTool("mount", ["-o", "ro", loop.path, folder]);
    const before = await sha256File(file);
    try {
      expect(await refusal(loop.path, image, `dev-${loop.path.slice(5)}`)).toBe("TARGET_IN_USE");
      expect(await refusal(file)).toBe("TARGET_IN_USE");
    } finally {
      await runTool("umount", [folder]);
    }
    expect(await sha256File(file)).toBe(before);
  });

  test("onto the disk, and the file below it, that the image lies on", async () => {
    const disk = await blankDisk(space.path("holder.img"), 64 * MIB);
    await runTool("mke2fs", ["-q", "-F", disk]);
    await using loop = await attachLoop(disk);
    const folder = space.path("holder");
    await mkdir(folder);
    await runTool("mount", [loop.path, folder]);
    try {
      await copyFile(image, `${folder}/image.lbi`);
      expect(await refusal(loop.path, `${folder}/image.lbi`, `dev-${loop.path.slice(5)}`)).toBe("TARGET_HOLDS_IMAGE");
      expect(await refusal(disk, `${folder}/image.lbi`)).toBe("TARGET_HOLDS_IMAGE");
      await symlink(`${folder}/image.lbi`, space.path("link.lbi"));
      expect(await refusal(disk, space.path("link.lbi"))).toBe("TARGET_HOLDS_IMAGE");
      expect(await refusal(`${folder}/image.lbi`, `${folder}/image.lbi`)).toBe("TARGET_HOLDS_IMAGE");
    } finally {
      await runTool("umount", [folder]);
    }
  });

  full("onto the image's file by another name, also as the disk below its file system", async () => {
    await link(image, space.path("linked.img"));
    const linked = await describeFile(space.path("linked.img"));
    expect((await holdingDisk(image, [linked]))?.id).toBe(linked.id);
    expect(await refusal(space.path("linked.img"))).toBe("TARGET_HOLDS_IMAGE");

    const disk = await blankDisk(space.path("linked-holder.img"), 64 * MIB);
    await runTool("mke2fs", ["-q", "-F", disk]);
    await link(disk, space.path("linked-holder-2.img"));
    await onMounted(disk, "linked-holder", async (folder) => {
      await copyFile(image, `${folder}/image.lbi`);
      const held = await describeFile(space.path("linked-holder-2.img"));
      expect((await holdingDisk(`${folder}/image.lbi`, [held]))?.id).toBe(held.id);
    });
  });

  full("onto the disk below an overlay that the image is seen in", async () => {
    const disk = await blankDisk(space.path("overlay.img"), 64 * MIB);
    await runTool("mke2fs", ["-q", "-F", disk]);
    await onMounted(disk, "overlay", async (folder, loop) => {
      for (const name of ["upper", "work", "lower"]) await mkdir(`${folder}/${name}`);
      await copyFile(image, `${folder}/lower/image.lbi`);
      const merged = space.path("merged");
      await mkdir(merged);
      const layers = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`;
      await runTool("mount", ["-t", "overlay", "-o", layers, "overlay", merged]);
      try {
        const disks = [await describeBlockDevice(loop), await describeFile(disk)];
        for (const found of disks) expect((await holdingDisk(`${merged}/image.lbi`, [found]))?.id).toBe(found.id);
      } finally {
        await runTool("umount", [merged]);
      }
    });
  });

  test("onto a write-protected block device", async () => {
    await using loop = await attachLoop(target, { readOnly: true });
    expect(await refusal(loop.path, image, `dev-${loop.path.slice(5)}`)).toBe("TARGET_READ_ONLY");
  });

  test("onto a disk with other sectors", async () => {
    await using loop = await attachLoop(target, { sectorSize: 4096 });
    expect(await refusal(loop.path, image, `dev-${loop.path.slice(5)}`)).toBe("SECTOR_SIZE_UNFIT");
  });

  test("onto the medium that the rescue system was started from", async () => {
    await using loop = await attachLoop(target);
    const disk = await describeBlockDevice(loop.path, { bootDevice: loop.path });
    const options = { verifyTarget: true, salvage: false };
    expect(disk.isBootMedium).toBe(true);
    const opened = await openImage(image);
    expect(() => planRestore(opened, disk, {}, options)).toThrow("TARGET_IS_BOOT_MEDIUM");
    const other = await describeBlockDevice(loop.path, { bootDevice: "/dev/other" });
    expect(planRestore(opened, other, {}, options).target.path).toBe(loop.path);
    expect(await sha256File(target)).toBe(targetHash);
  });

  test("with a confirmation that names another disk", async () => {
    for (const wrong of [space.path("source.img"), "yes", "", "/dev/sda", `${target} `])
      expect(await refusal(target, image, wrong)).toBe("CONFIRM_MISMATCH");
  });

  test("without a confirmation, which is a mistake in usage", async () => {
    const { status, code, text } = await lifeboatError("restore", image, "--to", target);
    expect([status, code, await sha256File(target)]).toEqual([2, "CONFIRMATION_MISSING", targetHash]);
    expect(text).toContain(`--yes-erase 'file:${target}'`);
  });

  test("onto a folder, or a disk that is not there", async () => {
    const folder = await lifeboatError("restore", image, "--to", space.folder, "--yes-erase", "x");
    expect([folder.status, folder.code]).toEqual([2, "USAGE"]);
    for (const name of ["/dev/nothing", "ata-Nothing_1234", "dev-nothing", "file:/nothing"]) {
      const missing = await lifeboatError("restore", image, "--to", name, "--yes-erase", name);
      expect([missing.status, missing.code]).toEqual([2, "NOT_FOUND"]);
    }
  });
});

describe("a plan is stale", () => {
  const planFor = async (disk: string, from = image): Promise<[RestorePlan, string]> => {
    const plan = await lifeboatJson<RestorePlan>("restore", from, "--to", disk, "--dry-run");
    const file = space.path("plan.json");
    await writeFile(file, JSON.stringify(plan));
    return [plan, file];
  };

  test("when the partition table changed since", async () => {
    const disk = await makeSampleDisk(space.path("repartitioned.img"), SMALL_DISK);
    const [, file] = await planFor(disk);
    await runTool("sgdisk", ["--change-name=1:precious", disk]);
    const before = await sha256File(disk);
    const { status, code } = await lifeboatError("run", file, "--yes-erase", disk);
    expect([status, code, await sha256File(disk)]).toEqual([7, "PLAN_STALE", before]);
  });

  full("when a file system was made anew since", async () => {
    const disk = await makeSampleDisk(space.path("formatted.img"), SMALL_DISK);
    const [, file] = await planFor(disk);
    const [first] = await readPartitions(disk);
    await runTool("mke2fs", ["-q", "-F", "-E", `offset=${first?.offset}`, disk, "8M"]);
    expect((await lifeboatError("run", file, "--yes-erase", disk)).code).toBe("PLAN_STALE");
  });

  full("when a blank disk got content since", async () => {
    const disk = await blankDisk(space.path("was-blank.img"), 40 * MIB);
    const [, file] = await planFor(disk);
    await writeAt(disk, 500_000, noise(64, 1));
    expect((await lifeboatError("run", file, "--yes-erase", disk)).code).toBe("PLAN_STALE");
  });

  full("when another image has its name", async () => {
    const copy = space.path("replaced.lbi");
    await copyFile(image, copy);
    const [, file] = await planFor(target, copy);
    await lifeboatJson("capture", target, "--to", space.path("other.lbi"));
    await rename(space.path("other.lbi"), copy);
    const { code } = await lifeboatError("run", file, "--yes-erase", target);
    expect([code, await sha256File(target)]).toEqual(["PLAN_STALE", targetHash]);
  });

  test("and a plan file that is none is refused", async () => {
    const [plan, file] = await planFor(target);
    for (const text of ["", "{}", JSON.stringify({ ...plan, operations: "all" }), await readFile(target, "latin1")]) {
      await writeFile(file, text);
      expect((await lifeboatError("run", file, "--yes-erase", target)).code).toBe("REQUEST_INVALID");
    }
  });
});

describe("a capture is refused", () => {
  test("of a disk that is being written to, and not of one that is only read", async () => {
    const file = await blankDisk(space.path("live.img"), 16 * MIB);
    await runTool("mke2fs", ["-q", "-F", file]);
    await using loop = await attachLoop(file);
    const folder = space.path("live");
    await mkdir(folder);
    for (const [mode, status] of [
      ["rw", 7],
      ["ro", undefined],
    ] as const) {
      await runTool("mount", ["-o", mode, loop.path, folder]);
      try {
        const to = space.path(`live-${mode}.lbi`);
        if (status === undefined) await lifeboatJson("capture", loop.path, "--to", to);
        else
          expect(await lifeboatError("capture", loop.path, "--to", to)).toMatchObject({
            status,
            code: "SOURCE_IN_USE",
          });
      } finally {
        await runTool("umount", [folder]);
      }
    }
  });

  test("onto a name that exists, or whose unfinished name is the source's", async () => {
    const source = await blankDisk(space.path("odd.lbi.partial"), 4 * MIB);
    await writeAt(source, MIB, noise(100, 1));
    const before = await sha256File(source);
    for (const to of [image, target, space.folder, space.path("odd.lbi")])
      expect(await lifeboatError("capture", source, "--to", to)).toMatchObject({ status: 7, code: "FILE_EXISTS" });
    expect([await sha256File(source), await sha256File(target)]).toEqual([before, targetHash]);
  });

  test("into a folder that is not there", async () => {
    const refused = await lifeboatError("capture", target, "--to", space.path("nowhere/image.lbi"));
    expect(refused).toMatchObject({ status: 6, code: "CREATE_FAILED" });
  });
});

full("content of an unknown kind is a loss, and a blank disk has none", async () => {
  const losses = async (disk: string) =>
    (await lifeboatJson<RestorePlan>("restore", image, "--to", disk, "--dry-run")).losses.map(({ kind }) => kind);
  const disk = await blankDisk(space.path("unknown.img"), 40 * MIB);
  expect(await losses(disk)).toEqual([]);
  await writeAt(disk, 900_000, noise(64, 1));
  expect(await losses(disk)).toEqual(["content"]);
  const behind = await blankDisk(space.path("lost-table.img"), 40 * MIB);
  await runTool("mke2fs", ["-q", "-F", "-E", `offset=${4 * MIB}`, behind, "8M"]);
  expect(await losses(behind)).toEqual(["content"]);
  await writeAt(behind, 4 * MIB, new Uint8Array(8 * MIB));
  expect(await losses(behind)).toEqual([]);
});

full("a disk that was partitioned after an interrupted restore loses what was put there", async () => {
  const disk = await blankDisk(space.path("marked.img"), 40 * MIB);
  const marker = { planId: "plan-0123456789abcdef", rootHash: new Uint8Array(32), chunks: 0 };
  await writeAt(disk, 0, markerSector(marker, 512));
  const before = await describeFile(disk);
  expect([before.unfinishedRestore, isUnfinished(before)]).toEqual(["plan-0123456789abcdef", true]);
  await runTool("sfdisk", ["--quiet", disk], { input: "label: dos\nstart=2048, size=16MiB\n" });
  const after = await describeFile(disk);
  expect([after.unfinishedRestore, findLosses(after).map(({ kind }) => kind)]).toEqual([undefined, ["partition"]]);
});

test("a plan finds its disk by its id, wherever it is attached, and never writes to the old name's disk", async () => {
  const [mine, other] = [await blankDisk(space.path("mine"), 40 * MIB), await blankDisk(space.path("other"), 40 * MIB)];
  const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", mine, "--dry-run");
  const before = await sha256File(other);
  // The id says one disk, the name that it had says another: as after a reboot that renames sda and sdb.
  const renamed = { ...plan, target: { ...plan.target, kind: "block" as const, path: other } };
  const steps = runRestore(renamed)(new AbortController().signal);
  await drain(steps).catch(() => {});
  expect(await sha256File(other)).toBe(before);
  expect((await openImage(image)).manifest.disk.size).toBe(SMALL_DISK.size);
});

async function drain(steps: AsyncGenerator): Promise<void> {
  for (let step = await steps.next(); !step.done; ) step = await steps.next();
}
