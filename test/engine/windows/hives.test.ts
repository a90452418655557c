import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { dword, text } from "#imaging/registry/value.ts";
import { planWindowsUniversal } from "#imaging/universal/windows/plan-windows-universal.ts";
import { undoChanges } from "#imaging/universal/windows/undo/undo-changes.ts";
import { newLog, oldLog, tornHive } from "#test/doubles/hive-logs.ts";
import { hivexValues } from "#test/engine/windows/hive-oracles.ts";
import type { RegistryLine } from "#test/fixtures/windows/registry-content.ts";
import { windowsSystem, writeWindowsTree } from "#test/fixtures/windows/windows-tree.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lifeboat-hives-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const SYSTEM = "Windows/System32/config/SYSTEM";
const place = (suffix = "") => join(root, SYSTEM + suffix);
const tree = () => systemTree(root, { ignoreCase: true });
const signal = new AbortController().signal;
const plan = (time = "now") => planWindowsUniversal(windowsSystem(root), tree(), { time });

/** What Windows had begun to write when it was switched off: another name, and a driver that was set to start on demand. */
function later(before: Uint8Array): Uint8Array {
  const hive = openHive(before);
  const name = hive.root.find("ControlSet001\\Control\\ComputerName\\ComputerName");
  name?.set("ComputerName", text("NEW-PC"));
  hive.root.find("ControlSet001\\Services\\spaceport")?.set("Start", dword(3));
  return hive.toBytes();
}

test.each([
  [
    "LOG1 as Windows writes it since 8.1",
    ".LOG1",
    (before: Uint8Array, after: Uint8Array) => newLog([before, after], sequenceOf(before)),
  ],
  ["LOG1 as Windows 7 writes it", ".LOG1", oldLog],
  ["LOG of the oldest", ".LOG", oldLog],
] as const)("a hive that was not written to its end is made whole from its %s", async (_, suffix, logOf) => {
  writeWindowsTree(root, { release: "10" });
  const before = readFileSync(place());
  const after = later(before);
  const files = { "": tornHive(before, after), [suffix]: logOf(before, after) };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(place(name), bytes);
  const planned = await plan();
  expect(planned.windows).toMatchObject({ dirtyHives: ["SYSTEM"], computerName: "NEW-PC" });
  expect(planned.notes.map(({ code }) => code)).toContain("HIVES_RECOVERED");
  await applyChanges(tree(), planned.changes, { keepIn: planned.keepIn, signal });

  const values = hivexValues(place());
  expect(values.get("controlset001\\control\\computername\\computername|computername")).toContain(
    Buffer.from("NEW-PC", "utf16le").toString("hex"),
  );
  expect(values.get("controlset001\\services\\spaceport|start")).toBe("4:00000000");
  expect(values.get("controlset001\\services\\storahci|start")).toBe("4:00000000");
  // The log is empty; and were it not, nothing of it would be taken: neither state comes back.
  expect(readFileSync(place(suffix)).length).toBe(0);
  const log = files[suffix] as Uint8Array;
  const beside = openHive(readFileSync(place()), { old: log, log1: log });
  expect([beside.state, beside.root.find("ControlSet001\\Services\\storahci")?.value("Start")?.number]).toEqual([
    "clean",
    0,
  ]);

  const undo = await undoChanges(tree(), "/Lifeboat/Undo/now");
  await applyChanges(tree(), undo?.changes ?? [], { keepIn: "/Lifeboat/Undo/back", signal });
  for (const [name, bytes] of Object.entries(files))
    expect([name, Buffer.compare(readFileSync(place(name)), bytes)]).toEqual([name, 0]);
});

const sequenceOf = (hive: Uint8Array) => Buffer.from(hive).readUInt32LE(4);

test("a hive that no log makes whole stays as it is", async () => {
  writeWindowsTree(root, { release: "10" });
  const before = readFileSync(place());
  const torn = tornHive(before, later(before));
  writeFileSync(place(), torn);
  await expect(plan()).rejects.toMatchObject({ code: "HIVE_DIRTY" });
  expect(Buffer.compare(readFileSync(place()), torn)).toBe(0);
});

test("cells that are damaged anywhere in a hive are found before anything is changed", {
  timeout: 120_000,
}, async () => {
  writeWindowsTree(root, { release: "10" });
  const sound = readFileSync(place());
  const codes = new Map<string, number>();
  // Sizes of cells, lists and offsets lie at multiples of 4: every 33rd place of the hive is made nonsense, one at a time.
  for (let at = 4096 + 32; at < sound.length; at += 132) {
    const damaged = Buffer.from(sound);
    damaged.writeUInt32LE(0x7ffffff0, at);
    writeFileSync(place(), damaged);
    const code = await plan().then(
      () => "planned",
      (error: { code?: string }) => error.code ?? String(error),
    );
    codes.set(code, (codes.get(code) ?? 0) + 1);
    expect(Buffer.compare(readFileSync(place()), damaged)).toBe(0);
  }
  // Text and numbers of values may be anything; what holds the hive together may not.
  expect([...codes.keys()].sort()).toEqual(["HIVE_DAMAGED", "planned"]);
  expect(codes.get("HIVE_DAMAGED")).toBeGreaterThan(20);
});

test("a registry of 10,000 keys", { timeout: 120_000 }, async () => {
  const more: RegistryLine[] = Array.from({ length: 10_000 }, (_, at) => [
    `ControlSet001\\Enum\\PCI\\VEN_${at.toString(16).padStart(4, "0")}\\instance`,
    "DeviceDesc",
    { text: `device ${at}` },
  ]);
  writeWindowsTree(root, { release: "11", more: { system: more } });
  mkdirSync(join(root, "empty"));
  const started = performance.now();
  const planned = await plan();
  const milliseconds = performance.now() - started;
  await applyChanges(tree(), planned.changes, { keepIn: planned.keepIn, signal });
  const values = hivexValues(place());
  expect(values.size).toBeGreaterThan(10_000);
  expect(values.get("controlset001\\enum\\pci\\ven_270f\\instance|devicedesc")).toContain(
    Buffer.from("device 9999", "utf16le").toString("hex"),
  );
  expect(values.get("controlset001\\services\\msahci|start")).toBeUndefined();
  expect(values.get("controlset001\\services\\iastorv|start")).toBe("4:00000000");
  expect(milliseconds).toBeLessThan(30_000);
});
