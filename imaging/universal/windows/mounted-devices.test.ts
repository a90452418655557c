import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { mountedDeviceId } from "#imaging/universal/windows/mounted-devices.ts";
import {
  planWindowsUniversal,
  type WindowsUniversalOptions,
} from "#imaging/universal/windows/plan-windows-universal.ts";
import {
  GPT_DATA,
  GPT_SYSTEM,
  MBR_DATA,
  MBR_SYSTEM,
  type WindowsTreeOptions,
  windowsSystem,
  writeWindowsTree,
} from "#test/fixtures/windows/windows-tree.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lifeboat-letters-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const SYSTEM = "Windows/System32/config/SYSTEM";
const tree = () => systemTree(root, { ignoreCase: true });
const mounted = () => openHive(readFileSync(join(root, SYSTEM))).root.find("MountedDevices");
const plan = (options: Partial<WindowsUniversalOptions>) =>
  planWindowsUniversal(windowsSystem(root), tree(), { time: "now", ...options });
const made = async (windows: WindowsTreeOptions, options: Partial<WindowsUniversalOptions>) => {
  writeWindowsTree(root, windows);
  const planned = await plan(options);
  await applyChanges(tree(), planned.changes, { keepIn: planned.keepIn, signal: new AbortController().signal });
  return planned;
};
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

test("partitions keep their letters under new names; Windows stays C:", async () => {
  const system = { ...GPT_SYSTEM, partition: "aaaaaaaa-0506-4708-890a-0b0c0d0e0f10" } as const;
  await made({ release: "11" }, { moved: [{ from: GPT_SYSTEM, to: system }, { from: GPT_DATA }], place: system });
  const devices = () =>
    mounted()
      ?.values()
      .map(({ name, bytes }) => [name, Buffer.from(bytes).toString("hex")]);
  expect(devices()).toEqual([
    ["\\DosDevices\\C:", `${Buffer.from("DMIO:ID:").toString("hex")}aaaaaaaa06050847890a0b0c0d0e0f10`],
    ["\\DosDevices\\F:", Buffer.from("_??_USBSTOR#Disk&Ven_Stick", "utf16le").toString("hex")],
  ]);
});

test("two partitions that changed places are not mixed up; an MBR names signature and byte", async () => {
  const to = { style: "mbr", signature: 0x11223344, offset: 1 << 20 } as const;
  const moved = [
    { from: MBR_SYSTEM, to: MBR_DATA },
    { from: MBR_DATA, to },
  ];
  await made({ release: "7", firmware: "bios" }, { moved, place: MBR_DATA });
  const of = (name: string) => hex(mounted()?.value(name)?.bytes);
  expect(of("\\DosDevices\\C:")).toBe("d4c3b2a10000d02b00000000");
  expect(of("\\DosDevices\\D:")).toBe("443322110000100000000000");
  expect(of("\\??\\Volume{11111111-2222-3333-4444-555555555555}")).toBe("443322110000100000000000");
});

const NEW_SYSTEM = { ...GPT_SYSTEM, partition: "aaaaaaaa-0506-4708-890a-0b0c0d0e0f10" } as const;
const NEW_DATA = { ...GPT_SYSTEM, partition: "bbbbbbbb-0506-4708-890a-0b0c0d0e0f10" } as const;
const letter = (name: string) => hex(mounted()?.value(`\\DosDevices\\${name}:`)?.bytes);

test("without other hardware, Windows is told where its partitions are, and nothing else", async () => {
  const moved = [
    { from: GPT_SYSTEM, to: NEW_SYSTEM },
    { from: GPT_DATA, to: NEW_DATA },
  ];
  const { registry, notes } = await made({ release: "10" }, { universal: false, moved, place: NEW_SYSTEM });
  expect([letter("C"), letter("D")]).toEqual([NEW_SYSTEM, NEW_DATA].map((id) => hex(mountedDeviceId(id))));
  expect(new Set(registry.map(({ edit }) => edit.key))).toEqual(new Set(["MountedDevices"]));
  expect(notes).toEqual([]);
  expect(readFileSync(join(root, "Lifeboat/Undo/now/changes.txt"), "utf8")).toContain("D:");
});

test("a place that it knows wrongly is set right; one that it has not noted is not noted for it", async () => {
  await made({ release: "11" }, { universal: false, place: NEW_SYSTEM });
  expect([letter("C"), letter("D")]).toEqual([NEW_SYSTEM, GPT_DATA].map((id) => hex(mountedDeviceId(id))));
  const hive = openHive(readFileSync(join(root, SYSTEM)));
  hive.root.find("MountedDevices")?.deleteValue("\\DosDevices\\C:");
  writeFileSync(join(root, SYSTEM), hive.toBytes());
  expect((await plan({ universal: false, place: NEW_SYSTEM })).changes).toEqual([]);
  expect((await plan({ universal: true, place: NEW_SYSTEM })).registry.map(({ edit }) => edit.name)).toContain(
    "\\DosDevices\\C:",
  );
});

test("a hibernated Windows is refused where something is to be changed in it, and only there", async () => {
  writeWindowsTree(root, { release: "10" });
  writeFileSync(join(root, "hiberfil.sys"), "HIBR");
  truncateSync(join(root, "hiberfil.sys"), 1 << 20);
  expect(await plan({ universal: false, place: GPT_SYSTEM })).toMatchObject({ changes: [], notes: [], problems: [] });
  const refused = await plan({ universal: false, place: NEW_SYSTEM });
  expect([refused.changes, refused.registry]).toEqual([[], []]);
  expect(refused.problems.map(({ code }) => code)).toEqual(["HIBERNATED"]);
});
