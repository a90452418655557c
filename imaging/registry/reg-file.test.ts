import { describe, expect, test } from "vitest";
import { createHive } from "#imaging/registry/create-hive.ts";
import { describeDifference, differences } from "#imaging/registry/differences.ts";
import { applyEdits, type Edit } from "#imaging/registry/edit.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { undoRegFile } from "#imaging/registry/reg-file.ts";
import { binary, dword, expandable, qword, raw, text } from "#imaging/registry/value.ts";

const PREFIX = "HKEY_LOCAL_MACHINE\\SYSTEM";

function original() {
  const hive = createHive();
  const key = hive.root.create("Services\\storahci");
  key.set("Start", dword(3));
  key.set("", text('say "C:\\"'));
  key.set("odd", raw(1, Uint8Array.of(0x61, 0)));
  key.set("Path", expandable("%x%"));
  key.create("StartOverride").set("0", dword(3));
  hive.root.create("Gone\\deep").set("large", binary(new Uint8Array(40).fill(0xab)));
  hive.root.find("Gone\\deep")?.set("q", qword(1));
  return hive;
}

const EDITS: readonly Edit[] = [
  { kind: "set", key: "services\\StorAHCI", name: "start", data: dword(0) },
  { kind: "set", key: "Services\\storahci", name: "", data: dword(1) },
  { kind: "set", key: "Services\\storahci", name: "new", data: dword(1) },
  { kind: "delete-value", key: "Services\\storahci", name: "odd" },
  { kind: "delete-value", key: "Services\\none", name: "odd" },
  { kind: "delete-key", key: "Services\\storahci\\StartOverride" },
  { kind: "delete-key", key: "Gone" },
  { kind: "create-key", key: "Made\\here" },
];

describe("edits", () => {
  test("are told apart, for people", () => {
    const old = original();
    const now = openHive(old.toBytes());
    applyEdits(now.root, EDITS);
    expect(differences(old, now).map(describeDifference)).toEqual([
      "Gone: removed, with all below it",
      "Made: made",
      "Made\\here: made",
      'Services\\storahci, odd: removed (was REG_SZ "a")',
      "Services\\storahci, Start: REG_DWORD 3 -> REG_DWORD 0",
      'Services\\storahci, (default): REG_SZ "say \\"C:\\\\\\"" -> REG_DWORD 1',
      "Services\\storahci, new: REG_DWORD 1",
      "Services\\storahci\\StartOverride: removed, with all below it",
    ]);
    expect(differences(now, now)).toEqual([]);
  });

  test("have a file for Regedit that undoes them", () => {
    const hive = original();
    const bytes = undoRegFile(hive, EDITS, PREFIX);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(Buffer.from(bytes).toString("utf16le").slice(1).split("\r\n")).toEqual([
      "Windows Registry Editor Version 5.00",
      "",
      "[-HKEY_LOCAL_MACHINE\\SYSTEM\\Made]",
      "",
      "[HKEY_LOCAL_MACHINE\\SYSTEM\\Gone]",
      "",
      "[HKEY_LOCAL_MACHINE\\SYSTEM\\Gone\\deep]",
      `"large"=hex:${"ab,".repeat(22)}\\`,
      `  ${"ab,".repeat(17)}ab`,
      '"q"=hex(b):01,00,00,00,00,00,00,00',
      "",
      "[HKEY_LOCAL_MACHINE\\SYSTEM\\Services\\storahci]",
      '"new"=-',
      '"Start"=dword:00000003',
      '@="say \\"C:\\\\\\""',
      '"odd"=hex(1):61,00',
      "",
      "[HKEY_LOCAL_MACHINE\\SYSTEM\\Services\\storahci\\StartOverride]",
      '"0"=dword:00000003',
      "",
      "",
    ]);
    expect(differences(hive, original())).toEqual([]);
  });

  test("say what the file cannot hold", () => {
    const hive = createHive();
    hive.root.set("a\nb", dword(1));
    const bytes = undoRegFile(hive, [{ kind: "delete-value", key: "", name: "a\nb" }], PREFIX);
    expect(Buffer.from(bytes).toString("utf16le")).toContain("; left out: a name with the character \\u{a}");
  });
});
