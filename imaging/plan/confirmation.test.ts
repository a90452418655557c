import { expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { checkConfirmation, confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { sampleDisk, sampleImage, samplePartition } from "#test/doubles/sample-plan.ts";

const ESP = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
const levelOf = (disk: Disk) => confirmationFor(disk, findLosses(disk)).level;
const planFor = (disk: Disk) => planRestore(sampleImage(), disk, {}, { verifyTarget: true, salvage: false });
const files = { type: "ntfs", label: "Data", blockSize: 4096, size: 1 << 20, warnings: [] };

test("every loss has its name: number, label, file system and size", () => {
  const partitions = [
    samplePartition(1, { filesystem: files }),
    samplePartition(2, { name: "EFI System", typeName: "EFI system partition" }),
    samplePartition(3, { role: "extended" }),
    samplePartition(5),
  ];
  expect(findLosses(sampleDisk({ partitions })).map(({ text }) => text)).toEqual([
    'partition 1, "Data", ntfs, 1 MiB',
    'partition 2, "EFI System", EFI system partition, 1 MiB',
    "partition 5, Linux, 1 MiB",
  ]);
});

test("a file system without a table, an empty table and a damaged one are losses too", () => {
  const whole = samplePartition(0, { filesystem: files });
  expect(findLosses(sampleDisk({ partitions: [whole] }))).toMatchObject([{ kind: "filesystem" }]);
  expect(findLosses(sampleDisk({ table: { type: "gpt", problems: [] } }))).toMatchObject([{ kind: "table" }]);
  const problems = [{ code: "TABLE_DAMAGED", text: "both copies are bad" }];
  expect(findLosses(sampleDisk({ table: { type: "none", problems } }))).toMatchObject([
    { kind: "content", text: expect.stringContaining("both copies are bad") },
  ]);
});

test("a blank disk, and one that only a restore was begun on, lose nothing", () => {
  expect(findLosses(sampleDisk())).toEqual([]);
  expect(findLosses(sampleDisk({ unfinishedRestore: "plan-1" }))).toEqual([]);
});

test("a marker never hides what was put on the disk since", () => {
  const unfinishedRestore = "plan-1";
  const gpt = { type: "gpt" as const, problems: [] };
  const damaged = { type: "none" as const, problems: [{ code: "TABLE_DAMAGED", text: "both copies are bad" }] };
  const tables = [{ table: gpt }, { table: damaged }];
  for (const changes of [{ partitions: [samplePartition(1)] }, { partitions: [samplePartition(0)] }, ...tables])
    expect(findLosses(sampleDisk({ unfinishedRestore, ...changes }))).toHaveLength(1);
});

test("data without a table asks for a confirmation, in words of its own", () => {
  const problems = [{ code: "UNKNOWN_CONTENT", text: "data of an unknown kind, with no partition table" }];
  const disk = sampleDisk({ table: { type: "none", problems } });
  expect(findLosses(disk)).toMatchObject([{ kind: "content", text: problems[0]?.text, size: disk.size }]);
  expect(levelOf(disk)).toBe("acknowledge");
});

test("the confirmation is graded by what is lost", () => {
  expect(levelOf(sampleDisk())).toBe("none");
  expect(levelOf(sampleDisk({ partitions: [samplePartition(1)] }))).toBe("acknowledge");
  expect(levelOf(sampleDisk({ partitions: [samplePartition(1, { active: true })] }))).toBe("type");
  expect(levelOf(sampleDisk({ partitions: [samplePartition(1), samplePartition(2, { type: ESP })] }))).toBe("type");
});

test("the sentence names the disk and counts the losses", () => {
  const disk = sampleDisk({ partitions: [samplePartition(1, { filesystem: files }), samplePartition(2)] });
  expect(confirmationFor(disk, findLosses(disk)).text).toBe(
    'I understand that partition 1, "Data", ntfs, 1 MiB and 1 more on Samsung SSD (…3456) will be erased.',
  );
});

test("the stable id always confirms; the shown words where they are asked for; nothing else does", () => {
  const bootable = planFor(sampleDisk({ partitions: [samplePartition(1, { active: true })] }));
  checkConfirmation(bootable, "ata-Samsung_SSD_S3Z2NB0K123456");
  checkConfirmation(bootable, "3456");
  const data = planFor(sampleDisk({ partitions: [samplePartition(1)] }));
  for (const wrong of ["", "3456", "yes", "/dev/sda", "ata-Samsung_SSD_S3Z2NB0K12345"])
    expect(() => checkConfirmation(data, wrong), wrong).toThrow("CONFIRM_MISMATCH");
  for (const wrong of ["", "345", "S3Z2NB0K123456", "/dev/sda"])
    expect(() => checkConfirmation(bootable, wrong), wrong).toThrow("CONFIRM_MISMATCH");
});

test("a raw disk image file is confirmed by its path as well", () => {
  const file = planFor(
    sampleDisk({ kind: "file", id: "file:/tmp/disk.img", path: "/tmp/disk.img", serial: undefined }),
  );
  checkConfirmation(file, "/tmp/../tmp/disk.img");
  checkConfirmation(file, "file:/tmp/disk.img");
  expect(() => checkConfirmation(file, "/tmp/other.img")).toThrow("CONFIRM_MISMATCH");
});
