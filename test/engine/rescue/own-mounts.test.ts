import { copyFile, mkdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { openImage, readManifest } from "#imaging/image/image-reader.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { describeFile } from "#imaging/inventory/list-disks.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { planCloneWish } from "#imaging/wish/plan-clone-wish.ts";
import { planWish } from "#imaging/wish/plan-wish.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import { linuxMounter } from "#rescue/images/mounter.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { PlanStore } from "#rescue/jobs/plan-store.ts";
import { Restores } from "#rescue/jobs/restores.ts";
import { memoryLog } from "#test/doubles/rescue.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const OPTIONS = { verifyTarget: false, salvage: false };

/** A disk without a table, whose file system holds a copy of the image. */
async function diskWithImage(work: Workspace, name: string, image: string): Promise<string> {
  const disk = await blankDisk(work.path(name), 96 * MIB);
  await runTool("mke2fs", ["-q", "-t", "ext4", disk]);
  await mkdir(work.path("filled"), { recursive: true });
  await using loop = await attachLoop(disk);
  await runTool("mount", [loop.path, work.path("filled")]);
  await copyFile(image, work.path(`filled/${name}.lbi`));
  await runTool("umount", [work.path("filled")]);
  return disk;
}

it("gives up a disk that only the search for images has mounted, but never the one that holds the chosen image", async () => {
  await using work = await openWorkspace();
  const source = await makeSampleDisk(work.path("source.raw"), SMALL_DISK);
  await lifeboatJson("capture", source, "--to", work.path("image.lbi"));
  const a = await diskWithImage(work, "a", work.path("image.lbi"));
  const b = await diskWithImage(work, "b", work.path("image.lbi"));

  const listDisks = () => Promise.all([a, b].map((path) => describeFile(path)));
  const jobs = new JobRegistry();
  const keys = new ImageKeys();
  const images = new ImageLibrary({
    listDisks,
    holdingDisk,
    readManifest,
    keys,
    mounter: linuxMounter(work.path("media")),
    readMountTable: () => readMountTable(),
    folders: async () => [],
    isTarget: (id) => jobs.isTarget(id),
    log: memoryLog(),
  });
  try {
    const engine = {
      ...{
        readManifest,
        openImage,
        planRestore,
        planWish,
        planCloneWish,
        readMachine,
        checkConfirmation,
        restoreAndMend,
      },
    };
    const restores = new Restores({
      ...{ engine, images, listDisks, plans: new PlanStore(), jobs },
      ...{
        unlock: keys.unlock,
        log: memoryLog(),
        undoPlace: async () => undefined,
        cloneUndoPlace: async () => undefined,
        version: "0.1.0",
      },
    });
    const found = await images.list();
    expect(found.map((image) => image.fileName).toSorted()).toEqual(["a.lbi", "b.lbi"]);
    const [onA, onB] = ["a.lbi", "b.lbi"].map((name) => found.find((image) => image.fileName === name)?.id ?? "");
    expect((await listDisks()).map((disk) => disk.inUse.length)).toEqual([1, 1]);

    const refusals = async (id = "") => (await restores.targets(id)).map((target) => target.refusal?.code);
    expect(await refusals(onA)).toEqual(["TARGET_HOLDS_IMAGE", undefined]);
    expect(await refusals(onB)).toEqual([undefined, "TARGET_HOLDS_IMAGE"]);

    const plan = await restores.plan({ imageId: onA ?? "", targetId: `file:${b}`, options: OPTIONS });
    const job = await restores.start({ planId: plan.id, confirm: plan.target.id });
    await jobs.get(job.id).job.result;
    expect(await usedBytesDiffer(work.path("image.lbi"), source, b, { tables: false })).toEqual([]);
    expect((await images.rescan()).map((image) => image.fileName)).toEqual(["a.lbi"]);
  } finally {
    await images.close();
  }
});
