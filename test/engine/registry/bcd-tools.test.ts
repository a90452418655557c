import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openBcd } from "#imaging/bcd/bcd-store.ts";
import { createBcd } from "#imaging/bcd/create-bcd.ts";
import { KNOWN_OBJECTS } from "#imaging/bcd/known-objects.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { repairBcd } from "#imaging/bcd/repair-bcd.ts";
import { hivexTrees, treeOf } from "#test/engine/registry/hive-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-bcd-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DISK = "ccbae6e9-d3e9-4a2c-8a35-7c1f4d2b9d10";
const gpt = (partition: string): PartitionId => ({ style: "gpt", disk: DISK, partition });
const ESP = gpt("11111111-1111-4111-8111-111111111111");
const WINDOWS = gpt("22222222-2222-4222-8222-222222222222");

function save(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test.each(["bios", "uefi"] as const)("a store made for %s is read by hivex and reged", (firmware) => {
  const store = createBcd({ firmware, system: ESP, windows: WINDOWS, recovery: { partition: WINDOWS } });
  const path = save(firmware, store.toBytes());
  const [tree] = hivexTrees([path]);
  expect(tree).toEqual(treeOf(store.hive.root));
  expect(tree?.name).toBe("NewStoreRoot");
  const exported = join(folder, `${firmware}.reg`);
  execFileSync("reged", ["-x", path, "BCD", "\\", exported], { stdio: "ignore" });
  const lines = readFileSync(exported, "latin1");
  for (const guid of Object.values(KNOWN_OBJECTS).filter((known) => store.object(known)))
    expect(lines).toContain(`[BCD\\Objects\\{${guid}}\\Elements`);
});

/** A store that hivexregedit made of a text: nothing in it is of our writing but the empty hive. */
const FOREIGN = `Windows Registry Editor Version 5.00

[\\Description]
"KeyName"="BCD00000000"

[\\Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\Description]
"Type"=dword:10100002

[\\Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\Elements\\23000003]
"Element"="{AAAAAAAA-0000-4000-8000-000000000001}"

[\\Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\Elements\\24000001]
"Element"=hex(7):${utf16("{aaaaaaaa-0000-4000-8000-000000000001}\0\0")}

[\\Objects\\{aaaaaaaa-0000-4000-8000-000000000001}\\Description]
"Type"=dword:10200003

[\\Objects\\{aaaaaaaa-0000-4000-8000-000000000001}\\Elements\\11000001]
"Element"=hex(3):${device(0x100000)}

[\\Objects\\{aaaaaaaa-0000-4000-8000-000000000001}\\Elements\\12000002]
"Element"="\\\\Windows\\\\system32\\\\winload.exe"

[\\Objects\\{aaaaaaaa-0000-4000-8000-000000000001}\\Elements\\16000046]
"Element"=hex(3):01

[\\Objects\\{aaaaaaaa-0000-4000-8000-000000000001}\\Elements\\21000001]
"Element"=hex(3):${device(0x100000)}
`;

/** hivexregedit makes no key whose parent is not there. */
function withParents(text: string): string {
  const known = new Set(["\\Description", "\\Objects"]);
  return text.replaceAll(/^\[(.*)\]$/gm, (_, key: string) => {
    const names = key.split("\\").slice(1);
    const keys = names.map((_, index) => `\\${names.slice(0, index + 1).join("\\")}`);
    const added = keys.slice(0, -1).filter((parent) => !known.has(parent));
    for (const parent of keys) known.add(parent);
    return [...added, key].map((one) => `[${one}]`).join("\n\n");
  });
}

function commas(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(",");
}
function utf16(value: string): string {
  return commas(Buffer.from(value, "utf16le"));
}
/** 88 bytes, by hand: a partition of an MBR disk with the signature 0x11223344. */
function device(offset: number): string {
  const bytes = Buffer.alloc(88);
  bytes[16] = 6;
  bytes[24] = 0x48;
  bytes.writeUInt32LE(offset, 32);
  bytes[52] = 1;
  bytes.writeUInt32LE(0x11223344, 56);
  return commas(bytes);
}

test("a store of another program's making is moved to another disk, and completed", () => {
  const empty = createBcd({ firmware: "bios", system: ESP, windows: WINDOWS });
  for (const object of empty.objects()) empty.delete(object.guid);
  const path = save("foreign", empty.toBytes());
  const file = join(folder, "foreign.reg");
  writeFileSync(file, withParents(FOREIGN));
  execFileSync("hivexregedit", ["--merge", path, "--encoding", "UTF-16LE", file]);
  const to: PartitionId = { style: "mbr", signature: 0x55667788, offset: 0x200000 };
  const from: PartitionId = { style: "mbr", signature: 0x11223344, offset: 0x100000 };
  const result = repairBcd(readFileSync(path), { firmware: "bios", system: to, windows: to, moves: [{ from, to }] });
  expect(result.moved).toEqual([
    { object: "{aaaaaaaa-0000-4000-8000-000000000001}", element: "device" },
    { object: "{aaaaaaaa-0000-4000-8000-000000000001}", element: "osdevice" },
  ]);
  const store = openBcd(result.bytes);
  expect(store.object("AAAAAAAA-0000-4000-8000-000000000001")?.delete(0x16000046)).toBe(true);
  const [tree] = hivexTrees([save("moved", store.toBytes())]);
  expect(tree).toEqual(treeOf(store.hive.root));
  const loader = tree?.keys[1]?.keys.find(({ name }) => name.startsWith("{aaaaaaaa"));
  const elements = loader?.keys.find(({ name }) => name === "Elements")?.keys ?? [];
  expect(elements.map(({ name }) => name)).toEqual(["11000001", "12000002", "21000001"]);
  expect(elements[0]?.values[0]?.[2]).toBe(
    `${"00".repeat(16)}060000000000000048000000000000000000200000000000${"00".repeat(8)}000000000100000088776655${"00".repeat(28)}`,
  );
});
