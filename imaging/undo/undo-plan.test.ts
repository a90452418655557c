import { expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { describeUndo, undoLines } from "#imaging/undo/describe-undo.ts";
import { type UndoFile, undoFileName } from "#imaging/undo/undo-files.ts";
import { planUndo, type UndoContext } from "#imaging/undo/undo-plan.ts";
import { say } from "#imaging/words/say.ts";
import { sampleDisk, sampleImage, samplePartition } from "#test/doubles/sample-plan.ts";

const disk = sampleDisk();

function undoFile(lostBytes: number | undefined): UndoFile {
  const image = sampleImage({ disk: { size: disk.size, sectorSize: 512 } });
  const undo = {
    target: { id: disk.id, path: disk.path, kind: disk.kind, name: "Samsung SSD" },
    restored: { path: "/office.lbi", name: "office", createdAt: "2026-01-02T03:04:05.000Z", rootHash: "ab" },
    planId: "plan-1",
    areas: [{ text: "the partition table (GPT)", bytes: 40_960, overwrittenBytes: 40_960 }],
    lostBytes,
    leftOut: [],
  };
  return { path: "/undo/a.lbu", fileSize: 1, rootHash: "cd", manifest: { ...image.manifest, undo }, undo };
}
const plan = (changes: Partial<Disk> = {}, context: UndoContext = {}, lost: number | undefined = 0) =>
  planUndo(undoFile(lost), sampleDisk(changes), context);

test("the same wish gives the same plan; a changed disk another one", () => {
  expect(plan()).toEqual(plan());
  expect(plan({ fingerprint: "f1" }).id).not.toBe(plan().id);
});

test("only the disk that it was saved of is written to", () => {
  const other = { id: "ata-Other" };
  expect(() => plan(other)).toThrow("UNDO_OTHER_DISK");
  expect(() => plan({ size: disk.size + 512 })).toThrow("UNDO_OTHER_DISK");
  expect(() => plan({ sectorSize: 4096 })).toThrow("UNDO_OTHER_DISK");
  // A disk without a serial number has another name after a restart: the marker of the interrupted restore proves it.
  const { imageId } = undoFile(0).manifest;
  expect(plan(other, { markerUndoId: imageId }).target.id).toBe("ata-Other");
  expect(() => plan({ ...other, size: 512 }, { markerUndoId: imageId })).toThrow("UNDO_OTHER_DISK");
});

test("it refuses what a restore refuses", () => {
  expect(() => plan({ inUse: ["mounted at /"] })).toThrow("TARGET_IN_USE");
  expect(() => plan({ readOnly: true })).toThrow("TARGET_READ_ONLY");
  expect(() => plan({ isBootMedium: true })).toThrow("TARGET_IS_BOOT_MEDIUM");
  expect(() => plan({}, { fileDiskId: disk.id })).toThrow("TARGET_HOLDS_IMAGE");
});

test("all of it has words in other languages, what was saved too", () => {
  const lines = undoLines(plan({}, {}, 5));
  expect(lines.filter(({ said }) => !said)).toEqual([]);
  const area = { text: "the partition table (GPT)", said: { key: "area.table", values: { table: "GPT" } } };
  expect(lines).toContainEqual(say("saved.area", { area, size: 40_960 }));
});

test("what stays lost is said in plain words", () => {
  expect(describeUndo(plan({}, {}, 5 * 2 ** 30))).toContain(
    'Files whose data the restore of "office" has overwritten stay lost: it writes over at most 5 GiB',
  );
  expect(describeUndo(plan({}, {}, 0))).toContain("All that was in use");
  const unknown = planUndo(undoFile(undefined), disk, {});
  expect(describeUndo(unknown)).toContain("how many cannot be told");
  const used = plan({ partitions: [samplePartition(1)] });
  expect(used.losses).toHaveLength(1);
  expect(describeUndo(used)).toContain("This is on it now, and will be lost:");
});

test("a file's name tells date and disk, whatever the disk is called", () => {
  const time = new Date("2026-01-02T03:04:05.678Z");
  expect(undoFileName("ata-Samsung_1", time)).toBe("20260102T030405Z-ata-Samsung_1.lbu");
  expect(undoFileName("file:/a b/../c.img", time)).toBe("20260102T030405Z-file_a_b_c_img.lbu");
});
