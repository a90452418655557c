import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changeWindowsIdentity } from "#imaging/identity/machine/windows.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { securityDescriptor } from "#imaging/installed/ntfs-access.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import {
  planWindowsUniversal,
  type WindowsUniversalOptions,
} from "#imaging/universal/windows/plan-windows-universal.ts";
import { undoChanges } from "#imaging/universal/windows/undo/undo-changes.ts";
import { hivexshValues, hivexValues, mergeReg, regedExport } from "#test/engine/windows/hive-oracles.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { writeDriverPackages } from "#test/fixtures/windows/driver-packages.ts";
import type { WindowsRelease } from "#test/fixtures/windows/registry-content.ts";
import { makeWindowsDisk, type WindowsDisk } from "#test/fixtures/windows/windows-disk.ts";
import { windowsSystem } from "#test/fixtures/windows/windows-tree.ts";
import { sample } from "#test/sample.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-"));
  writeDriverPackages(join(folder, "drivers"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const CONFIG = "Windows/System32/config";
const HIVES = ["SYSTEM", "SOFTWARE"] as const;
const signal = new AbortController().signal;

/** Plans and applies on the mounted volume. */
async function change(disk: WindowsDisk, options: Partial<WindowsUniversalOptions> = {}) {
  await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: false });
  const tree = systemTree(mount.path, { ignoreCase: true });
  const given = { time: "2026-01-02T03-04-05Z", drivers: [join(folder, "drivers")], ...options };
  const plan = await planWindowsUniversal(windowsSystem(mount.path), tree, given);
  await applyChanges(tree, plan.changes, { keepIn: plan.keepIn, signal });
  return plan;
}

/** Copies of files of the volume, mounted anew and read-only. */
async function look<T>(disk: WindowsDisk, see: (root: string) => T): Promise<T> {
  await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: true });
  return see(mount.path);
}

const copyHives = (disk: WindowsDisk, to: string) =>
  look(disk, (root) => {
    for (const name of HIVES) copyFileSync(join(root, CONFIG, name), join(folder, `${to}-${name}`));
    return HIVES.map((name) => readFileSync(join(root, CONFIG, name)));
  });

async function ntfsIsClean(disk: WindowsDisk): Promise<void> {
  const checks = await checkDisk(disk.path);
  expect(checks.filter(({ tool }) => tool === "ntfsfix").length).toBeGreaterThan(0);
  await using loop = await attachLoop(disk.path, { ...disk.windows, readOnly: true });
  const { stdout } = await runTool("ntfsinfo", ["--mft", loop.path]);
  expect(stdout).not.toMatch(/dirty/i);
}

const CASES: readonly (readonly [WindowsRelease, "uefi" | "bios", "own" | "hivex"])[] = [
  ["11", "uefi", "hivex"],
  ["7", "bios", "own"],
  ["10", "uefi", "own"],
  ["10", "bios", "hivex"],
  ["7", "bios", "hivex"],
  ["11", "uefi", "own"],
];

test.each(sample(CASES, 2))("Windows %s, %s, hives by %s", { timeout: 300_000 }, async (release, firmware, writer) => {
  const disk = await makeWindowsDisk(join(folder, "disk.img"), { release, firmware, writer });
  const before = await copyHives(disk, "before");
  const plan = await change(disk);
  expect(plan.problems).toEqual([]);
  await copyHives(disk, "after");
  await ntfsIsClean(disk);

  // Every value that differs between the hives, as hivex reads them, is in the plan, and the reverse.
  for (const name of HIVES) {
    const [old, now] = ["before", "after"].map((when) => hivexValues(join(folder, `${when}-${name}`)));
    const differing = new Set(
      [...(old ?? []), ...(now ?? [])].map(([key]) => key).filter((key) => old?.get(key) !== now?.get(key)),
    );
    const planned = plan.registry
      .filter(({ hive }) => hive === name)
      .map(({ edit }) => `${edit.key}|${edit.name}`.toLowerCase());
    expect([...differing].sort()).toEqual([...new Set(planned)].sort());
    for (const { edit } of plan.registry.filter(({ hive }) => hive === name)) {
      const found = now?.get(`${edit.key}|${edit.name}`.toLowerCase());
      expect(found).toBe(
        edit.kind === "set" ? `${edit.data.type}:${Buffer.from(edit.data.bytes).toString("hex")}` : undefined,
      );
    }
  }

  const system = join(folder, "after-SYSTEM");
  const service = hivexshValues(system, "ControlSet001\\Services\\viostor");
  expect(service).toContain('"Start"=dword:00000000');
  expect(service).toContain('"Group"="SCSI miniport"');
  const exported = regedExport(system, "ControlSet001\\Services\\viostor");
  expect(exported).toMatch(/"Start"=dword:00000000/);
  expect(exported).toMatch(/PnpInterface\]\r?\n"5"=dword:00000001/);

  // The .reg file brings the values back, by a program of somebody else.
  const reg = await look(disk, (root) =>
    readFileSync(join(root, "Lifeboat/Undo/2026-01-02T03-04-05Z/undo-system.reg")),
  );
  writeFileSync(join(folder, "undo.reg"), reg.toString("utf16le").replace("\ufeff", ""));
  mergeReg(system, join(folder, "undo.reg"), "HKEY_LOCAL_MACHINE\\SYSTEM");
  expect(hivexValues(system)).toEqual(hivexValues(join(folder, "before-SYSTEM")));

  await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: false });
  const tree = systemTree(mount.path, { ignoreCase: true });
  const undo = await undoChanges(tree, "/Lifeboat/Undo/2026-01-02T03-04-05Z");
  await applyChanges(tree, undo?.changes ?? [], { keepIn: "/Lifeboat/Undo/back", signal });
  await mount[Symbol.asyncDispose]();
  expect(await copyHives(disk, "undone")).toEqual(before);
  await ntfsIsClean(disk);
});

test("who may read a hive stays so, and who may change a driver is no plain user", async () => {
  const disk = await makeWindowsDisk(join(folder, "disk.img"), { release: "11" });
  const access = (path: string) => {
    const text = execFileSync("getfattr", ["--absolute-names", "-e", "hex", "-n", "system.ntfs_acl", path], {
      encoding: "utf8",
    });
    return /=0x([0-9a-f]+)/.exec(text)?.[1];
  };
  const own = `01000480${"1400000024000000000000003400000001020000000000052000000020020000010200000000000520000000200200000200"}1c000100000000031400ff011f00010100000000000512000000`;
  await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: false });
  execFileSync("setfattr", ["-n", "system.ntfs_acl", "-v", `0x${own}`, join(mount.path, CONFIG, "SYSTEM")]);
  const tree = systemTree(mount.path, { ignoreCase: true });
  const plan = await planWindowsUniversal(windowsSystem(mount.path), tree, {
    time: "t",
    drivers: [join(folder, "drivers")],
  });
  await applyChanges(tree, plan.changes, { keepIn: plan.keepIn, signal });
  expect(access(join(mount.path, CONFIG, "SYSTEM"))).toBe(own);
  expect(access(join(mount.path, "Lifeboat/Undo/t", CONFIG, "SYSTEM"))).toBe(own);
  const hex = (kind: "everyone-reads" | "administrators", isFolder: boolean) =>
    securityDescriptor(kind, isFolder).toString("hex");
  expect(access(join(mount.path, "Windows/System32/drivers/viostor.sys"))).toBe(hex("everyone-reads", false));
  expect(access(join(mount.path, "Lifeboat/first-start.cmd"))).toBe(hex("administrators", false));
  for (const path of ["Lifeboat", "Lifeboat/Undo/t", "Lifeboat/Drivers", "Lifeboat/Drivers/viostor"])
    expect([path, access(join(mount.path, path))]).toEqual([path, hex("administrators", true)]);
});

test("a new identity is what other programs read", async () => {
  const disk = await makeWindowsDisk(join(folder, "disk.img"), { release: "10", writer: "hivex" });
  await change(disk, {
    drivers: [],
    universal: false,
    more: (registry, windows) =>
      changeWindowsIdentity(registry, windows, {
        computerName: "bench-3",
        machineGuid: "00000000-1111-4222-8333-444444444444",
      }),
  });
  await copyHives(disk, "after");
  const system = hivexValues(join(folder, "after-SYSTEM"));
  const utf16 = (text: string) => `1:${Buffer.from(`${text}\0`, "utf16le").toString("hex")}`;
  expect(system.get("controlset001\\control\\computername\\computername|computername")).toBe(utf16("BENCH-3"));
  expect(system.get("controlset001\\services\\tcpip\\parameters|nv hostname")).toBe(utf16("bench-3"));
  expect(system.get("controlset001\\services\\storahci|start")).toBe("4:03000000");
  const software = hivexValues(join(folder, "after-SOFTWARE"));
  expect(software.get("microsoft\\cryptography|machineguid")).toBe(utf16("00000000-1111-4222-8333-444444444444"));
});
