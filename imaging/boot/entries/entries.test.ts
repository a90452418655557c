import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { applyEntries } from "#imaging/boot/entries/apply-entries.ts";
import { type EfiVariables, efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { listEntries, orderBytes } from "#imaging/boot/entries/list-entries.ts";
import { makeLoadOption } from "#imaging/boot/entries/load-option.ts";
import { planEntries } from "#imaging/boot/entries/plan-entries.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";

const GUID = "4c494645-0000-4000-8000-000000000002";
const GONE = "4c494645-0000-4000-8000-0000000000ff";
const TABLE: PartitionTable = {
  ...{ type: "gpt", sectorSize: 512, diskId: "x", problems: [], metadata: [], state: undefined },
  usable: { start: 0, end: 1 << 30 },
  partitions: [
    {
      ...{ number: 2, start: 4096 * 512, size: 131072 * 512, type: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" },
      ...{ name: "EFI", guid: GUID, active: false, role: "primary", attributes: "0x0" },
    },
  ],
};
const DRIVE = { partition: 2, start: 4096, size: 131072, signature: GUID, table: "gpt" as const };
const SHIM = "\\EFI\\debian\\shimx64.efi";
const LOADERS = [{ partition: 2, path: "/EFI/debian/shimx64.efi", label: "debian" }];
const known = new Set([GUID]);

/** Firmware in memory. @param quirk what it does with a value before it keeps it */
function firmware(
  values: Readonly<Record<string, Uint8Array>>,
  quirk: (name: string, value: Uint8Array) => Uint8Array = (_, value) => value,
): EfiVariables & { readonly values: Map<string, Uint8Array> } {
  const kept = new Map(Object.entries(values));
  return {
    values: kept,
    list: async () => [...kept.keys()],
    read: async (name) => {
      const found = kept.get(name);
      return found && new Uint8Array(found);
    },
    write: async (name, value) => void kept.set(name, quirk(name, value)),
    remove: async (name) => void kept.delete(name),
  };
}

const plan = async (variables: EfiVariables) =>
  planEntries({ now: await listEntries(variables), table: TABLE, loaders: LOADERS, known });
const words = (...numbers: number[]) => orderBytes(numbers);

test("firmware without an entry gets one, first in the order; the second plan is empty", async () => {
  const variables = firmware({
    Boot0000: makeLoadOption("Other", { ...DRIVE, partition: 1 }, "\\x"),
    BootOrder: words(0),
  });
  const { changes } = await plan(variables);
  expect(changes.map(({ variable }) => variable)).toEqual(["Boot0001", "BootOrder"]);
  const listed = await applyEntries(variables, changes);
  expect(listed.order).toEqual([1, 0]);
  expect(listed.entries[1]).toMatchObject({ number: 1, description: "debian", file: SHIM, drive: DRIVE, active: true });
  expect((await plan(variables)).changes).toEqual([]);
});

test("the entry that is there is used again, whatever it is called and however it is written; its twins go", async () => {
  const variables = firmware({
    Boot0003: makeLoadOption("My Debian", DRIVE, "\\efi\\Debian\\SHIMX64.EFI"),
    Boot0001: makeLoadOption("debian", DRIVE, SHIM),
    BootOrder: words(3, 1),
  });
  const { changes } = await plan(variables);
  expect(changes.map(({ op, variable }) => `${op} ${variable}`)).toEqual(["remove Boot0001", "write BootOrder"]);
  const listed = await applyEntries(variables, changes);
  expect(listed.entries.map(({ description }) => description)).toEqual(["My Debian"]);
  expect(listed.order).toEqual([3]);
});

test("an entry that names another place of the partition is corrected, and what its program is told stays", async () => {
  const old = makeLoadOption("debian", { ...DRIVE, partition: 7, start: 99 }, SHIM);
  const variables = firmware({ Boot0001: Buffer.concat([old, Uint8Array.of(9, 8)]), BootOrder: words(1) });
  const listed = await applyEntries(variables, (await plan(variables)).changes);
  expect(listed.entries).toHaveLength(1);
  expect(listed.entries[0]).toMatchObject({ drive: DRIVE, data: Uint8Array.of(9, 8) });
});

test("an entry that is switched off is switched on", async () => {
  const off = makeLoadOption("debian", DRIVE, SHIM);
  off[0] = 0;
  const variables = firmware({ Boot0001: off, BootOrder: words(1) });
  const listed = await applyEntries(variables, (await plan(variables)).changes);
  expect(listed.entries[0]).toMatchObject({ active: true, file: SHIM });
});

test("of partitions that are on no disk, this loader's old entry goes; others are named and stay", async () => {
  const variables = firmware({
    Boot0001: makeLoadOption("debian", { ...DRIVE, signature: GONE }, SHIM),
    Boot0002: makeLoadOption("Fedora", { ...DRIVE, signature: GONE }, "\\EFI\\fedora\\shimx64.efi"),
    BootOrder: words(2, 1),
  });
  const { changes, notes } = await plan(variables);
  expect(notes.map(({ code, text }) => [code, text.includes("Fedora")])).toEqual([["BOOT_ENTRY_STALE", true]]);
  const listed = await applyEntries(variables, changes);
  expect(listed.entries.map(({ description }) => description)).toEqual(["debian", "Fedora"]);
  expect(listed.entries[0]?.drive?.signature).toBe(GUID);
  expect(listed.order).toEqual([0, 2]);
});

test("firmware that says yes and keeps something else is found out", async () => {
  const liar = firmware({}, (name, value) => (name === "BootOrder" ? value : value.slice(0, 20)));
  await expect(applyEntries(liar, (await plan(liar)).changes)).rejects.toMatchObject({ code: "BOOT_ENTRY_REFUSED" });
});

test("variables are files: four bytes of attributes, and the value", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-efivars-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  const variables = efivarfs(folder);
  const listed = await applyEntries(variables, (await plan(variables)).changes);
  expect(listed.entries.map(({ description }) => description)).toEqual(["debian"]);
  expect((await readdir(folder)).sort()).toEqual([
    "Boot0000-8be4df61-93ca-11d2-aa0d-00e098032b8c",
    "BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c",
  ]);
  expect(await efivarfs(join(folder, "none")).list()).toEqual([]);
  await mkdir(join(folder, "no"));
  await chmod(join(folder, "no"), 0o500);
  const refused = efivarfs(join(folder, "no", "such")).write("Boot0000", new Uint8Array(1));
  await expect(refused).rejects.toBeInstanceOf(LifeboatError);
});
