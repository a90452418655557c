import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { ExtentList } from "#imaging/extent.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { checkPlanId, inventoryHash, planId, planRestore } from "#imaging/plan/plan-restore.ts";
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

test("a plan that was changed after it was made is told by its id, and its way through JSON is no change", () => {
  const filesystem = { type: "ext4", blockSize: 4096, size: 1 << 20, warnings: [], unknownHere: 1 };
  const made = plan(sampleImage(), sampleDisk({ partitions: [samplePartition(1, { filesystem })] }));
  const { id, ...content } = made;
  expect(planId(content)).toBe(id);
  checkPlanId(made);
  const read = RestorePlan.parse(JSON.parse(JSON.stringify(made)));
  checkPlanId(read);
  checkPlanId(Object.fromEntries(Object.entries(read).toReversed()) as RestorePlan);
  for (const change of [{ losses: [] }, { operations: [] }, { writeBytes: 1 }, { id: "plan-0" }])
    expect(() => checkPlanId({ ...read, ...change }), JSON.stringify(change)).toThrow("REQUEST_INVALID");
});

test("what was written is read back before the table is written, last of all", () => {
  expect(plan().operations.map(({ op }) => op)).toEqual([
    "clear-table",
    "write-region",
    "write-boot-areas",
    "verify-target",
    "write-table",
  ]);
  const unverified = plan(sampleImage(), sampleDisk(), { verifyTarget: false, salvage: false });
  expect(unverified.operations.map(({ op }) => op)).not.toContain("verify-target");
});

const region = { label: "x", start: 0, size: 9000, usedBytes: 900, mode: "raw" } as const;
const tableless = { table: { type: "none" as const, problems: [] }, partitions: [] };

test.each([
  ["gaps", { regions: [...sampleImage().manifest.regions, { ...region, kind: "gap" as const }] }],
  ["the whole disk", { regions: [{ ...region, kind: "disk" as const }] }],
  ["no table", { ...tableless, regions: [{ ...region, kind: "volume" as const, partition: 0 }] }],
])("the bytes of the operations add up: %s", (_name, changes) => {
  const { operations, writeBytes } = plan(sampleImage(changes));
  const [clear, ...others] = operations.filter(({ op }) => op !== "verify-target");
  expect(clear).toMatchObject({ op: "clear-table", bytes: (1 << 20) + 34 * 512 });
  expect(others.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(writeBytes);
});

test("gaps are listed once, and no table is promised where the image has none", () => {
  const gap = { ...region, label: "boot loader's gap", kind: "gap" as const };
  const withGap = plan(sampleImage({ regions: [...sampleImage().manifest.regions, gap] })).operations;
  expect(withGap.filter(({ text }) => /gap|boot loader/.test(text))).toMatchObject([{ op: "write-boot-areas" }]);
  const none = plan(sampleImage({ ...tableless, regions: [{ ...region, kind: "volume", partition: 0 }] })).operations;
  expect(none.map(({ text }) => text).filter((text) => text.startsWith("Write"))).toEqual([
    "Write x: 900 B of 8.79 KiB",
    "Write boot sectors",
    "Write the start of the disk, last of all",
  ]);
});

const GIB = 2 ** 30;
const beyond = [{ ...samplePartition(1), start: 1 << 20, size: 3 * GIB }];
const mbr = { table: { type: "mbr" as const, problems: [] }, partitions: beyond };

test.each([
  ["an MBR's partition beyond the end", mbr, 3 * GIB + (1 << 20)],
  ["the same of a GPT, with its backup", { partitions: beyond }, 3 * GIB + (1 << 20) + 33 * 512],
  ["the same on a whole-disk image", { ...mbr, regions: [{ ...region, kind: "disk" as const }] }, 3 * GIB + (1 << 20)],
])("a target that the table does not fit is refused, as the restore would: %s", (_name, changes, need) => {
  expect(() => plan(sampleImage(changes), sampleDisk({ size: need - 512 }))).toThrow(`${need} bytes`);
  expect(plan(sampleImage(changes), sampleDisk({ size: need })).kind).toBe("restore");
});

test("a whole-disk image fits a disk of its source's size whatever its table says", () => {
  const image = sampleImage({ ...mbr, regions: [{ ...region, kind: "disk" }] });
  expect(plan(image, sampleDisk({ size: 2 * GIB })).kind).toBe("restore");
});

test("a target whose name may be another disk's tomorrow is warned of", () => {
  const codes = (id: string) => plan(sampleImage(), sampleDisk({ id })).warnings.map(({ code }) => code);
  expect(codes("dev-vda")).toContain("ID_NOT_STABLE");
  expect(codes("virtio-dev-vda")).not.toContain("ID_NOT_STABLE");
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

test("a target that cannot be read is refused as that, and is not called in use", () => {
  const unreadable = { reason: "no-medium", text: "no medium is in it" } as const;
  expect(() => plan(sampleImage(), sampleDisk({ unreadable }))).toThrow(
    /^OPEN_FAILED: cannot open .*\/dev\/sda.*: no medium is in it$/,
  );
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

test("what the image could not read of its source is warned of, with its size and places", () => {
  const lacking = (...starts: number[]) => {
    const bad = ExtentList.of(starts.map((start) => ({ start, end: start + 4096 })));
    return plan({ ...sampleImage(), bad });
  };
  expect(lacking().warnings).toEqual(plan().warnings);
  expect(lacking().id).toBe(plan().id);
  const [warning] = lacking(8192, 1 << 20, 2 ** 40).warnings;
  expect(warning?.code).toBe("IMAGE_LACKS_SECTORS");
  expect(warning?.text).toMatch(/^The image lacks 12 KiB in 3 places that could not be read when it was made/);
  expect(lacking(0).warnings[0]?.text).toContain("lacks 4 KiB in 1 place that");
  expect(lacking(8192).id).not.toBe(lacking(8192, 1 << 20).id);
});

test("the inventory hash follows the image's content and the target's state, and nothing else", () => {
  const hash = inventoryHash(sampleImage(), sampleDisk());
  expect(inventoryHash(sampleImage(), sampleDisk({ path: "/dev/sdq" }))).toBe(hash);
  expect(inventoryHash(sampleImage(), sampleDisk({ fingerprint: "f1" }))).not.toBe(hash);
  expect(inventoryHash({ rootHash: "00" }, sampleDisk())).not.toBe(hash);
});

test("a partition that was left out of the image is named: it will be empty", () => {
  const { manifest } = sampleImage();
  const [first] = manifest.partitions;
  const image = sampleImage({
    partitions: [...manifest.partitions, { ...samplePartition(9), start: first?.start ?? 0 }],
  });
  const said = plan(image).warnings.find(({ code }) => code === "PARTITION_LEFT_OUT");
  expect(said?.text).toMatch(/^Partition 9 .* was left out of the image: it will be there, and empty$/);
  expect(plan().warnings.map(({ code }) => code)).not.toContain("PARTITION_LEFT_OUT");
});
