import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBcd } from "#imaging/bcd/bcd-store.ts";
import { createBcd } from "#imaging/bcd/create-bcd.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS } from "#imaging/bcd/known-objects.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { planWindowsBoot, type WindowsBootOptions } from "#imaging/universal/windows/boot/plan-windows-boot.ts";
import { say } from "#imaging/words/say.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { GPT_SYSTEM, MBR_SYSTEM, writeWindowsTree } from "#test/fixtures/windows/windows-tree.ts";

const ESP: PartitionId = { ...GPT_SYSTEM, partition: "e5e5e5e5-0000-4000-8000-000000000001" } as PartitionId;
const ACTIVE: PartitionId = { style: "mbr", signature: 0xa1b2c3d4, offset: 1 << 20 };

let folder: string;
let [windows, system] = ["", ""];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-boot-"));
  [windows, system] = [join(folder, "windows"), join(folder, "system")];
  mkdirSync(system);
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, content: Uint8Array | string) => {
  mkdirSync(dirname(join(system, path)), { recursive: true });
  writeFileSync(join(system, path), content);
};
const file = (path: string) => readFileSync(join(system, path));
const options = (more: Partial<WindowsBootOptions> = {}): WindowsBootOptions => ({
  firmware: "uefi",
  windows: { tree: systemTree(windows, { ignoreCase: true }), id: GPT_SYSTEM },
  system: { tree: systemTree(system, { ignoreCase: true }), id: ESP },
  installation: { name: "Windows 11 Pro", architecture: "amd64", build: 22631 },
  clock: () => 0,
  ...more,
});
const apply = async (given: WindowsBootOptions) => {
  const plan = await planWindowsBoot(given);
  expectSaid(plan.changes, plan.notes, plan.problems);
  const signal = new AbortController().signal;
  await applyChanges(given.system.tree, plan.changes, { keepIn: "/old", signal });
  return plan;
};
const BCD = "EFI/Microsoft/Boot/BCD";
const store = (path = BCD) => openBcd(file(path));
const loader = (path = BCD) => {
  const data = store(path).object(KNOWN_OBJECTS.bootmgr)?.element(ELEMENTS.defaultObject)?.data;
  return data?.format === "object" ? store(path).object(data.guid) : undefined;
};
const deviceOf = (object: ReturnType<typeof loader>, type: number) => {
  const data = object?.element(type)?.data;
  return data?.format === "device" && data.device.device.kind === "partition" ? data.device.device.id : undefined;
};
const textOf = (object: ReturnType<typeof loader>, type: number) => {
  const data = object?.element(type)?.data;
  return data?.format === "string" ? data.text : undefined;
};

test("an empty EFI system partition gets a boot configuration, behind the files that were planned for it", async () => {
  writeWindowsTree(windows, { release: "11" });
  const files = [
    { op: "write", path: "/EFI/Microsoft/Boot/bootmgfw.efi", content: "manager", ...say("windows.manager") },
  ] as const;
  const { notes, problems, changes } = await apply(options({ files }));
  expect(problems).toEqual([]);
  expect(notes.map(({ code }) => code)).toEqual(["BOOT_STORE_MADE"]);
  expect(changes.map((change) => (change.op === "run" ? "" : change.path))).toEqual([files[0].path, `/${BCD}`]);
  expect(deviceOf(loader(), ELEMENTS.osDevice)).toEqual(GPT_SYSTEM);
  expect(textOf(loader(), ELEMENTS.path)?.toLowerCase()).toBe("\\windows\\system32\\winload.efi");
  expect(textOf(loader(), ELEMENTS.description)).toBe("Windows 11 Pro");
  expect((await planWindowsBoot(options())).changes).toEqual([]);
});

test("a store is told what its partitions are called now; what hides the screen is taken out", async () => {
  writeWindowsTree(windows, { release: "11" });
  const old = { ...GPT_SYSTEM, partition: "0d0d0d0d-0000-4000-8000-000000000002" } as PartitionId;
  const before = createBcd({ firmware: "uefi", system: ESP, windows: old, description: "mine" });
  const other: PartitionId = { style: "mbr", signature: 7, offset: 512 };
  const chosen = before.object(KNOWN_OBJECTS.bootmgr)?.element(ELEMENTS.defaultObject)?.data;
  if (chosen?.format !== "object") throw new Error("no default");
  before.object(chosen.guid)?.set(ELEMENTS.graphicsModeDisabled, { format: "boolean", on: true });
  before.object(KNOWN_OBJECTS.bootmgr)?.set(0x26000005, { format: "boolean", on: true });
  const away = before.create("99999999-0000-4000-8000-000000000003", 0x10200003);
  away.set(ELEMENTS.device, { format: "device", device: { device: { kind: "partition", id: other } } });
  put(BCD, before.toBytes());
  const { notes } = await apply(options({ moved: [{ from: old, to: GPT_SYSTEM }], discardHibernation: true }));
  expect(deviceOf(loader(), ELEMENTS.osDevice)).toEqual(GPT_SYSTEM);
  expect(deviceOf(loader(), ELEMENTS.device)).toEqual(GPT_SYSTEM);
  expect(textOf(loader(), ELEMENTS.description)).toBe("mine");
  expect(loader()?.element(ELEMENTS.graphicsModeDisabled)).toBeUndefined();
  expect(store().object(KNOWN_OBJECTS.bootmgr)?.element(0x26000005)).toBeUndefined();
  expect(notes.map(({ code }) => code)).toEqual(["BOOT_ENTRY_ELSEWHERE"]);
});

test("a damaged store is made anew, and the old one is kept", async () => {
  writeWindowsTree(windows, { release: "10" });
  put(BCD, "regf and nothing more");
  const { notes } = await apply(options());
  expect(notes[0]).toMatchObject({
    code: "BOOT_STORE_MADE",
    text: expect.stringMatching(/no registry hive.*old one is kept/),
  });
  expect(deviceOf(loader(), ELEMENTS.osDevice)).toEqual(GPT_SYSTEM);
  expect(file("old/EFI/Microsoft/Boot/BCD").toString()).toBe("regf and nothing more");
});

test("from a BIOS to UEFI and back, with what Windows has in itself", async () => {
  writeWindowsTree(windows, { release: "10", firmware: "bios" });
  put("Boot/BCD", createBcd({ firmware: "bios", system: ACTIVE, windows: MBR_SYSTEM }).toBytes());
  const { notes } = await apply(options());
  expect(notes.map(({ code }) => code)).toEqual(["BOOT_STORE_MADE", "OTHER_FIRMWARE_KEPT"]);
  expect(textOf(loader(), ELEMENTS.path)?.toLowerCase()).toContain("winload.efi");

  rmSync(join(system, "Boot"), { recursive: true });
  const bios = options({
    firmware: "bios",
    windows: { ...options().windows, id: MBR_SYSTEM },
    system: { ...options().system, id: ACTIVE },
  });
  expect((await apply(bios)).problems).toEqual([]);
  expect(file("bootmgr").toString()).toBe("boot manager of a BIOS");
  expect(textOf(loader("Boot/BCD"), ELEMENTS.path)?.toLowerCase()).toBe("\\windows\\system32\\winload.exe");
  expect(deviceOf(loader("Boot/BCD"), ELEMENTS.osDevice)).toEqual(MBR_SYSTEM);
  expect(readdirSync(system).sort()).toEqual(["Boot", "EFI", "bootmgr"]);
});

test("what cannot be made to start is said before", async () => {
  writeWindowsTree(windows, { release: "7", firmware: "bios" });
  rmSync(join(windows, "Windows/Boot/EFI"), { recursive: true });
  rmSync(join(windows, "Windows/System32/winload.efi"));
  rmSync(join(windows, "Windows/Boot/PCAT"), { recursive: true });
  const seven = { name: "Windows 7", architecture: "amd64", build: 7601 } as const;
  const { problems, notes } = await planWindowsBoot(options({ installation: seven }));
  expect(problems.map(({ code }) => code)).toEqual(["NO_LOADER"]);
  expect(notes.map(({ code }) => code)).toContain("UEFI_NEEDS_CSM");
  const bios = await planWindowsBoot(options({ firmware: "bios", installation: seven }));
  expect(bios.problems.map(({ code }) => code)).toEqual(["NO_BOOT_FILES"]);
});

test("beside a hibernated session nothing is written to its volume, and nothing is said where nothing would be", async () => {
  writeWindowsTree(windows, { release: "7", firmware: "bios" });
  const same = systemTree(windows, { ignoreCase: true });
  const asleep = options({
    ...{ firmware: "bios", windows: { tree: same, id: MBR_SYSTEM }, system: { tree: same, id: MBR_SYSTEM } },
    installation: { name: "Windows 7", architecture: "amd64", build: 7601, hibernation: "hibernated" },
  });
  const refused = await planWindowsBoot(asleep);
  expect([refused.changes, refused.problems.map(({ code }) => code)]).toEqual([[], ["HIBERNATED"]]);
  await apply({ ...asleep, discardHibernation: true });
  expect(await planWindowsBoot(asleep)).toMatchObject({ changes: [], problems: [] });
});
