import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { inventoryHash, planRestore } from "#imaging/plan/plan-restore.ts";
import { sampleDisk, sampleImage, samplePartition } from "#test/doubles/sample-plan.ts";

const OPTIONS = { verifyTarget: true, salvage: false };
const plan = (image = sampleImage(), disk = sampleDisk(), options = OPTIONS) => planRestore(image, disk, {}, options);

test("the same wish gives the same plan, and each change another id", () => {
  expect(plan()).toEqual(plan());
  const ids = [
    plan(),
    plan({ ...sampleImage(), rootHash: "cd".repeat(32) }),
    plan(sampleImage(), sampleDisk({ fingerprint: "f1" })),
    plan(sampleImage(), sampleDisk({ path: "/dev/sdb" })),
    plan(sampleImage(), sampleDisk(), { verifyTarget: false, salvage: false }),
    plan(sampleImage(), sampleDisk(), { verifyTarget: true, salvage: true }),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a plan survives JSON unchanged, and is what its schema says", () => {
  const made = plan(sampleImage(), sampleDisk({ partitions: [samplePartition(1)] }));
  expect(RestorePlan.parse(JSON.parse(JSON.stringify(made)))).toEqual(JSON.parse(JSON.stringify(made)));
});

test("the table is written after everything else, and the target is read back last", () => {
  expect(plan().operations.map(({ op }) => op)).toEqual([
    "clear-table",
    "write-region",
    "write-boot-areas",
    "write-table",
    "verify-target",
  ]);
  const unverified = plan(sampleImage(), sampleDisk(), { verifyTarget: false, salvage: false });
  expect(unverified.operations.at(-1)?.op).toBe("write-table");
});

test("the layout after is the image's, with what each partition holds", () => {
  const { after, before } = plan(sampleImage(), sampleDisk({ partitions: [samplePartition(1)] }));
  expect(after).toMatchObject({
    tableType: "gpt",
    size: 4 * 2 ** 30,
    partitions: [{ number: 1, usedBytes: 5000, mode: "used-blocks" }],
  });
  expect(before.partitions).toHaveLength(1);
  expect(before.partitions[0]).not.toHaveProperty("usedBy");
});

test.each([
  ["TARGET_IS_BOOT_MEDIUM", { isBootMedium: true }],
  ["TARGET_READ_ONLY", { readOnly: true }],
  ["TARGET_IN_USE", { inUse: ["/dev/sda1 is mounted at /"] }],
  ["SECTOR_SIZE_DIFFERS", { sectorSize: 4096 }],
  ["TARGET_TOO_SMALL", { size: 2 * 2 ** 30 - 1 }],
  ["TARGET_HOLDS_IMAGE", { path: "/images/office.lbi" }],
] as const)("%s", (code, changes) => {
  try {
    plan(sampleImage(), sampleDisk(changes as object));
    expect.unreachable();
  } catch (error) {
    expect(isLifeboatError(error) && [error.code, error.exitStatus]).toEqual([code, 7]);
    expect((error as Error).message).toContain(Object.hasOwn(changes, "path") ? "/images/office.lbi" : "/dev/sda");
  }
});

test("TARGET_HOLDS_IMAGE by the disk that the image's file lies on", () => {
  const context = { imageDiskId: sampleDisk().id };
  expect(() => planRestore(sampleImage(), sampleDisk(), context, OPTIONS)).toThrow("TARGET_HOLDS_IMAGE");
  expect(planRestore(sampleImage(), sampleDisk(), { imageDiskId: "another" }, OPTIONS).kind).toBe("restore");
});

test("a target of exactly the source's size is large enough", () => {
  expect(plan(sampleImage(), sampleDisk({ size: 2 * 2 ** 30 })).warnings).toEqual([]);
});

test("warnings: unused space, faults of the source, an unfinished restore, salvage", () => {
  const problems = [{ code: "GPT_BACKUP_DAMAGED" as const, text: "the backup is damaged" }];
  const image = sampleImage({ table: { type: "gpt", problems } });
  const disk = sampleDisk({ unfinishedRestore: "plan-0" });
  const made = plan(image, disk, { verifyTarget: true, salvage: true });
  expect(made.warnings.map(({ code }) => code)).toEqual([
    "GPT_BACKUP_DAMAGED",
    "SPACE_UNUSED",
    "UNFINISHED_RESTORE",
    "SALVAGE",
  ]);
});

test("the inventory hash follows the image's content and the target's state, and nothing else", () => {
  const hash = inventoryHash(sampleImage(), sampleDisk());
  expect(inventoryHash(sampleImage(), sampleDisk({ path: "/dev/sdq" }))).toBe(hash);
  expect(inventoryHash(sampleImage(), sampleDisk({ fingerprint: "f1" }))).not.toBe(hash);
  expect(inventoryHash({ rootHash: "00" }, sampleDisk())).not.toBe(hash);
});
