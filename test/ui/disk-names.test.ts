import { expect, it } from "vitest";
import { diskName } from "#imaging/inventory/disk.ts";
import { diskLabel } from "#ui/disk/disk-words.ts";

/** A plan and a report have the server's name of a disk, and stand on pages that have their own. */
it.each([
  [{ kind: "block", path: "/dev/sda", model: "Samsung SSD 970", serial: "S5H9NS0NA1234" }, "Samsung SSD 970 (…1234)"],
  [{ kind: "block", path: "/dev/vda", serial: "SOURCE-1" }, "vda (…CE-1)"],
  [{ kind: "block", path: "/dev/vdb" }, "vdb"],
  [{ kind: "file", path: "/srv/disk.raw", serial: "no serial of a disk" }, "disk.raw"],
] as const)("page and server call %o the same", (disk, name) => {
  expect([diskLabel(disk), diskName(disk)]).toEqual([name, name]);
});
