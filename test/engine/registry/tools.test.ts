import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { createHive } from "#imaging/registry/create-hive.ts";
import { differences } from "#imaging/registry/differences.ts";
import { applyEdits, type Edit } from "#imaging/registry/edit.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { undoRegFile } from "#imaging/registry/reg-file.ts";
import { upcase } from "#imaging/registry/upcase.ts";
import { binary, dword, expandable, qword, text, texts } from "#imaging/registry/value.ts";
import { hivexTrees, treeOf } from "#test/engine/registry/hive-tree.ts";
import { FULL } from "#test/sample.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-hive-tools-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

function save(name: string, hive: Hive): string {
  const path = join(folder, name);
  writeFileSync(path, hive.toBytes());
  return path;
}

/** What a driver's service looks like, with plain names: reged knows no others. */
function services(): Hive {
  const hive = createHive({ rootName: "SYSTEM" });
  const key = hive.root.create("ControlSet001\\Services\\storahci");
  key.set("Start", dword(3));
  key.set("ImagePath", expandable("System32\\drivers\\storahci.sys"));
  key.set("Display", text("Standard SATA"));
  key.set("Load", texts(["one", "two"]));
  key.set("Large", binary(new Uint8Array(20_000).fill(0x5a)));
  key.set("Wide", qword(2n ** 40n));
  key.create("StartOverride").set("0", dword(3));
  hive.root.create("Select").set("Current", dword(1));
  return openHive(hive.toBytes());
}

/** Many times what one leaf of a list holds. */
const MANY = FULL ? 10_000 : 2_000;

describe("other programs", () => {
  test("hivex reads a hive of ours with many keys in one list, and in a row", () => {
    const hive = createHive();
    for (let index = 0; index < MANY; index++)
      hive.root.create(`wide\\key ${(index * 7919) % MANY}`).set("n", dword(index));
    hive.root.create("deep\\".repeat(300)).set("n", dword(1));
    const path = save("many", hive);
    expect(openHive(hive.toBytes()).check()).toEqual({ keys: MANY + 302, values: MANY + 1 });
    expect(hivexTrees([path])).toEqual([treeOf(hive.root)]);
    for (let index = 0; index < MANY; index += 2) hive.root.delete(`wide\\key ${index}`);
    expect(hivexTrees([save("half", hive)])).toEqual([treeOf(hive.root)]);
    expect(hive.root.find("wide")?.subkeys().length).toBe(MANY / 2);
    expect(hive.root.delete("wide") && hive.root.delete("deep")).toBe(true);
    expect(hivexTrees([save("none", hive)])[0]?.keys).toEqual([]);
  }, 300_000);

  test("hivex changes a hive of ours, we change it on, and it reads that", () => {
    const path = save("by-hivex", services());
    const script = fileURLToPath(new URL("edit_hive.py", import.meta.url));
    run("/usr/bin/python3", "-B", script, path, FULL ? "2000" : "700");
    const hive = openHive(readFileSync(path));
    expect([treeOf(hive.root)]).toEqual(hivexTrees([path]));
    for (let index = 1; index < 400; index += 3) {
      hive.root.find(`BYHIVEX\\CHILD${index}`)?.set("text", text("changed"));
      hive.root.create(`ByHivex\\added${index}`);
      hive.root.delete(`ByHivex\\child${index + 1}`);
    }
    expect(openHive(hive.toBytes()).check().keys).toBeGreaterThan(200);
    expect(hivexTrees([save("again", hive)])).toEqual([treeOf(hive.root)]);
  }, 300_000);

  test("hivexsh and reged list and export it", () => {
    const path = save("listed", services());
    const commands = join(folder, "commands");
    writeFileSync(commands, "cd \\ControlSet001\\Services\\storahci\nls\nlsval Start\nlsval ImagePath\n");
    expect(run("hivexsh", "-f", commands, path).trim().split("\n")).toEqual([
      "StartOverride",
      "3",
      "System32\\drivers\\storahci.sys",
    ]);
    const exported = join(folder, "exported.reg");
    run("reged", "-x", path, "HKEY_LOCAL_MACHINE\\SYSTEM", "\\", exported);
    const lines = readFileSync(exported, "latin1").split("\r\n");
    expect(lines).toContain("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\storahci\\StartOverride]");
    expect(lines).toContain('"Start"=dword:00000003');
    expect(lines).toContain('"Display"="Standard SATA"');
  });

  test("reged changes a hive of ours, and we read what it wrote", () => {
    const path = save("by-reged", services());
    const file = join(folder, "change.reg");
    const key = "[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\storahci";
    writeFileSync(
      file,
      `Windows Registry Editor Version 5.00\r\n\r\n${key}]\r\n"Start"=dword:00000000\r\n\r\n${key}\\New]\r\n"Name"="of reged"\r\n\r\n`,
    );
    // 2: it has written the hive.
    expect(spawnSync("reged", ["-C", "-I", path, "HKEY_LOCAL_MACHINE\\SYSTEM", file]).status).toBe(2);
    const hive = openHive(readFileSync(path), {}, { allowDirty: true });
    const changed = hive.root.find("ControlSet001\\Services\\storahci");
    expect(changed?.value("Start")?.number).toBe(0);
    expect(changed?.find("New")?.value("Name")?.text).toBe("of reged");
    changed?.set("Start", dword(4));
    changed?.delete("New");
    expect(hivexTrees([save("after-reged", hive)])).toEqual([treeOf(hive.root)]);
  });

  test("hivexregedit takes in our undo file, and the hive is as before", () => {
    const edits: readonly Edit[] = [
      { kind: "set", key: "ControlSet001\\Services\\storahci", name: "Start", data: dword(0) },
      { kind: "set", key: "ControlSet001\\Services\\storahci", name: "Display", data: qword(5) },
      { kind: "delete-value", key: "ControlSet001\\Services\\storahci", name: "Load" },
      { kind: "delete-value", key: "ControlSet001\\Services\\storahci", name: "Large" },
      { kind: "delete-key", key: "ControlSet001\\Services\\storahci\\StartOverride" },
      { kind: "set", key: "ControlSet002\\Services\\new", name: "", data: text("x") },
    ];
    const hive = services();
    applyEdits(hive.root, edits);
    const path = save("undone", hive);
    const file = join(folder, "undo.reg");
    const undo = undoRegFile(services(), edits, "HKEY_LOCAL_MACHINE\\SYSTEM");
    writeFileSync(file, Buffer.from(undo).toString("utf16le").slice(1).replaceAll("\r\n", "\n"));
    expect(differences(services(), openHive(readFileSync(path))).length).toBeGreaterThan(5);
    run("hivexregedit", "--merge", path, "--prefix", "HKEY_LOCAL_MACHINE\\SYSTEM", "--encoding", "UTF-16LE", file);
    expect(differences(services(), openHive(readFileSync(path)))).toEqual([]);
  });
});

test("our upper case is that of the table that mkntfs gives to a volume for Windows", () => {
  const image = join(folder, "ntfs.img");
  writeFileSync(image, new Uint8Array(8 << 20));
  run("mkntfs", "-F", "-Q", image);
  const table = execFileSync("ntfscat", ["-f", "-i", "10", image], { maxBuffer: 1 << 20 });
  expect(table.length).toBe(0x20000);
  const different = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(
    (unit) => table.readUInt16LE(unit * 2) !== upcase(unit),
  );
  expect(different.map((unit) => unit.toString(16))).toEqual([]);
});
