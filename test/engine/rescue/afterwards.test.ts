import { mkdir, rm } from "node:fs/promises";
import { expect, it } from "vitest";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { describeFile } from "#imaging/inventory/list-disks.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { Destinations } from "#rescue/operations/destinations.ts";
import { Operations } from "#rescue/operations/operations.ts";
import { memoryLog } from "#test/doubles/rescue.ts";
import { noisyDisk, openWorkspace } from "#test/engine/image/workspace.ts";

/** Captures by the rescue server's own operations, on a machine whose power is only noted. */
async function setup(folder: string, disk: string, isRescue = true) {
  const powered: string[] = [];
  const ended: (() => void)[] = [];
  const listDisks = async () => [await describeFile(disk)];
  const jobs = new JobRegistry();
  const noImages = async (): Promise<never> => {
    throw new Error("no image is asked for");
  };
  const operations = new Operations({
    ...{ listDisks, jobs, isRescue, version: "0.1.0", log: memoryLog() },
    images: { open: noImages, release: async () => {}, revive: async () => {} },
    unlock: noImages,
    destinations: new Destinations({
      ...{ listDisks, holdingDisk, isRescue: false, folders: [folder], lowSpace: () => 0 },
      shares: async () => [],
      dataFolder: noImages,
      release: async () => {},
    }),
    undo: async () => "no-place",
    restored: () => ({ diskId: "", undoFile: undefined }),
    rescan: async () => [],
    mark: async (what) => {
      if (what !== "job running") ended.shift()?.();
    },
    power: async (action) => {
      powered.push(`${action}, busy: ${jobs.busyDisk() ?? "nothing"}`);
      ended.shift()?.();
    },
  });
  const capture = async (name: string) =>
    operations.plan({
      ...{ kind: "capture", diskId: `file:${disk}`, destinationId: `folder:${folder}`, name, verify: true },
    });
  /** Settles after so many marks and switches. */
  const events = (count: number) =>
    Promise.all(Array.from({ length: count }, () => new Promise<void>((resolve) => ended.push(resolve))));
  return { operations, capture, powered, events };
}

it("switches the machine off after a success, when nothing is busy any more, and not after a failure", async () => {
  await using work = await openWorkspace();
  const disk = await noisyDisk(work.path("disk.raw"), 8 << 20);
  const folder = work.path("images");
  await mkdir(folder);
  const { operations, capture, powered, events } = await setup(folder, disk);
  const first = await capture("first");
  const over = events(2);
  operations.start(first.id, first.confirmation.id, "shut-down");
  await over;
  expect(powered).toEqual(["shut-down, busy: nothing"]);
  const second = await capture("second");
  await rm(folder, { recursive: true });
  const failed = events(1);
  const { id } = operations.start(second.id, second.confirmation.id, "restart");
  await failed;
  expect(operations.get(id)).toMatchObject({ state: "failed", afterwards: "restart" });
  expect(powered).toHaveLength(1);
});

it("starts nothing with a wish that it may not fulfil", async () => {
  await using work = await openWorkspace();
  const disk = await noisyDisk(work.path("disk.raw"), 8 << 20);
  const { operations, capture } = await setup(work.folder, disk, false);
  const { id, confirmation } = await capture("image");
  expect(() => operations.start(id, confirmation.id, "restart")).toThrow(
    expect.objectContaining({ code: "FORBIDDEN" }),
  );
  expect(operations.list()).toEqual([]);
});
