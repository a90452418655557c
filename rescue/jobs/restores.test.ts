import { describe, expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import type { UndoPlace } from "#imaging/plan/undo-place.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { RestoreWish } from "#imaging/wish/restore-wish.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { PlanStore } from "#rescue/jobs/plan-store.ts";
import { Restores } from "#rescue/jobs/restores.ts";
import {
  HandRestore,
  memoryLog,
  sampleDisk,
  sampleFound,
  sampleImage,
  sampleManifest,
  samplePartition,
} from "#test/doubles/rescue.ts";

const options = { verifyTarget: false, salvage: false };

/** A machine with a stick that holds images, and two disks that may be the target. */
function machine() {
  const stick = sampleDisk({ id: "usb-STICK_1", path: "/dev/sda", inUse: ["/dev/sda1 is mounted at /media"] });
  const state = {
    disks: [stick, sampleDisk(), sampleDisk({ id: "ata-OTHER", path: "/dev/sdc" })] as Disk[],
    found: [sampleFound(), sampleFound({ id: "image-2", path: "/other/b.lbi", diskId: "ata-OTHER" })] as FoundImage[],
    rootHash: "ab".repeat(32),
    released: [] as string[],
    revived: [] as string[],
    hand: new HandRestore(),
    locked: false,
    manifest: sampleManifest(),
    wishes: [] as RestoreWish[],
    machinesRead: 0,
    place: { path: "/media/undo", kind: "folder", inMemory: false, mostBytes: 1 << 20 } as UndoPlace | undefined,
  };
  const jobs = new JobRegistry();
  const restores = new Restores({
    engine: {
      readManifest: async (path, { unlock }) => {
        if (state.locked) await unlock(path);
        return sampleImage(path, { manifest: state.manifest });
      },
      openImage: async (path, { unlock }) => {
        if (state.locked) await unlock(path);
        return sampleImage(path, { rootHash: state.rootHash });
      },
      planRestore,
      planWish: async (image, disk, { context, options: chosen, wish, machine }) => {
        state.wishes.push(wish);
        await machine();
        return planRestore(image, disk, context, chosen);
      },
      planCloneWish: async (source, disk, { context, options: chosen, wish }) => {
        state.wishes.push(wish);
        const cloned = { ...source, raw: false, leaveOutPageFiles: false };
        return planRestore(sampleImage(source.path), disk, { ...context, source: cloned }, chosen);
      },
      readMachine: async () => {
        state.machinesRead++;
        return {} as MachineHardware;
      },
      checkConfirmation,
      restoreAndMend: state.hand.run,
    },
    images: {
      open: async (id) => {
        const found = state.found.find((image) => image.id === id);
        if (!found) throw new Error(`no ${id}`);
        return found;
      },
      revive: async (id) => {
        state.revived.push(id);
        if (state.revived.length === 1) throw new Error("mount: wrong fs type");
      },
      release: async (id) => {
        state.released.push(id);
        state.disks = state.disks.map((disk) => (disk.id === id ? { ...disk, inUse: [] } : disk));
      },
    },
    unlock: async (file) => {
      throw new LifeboatError("IMAGE_LOCKED", { file });
    },
    log: memoryLog(),
    listDisks: async () => state.disks,
    undoPlace: async () => state.place,
    cloneUndoPlace: async () => state.place,
    version: "0.1.0",
    plans: new PlanStore(),
    jobs,
  });
  const change = (id: string, by: Partial<Disk>) => {
    state.disks = state.disks.map((disk) => (disk.id === id ? { ...disk, ...by } : disk));
  };
  const plan = (targetId = "ata-TARGET_0001", imageId = "image-1") => restores.plan({ imageId, targetId, options });
  return { state, jobs, restores, change, plan };
}

describe("targets", () => {
  it("refuses the disk that holds the image and takes the others", async () => {
    const { restores } = machine();
    const targets = await restores.targets("image-1");
    expect(targets.map((t) => [t.disk.id, t.refusal?.code])).toEqual([
      ["usb-STICK_1", "TARGET_HOLDS_IMAGE"],
      ["ata-TARGET_0001", undefined],
      ["ata-OTHER", undefined],
    ]);
    expect(targets[1]?.name).toBe("Target (…7777)");
  });

  it("lets go of a disk that only the search for images has mounted, but not of the image's own", async () => {
    const { restores, change, state } = machine();
    change("ata-OTHER", { inUse: ["/dev/sdc1 is mounted read-only at /run/lifeboat/media/ata-OTHER-part1"] });
    const targets = await restores.targets("image-1");
    expect(state.released).toEqual(["ata-OTHER"]);
    expect(targets[2]?.refusal).toBeUndefined();
  });

  it("offers a disk on which the partitions cannot lie as they did, where others may be found for them", async () => {
    const { restores, change, state } = machine();
    change("ata-TARGET_0001", { size: 16 << 20 });
    const [, refused] = await restores.targets("image-1");
    expect([refused?.refusal?.code, refused?.needsLayout]).toEqual(["TARGET_TOO_SMALL", undefined]);
    state.manifest = sampleManifest({ table: { type: "gpt", problems: [] } });
    const [, offered] = await restores.targets("image-1");
    expect([offered?.refusal, offered?.needsLayout?.code]).toEqual([undefined, "TARGET_TOO_SMALL"]);
    const region = { kind: "volume" as const, label: "", start: 0, size: 20 << 20, mode: "raw" as const };
    state.manifest = sampleManifest({
      table: { type: "gpt", problems: [] },
      regions: [{ ...region, usedBytes: 20 << 20 }],
    });
    const [, full] = await restores.targets("image-1");
    expect(full?.refusal?.code).toBe("TARGET_TOO_SMALL");
  });

  it("shows a disk that a job writes to as busy, and leaves its mounts alone", async () => {
    const { restores, plan, state } = machine();
    await restores.start({ planId: (await plan()).id, confirm: "ata-TARGET_0001" });
    state.released.length = 0;
    const targets = await restores.targets("image-1");
    expect(targets[1]?.refusal?.code).toBe("JOB_BUSY");
    expect(state.released).toEqual([]);
  });
});

describe("a clone", () => {
  const clone = (restores: Restores, targetId: string) =>
    restores.plan({ diskId: "ata-OTHER", targetId, options: { verifyTarget: false, salvage: false } });

  it("is offered every disk but its source, and one with other room only with another layout", async () => {
    const { restores, change } = machine();
    const codes = async () =>
      (await restores.cloneTargets("ata-OTHER")).map(({ disk, refusal, needsLayout }) => [
        ...[disk.id, refusal?.code, needsLayout?.code],
      ]);
    change("ata-TARGET_0001", { size: 16 << 20 });
    expect(await codes()).toEqual([
      ["usb-STICK_1", undefined, undefined],
      ["ata-TARGET_0001", "TARGET_TOO_SMALL", undefined],
      ["ata-OTHER", "TARGET_IS_SOURCE", undefined],
    ]);
    change("ata-OTHER", { table: { type: "gpt", problems: [] } });
    expect((await codes())[1]).toEqual(["ata-TARGET_0001", undefined, "TARGET_TOO_SMALL"]);
    await expect(restores.cloneTargets("ata-NONE")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("runs as a restore does, and keeps both disks from other jobs", async () => {
    const { restores, state, jobs, plan } = machine();
    const planned = await clone(restores, "ata-TARGET_0001");
    expect(planned.source?.id).toBe("ata-OTHER");
    expect(state.released).toEqual(["ata-OTHER", "ata-TARGET_0001"]);
    const job = await restores.start({ planId: planned.id, confirm: "ata-TARGET_0001" });
    expect(job.plan.id).toBe(planned.id);
    expect(() => jobs.reserve("ata-OTHER", "Other")).toThrow(expect.objectContaining({ code: "TARGET_IN_USE" }));
    await expect(plan()).rejects.toMatchObject({ code: "JOB_BUSY" });
  });

  it("is planned anew when the target changed, and not started when it is gone", async () => {
    const { restores, change, state } = machine();
    const planned = await clone(restores, "ata-TARGET_0001");
    change("ata-TARGET_0001", { fingerprint: "fingerprint-2" });
    const start = () => restores.start({ planId: planned.id, confirm: "ata-TARGET_0001" });
    await expect(start()).rejects.toMatchObject({ code: "PLAN_STALE" });
    state.disks = state.disks.filter(({ id }) => id !== "ata-OTHER");
    await expect(start()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("plan", () => {
  it("refuses the disk that holds the image", () =>
    expect(machine().plan("usb-STICK_1")).rejects.toMatchObject({ code: "TARGET_HOLDS_IMAGE" }));
  it("does not know a disk that is not there", () =>
    expect(machine().plan("ata-NONE")).rejects.toMatchObject({ code: "NOT_FOUND" }));
  it("refuses a disk that others have mounted", async () => {
    const { restores, state } = machine();
    state.disks = [sampleDisk({ id: "x", readOnly: true })];
    await expect(restores.plan({ imageId: "image-1", targetId: "x", options })).rejects.toMatchObject({
      code: "TARGET_READ_ONLY",
    });
  });
});

describe("what is wanted besides", () => {
  const wish: RestoreWish = { systems: { bootRepair: true, universal: true, identity: "new", hostname: "pc-7" } };

  it("goes into the plan, and into the one that the start is held against; the machine is judged once", async () => {
    const { restores, state } = machine();
    const plan = await restores.plan({ imageId: "image-1", targetId: "ata-TARGET_0001", options, wish });
    expect(state.machinesRead).toBe(1);
    await restores.start({ planId: plan.id, confirm: plan.target.id });
    expect(state.wishes).toEqual([wish, wish]);
    expect(state.machinesRead).toBe(1);
  });

  it("is judged for no machine where the disk is a raw file", async () => {
    const { restores, state, change } = machine();
    change("ata-TARGET_0001", { kind: "file" });
    await restores.plan({ imageId: "image-1", targetId: "ata-TARGET_0001", options, wish });
    expect(state.machinesRead).toBe(0);
  });
});

describe("what makes the old content findable again", () => {
  const partitions = [samplePartition(1, "ext4")];

  it("is saved where there is a place for it, and the engine is told by whom", async () => {
    const { restores, plan, change, state } = machine();
    change("ata-TARGET_0001", { partitions });
    const shown = await plan();
    expect(shown.undo).toEqual(state.place);
    await restores.start({ planId: shown.id, confirm: "ata-TARGET_0001" });
    expect(state.hand.options.writerVersion).toBe("0.1.0");
  });

  it("is not saved where there is none, which the plan says, or where nothing is lost", async () => {
    const { plan, change, state } = machine();
    expect((await plan()).undo).toBeUndefined();
    state.place = undefined;
    expect((await plan()).warnings.map(({ code }) => code)).toEqual(["SPACE_UNUSED"]);
    change("ata-TARGET_0001", { partitions });
    const shown = await plan();
    expect([shown.undo, shown.warnings.map(({ code }) => code)]).toEqual([
      undefined,
      ["UNDO_NO_PLACE", "SPACE_UNUSED"],
    ]);
  });

  it("that is kept in memory only is lost with a restart, which the plan says", async () => {
    const { plan, change, state } = machine();
    change("ata-TARGET_0001", { partitions });
    state.place = { path: "/var/lib/lifeboat/undo", kind: "folder", inMemory: true, mostBytes: 1 << 20 };
    expect((await plan()).warnings.map(({ text }) => text).join()).toContain("copy /var/lib/lifeboat/undo to another");
  });
});

describe("start", () => {
  it("runs the plan that was shown", async () => {
    const { restores, plan, state } = machine();
    const shown = await plan();
    const job = await restores.start({ planId: shown.id, confirm: shown.target.id });
    expect(job).toMatchObject({ state: "running", plan: { id: shown.id } });
    expect(state.hand.started).toBe(1);
  });

  it.each([
    [
      "another disk is there under the same id",
      (m: ReturnType<typeof machine>) => m.change("ata-TARGET_0001", { fingerprint: "2" }),
    ],
    ["the image changed", (m: ReturnType<typeof machine>) => (m.state.rootHash = "cd".repeat(32))],
    ["the disk is gone", (m: ReturnType<typeof machine>) => (m.state.disks = m.state.disks.slice(0, 1))],
  ])("is refused as stale when %s", async (_what, happen) => {
    const m = machine();
    const { id } = await m.plan();
    happen(m);
    await expect(m.restores.start({ planId: id, confirm: "ata-TARGET_0001" })).rejects.toMatchObject({
      code: "PLAN_STALE",
    });
    expect(m.state.hand.started).toBe(0);
    // The refused start has let go of the target.
    expect(m.jobs.isTarget("ata-TARGET_0001")).toBe(false);
  });

  it("waits for media that are pulled, and mounts the image's again", async () => {
    const { restores, plan, state, jobs } = machine();
    const { id } = await plan();
    const job = await restores.start({ planId: id, confirm: "ata-TARGET_0001" });
    expect(state.hand.options).toMatchObject({ waitSeconds: 900, unlock: expect.any(Function) });
    await state.hand.step();
    expect([jobs.get(job.id).view().progress?.paused, state.revived]).toEqual([undefined, []]);
    await state.hand.pause();
    const paused = { code: "READ_FAILED", text: "the stick does not answer" };
    expect(jobs.get(job.id).view().progress?.paused).toEqual(paused);
    await state.hand.pause();
    expect(state.revived).toEqual(["image-1", "image-1"]);
    await state.hand.end();
    expect(jobs.get(job.id).view()).toMatchObject({ state: "succeeded" });
  });

  it("is refused for an image that is locked, as its plan and its targets are", async () => {
    const { restores, plan, state } = machine();
    const { id } = await plan();
    state.locked = true;
    const locked = { code: "IMAGE_LOCKED" };
    await expect(restores.start({ planId: id, confirm: "ata-TARGET_0001" })).rejects.toMatchObject(locked);
    await expect(plan()).rejects.toMatchObject(locked);
    await expect(restores.targets("image-1")).rejects.toMatchObject(locked);
    expect(state.hand.started).toBe(0);
  });

  it("needs the confirmation of this target", async () => {
    const { restores, plan, state } = machine();
    const { id } = await plan();
    await expect(restores.start({ planId: id, confirm: "ata-OTHER" })).rejects.toMatchObject({
      code: "CONFIRM_MISMATCH",
    });
    expect(state.hand.started).toBe(0);
  });

  it("knows only plans that were made here", () =>
    expect(machine().restores.start({ planId: "plan-0", confirm: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" }));

  it("allows one job a disk, also when two are asked for at once", async () => {
    const { restores, plan, state } = machine();
    const { id } = await plan();
    const request = { planId: id, confirm: "ata-TARGET_0001" };
    const results = await Promise.allSettled([restores.start(request), restores.start(request)]);
    expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected"]);
    expect((results[1] as PromiseRejectedResult).reason.code).toBe("JOB_BUSY");
    expect(state.hand.started).toBe(1);
    await expect(plan()).rejects.toMatchObject({ code: "JOB_BUSY" });
  });

  it("may write two disks at a time", async () => {
    const { restores, plan, state } = machine();
    const [a, b] = [await plan(), await plan("ata-OTHER")];
    await restores.start({ planId: a.id, confirm: a.target.id });
    await restores.start({ planId: b.id, confirm: b.target.id });
    expect(state.hand.started).toBe(2);
  });

  it("refuses a target that a running job reads its image from", async () => {
    const { restores, plan } = machine();
    const fromOther = await plan("ata-TARGET_0001", "image-2");
    const toOther = await plan("ata-OTHER", "image-1");
    await restores.start({ planId: fromOther.id, confirm: fromOther.target.id });
    await expect(restores.start({ planId: toOther.id, confirm: toOther.target.id })).rejects.toMatchObject({
      code: "TARGET_IN_USE",
    });
  });

  it("refuses an image on a disk that a running job writes to", async () => {
    const { restores, plan } = machine();
    const toOther = await plan("ata-OTHER", "image-1");
    const fromOther = await plan("ata-TARGET_0001", "image-2");
    await restores.start({ planId: toOther.id, confirm: toOther.target.id });
    await expect(restores.start({ planId: fromOther.id, confirm: fromOther.target.id })).rejects.toMatchObject({
      code: "JOB_BUSY",
    });
  });
});
