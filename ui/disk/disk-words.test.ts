// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { diskModel, holds } from "#ui/disk/disk-words.ts";

const NOTHING = { type: "none" as const, problems: [] };
const problem = (code: string) => ({ type: "none" as const, problems: [{ code, text: "x" }] });

it("calls only a disk empty of which that is known", () => {
  expect(holds({ partitions: [], table: NOTHING })).toBe("Empty: no partitions");
  for (const code of ["UNKNOWN_CONTENT", "TABLE_DAMAGED"])
    expect(holds({ partitions: [], table: problem(code) })).toMatch(/^Not empty/);
  const unreadable = { reason: "failing" as const, text: "x" };
  expect(holds({ partitions: [], table: problem("UNREADABLE"), unreadable })).toMatch(/cannot be read/);
});

it("names a disk by its model, one without a model by its device, and a file by its name", () => {
  const { kind, path } = { kind: "block", path: "/dev/vda" } as const;
  expect(diskModel({ kind, path, model: "Samsung SSD 970", serial: "S5H9NS0NA1234" })).toBe("Samsung SSD 970");
  expect([diskModel({ kind, path }), diskModel({ kind: "file", path: "/srv/disk.raw" })]).toEqual(["vda", "disk.raw"]);
});
