import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MendPlan } from "#imaging/mend/mend.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { copyOut, copyOutOfFat, type NamedVolume, namedVolumes, volume } from "#test/engine/windows/disk-oracle.ts";
import { hivexValues, mergeReg } from "#test/engine/windows/hive-oracles.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { writeDriverPackages } from "#test/fixtures/windows/driver-packages.ts";
import { makeWindowsDisk } from "#test/fixtures/windows/windows-disk.ts";
import { full, sample } from "#test/sample.ts";

const CONFIG = "Windows/System32/config";
const HIVES = ["SYSTEM", "SOFTWARE"].map((name) => `${CONFIG}/${name}`);
const ESP_BCD = "/EFI/Microsoft/Boot/BCD";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-undo-"));
  writeDriverPackages(join(folder, "drivers"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

type Kind = "uefi" | "bios";

/** Hashes of the hives and of the boot configuration. */
async function hashes(disk: string, kind: Kind): Promise<string[]> {
  const all = namedVolumes(disk);
  const found: string[] = [];
  for (const path of HIVES) found.push(sha256(await copyOut(disk, volume(all, "Windows"), path, at("hive"))));
  return [...found, sha256(await copyStore(disk, all, kind))];
}

const copyStore = async (disk: string, all: ReadonlyMap<string, NamedVolume>, kind: Kind): Promise<string> =>
  kind === "uefi"
    ? copyOutOfFat(disk, volume(all, "vfat"), ESP_BCD, at("BCD"))
    : await copyOut(disk, volume(all, "System"), "Boot/BCD", at("BCD"));

async function inWindows<T>(disk: string, readOnly: boolean, use: (root: string) => T): Promise<T> {
  await using mount = await mountRange(disk, "ntfs", volume(namedVolumes(disk), "Windows"), { readOnly });
  return use(mount.path);
}

const undoTime = (root: string, which = 0): string => readdirSync(join(root, "Lifeboat/Undo")).sort()[which] ?? "";

const adapt = (disk: string) =>
  lifeboatJson("universal", disk, "--drivers", at("drivers"), "--yes-change", disk) as Promise<unknown>;
const undo = (disk: string, ...more: readonly string[]) => ["universal", disk, "--undo", ...more];

/** Other GUIDs or another signature, so that the boot configuration has to be changed too. */
const rename = async (disk: string, kind: Kind) => {
  if (kind === "uefi") await runTool("sgdisk", ["--partition-guid=3:R", disk]);
  else await runTool("sfdisk", ["--quiet", "--disk-id", disk, "0x55667788"]);
};

test.each(sample<Kind>(["uefi", "bios"], 1))(
  "%s: hives and boot configuration come back byte for byte, and what was put in is gone",
  { timeout: 300_000 },
  async (kind) => {
    const { path: disk } = await makeWindowsDisk(at("disk.img"), { release: "11", firmware: kind, writer: "hivex" });
    await rename(disk, kind);
    const before = await hashes(disk, kind);
    const missing = await lifeboatError(...undo(disk), "--yes-change", disk);
    expect(missing).toMatchObject({ code: "WINDOWS_UNDO_MISSING", status: 2 });
    await adapt(disk);
    const after = await hashes(disk, kind);
    for (const [i, hash] of after.entries()) expect([i, hash === before[i]]).toEqual([i, false]);
    expect(await inWindows(disk, true, (root) => existsSync(join(root, "Windows/System32/drivers/viostor.sys")))).toBe(
      true,
    );

    const plan = await lifeboatJson<MendPlan>(...undo(disk), "--dry-run");
    expect(plan.wish.undo?.time).toMatch(/^\d{4}-/);
    expect(await hashes(disk, kind)).toEqual(after);
    expect(await lifeboat(...undo(disk), "--yes-change", disk)).toMatchObject({ status: 0 });
    expect(await hashes(disk, kind)).toEqual(before);
    const left = await inWindows(disk, true, (root) =>
      [
        "Windows/System32/drivers/viostor.sys",
        "Lifeboat/first-start.cmd",
        "Lifeboat/Drivers/viostor/viostor.inf",
      ].filter((path) => existsSync(join(root, path))),
    );
    expect(left).toEqual([]);
    await checkDisk(disk);
    expect(await lifeboatError(...undo(disk), "--yes-change", disk)).toMatchObject({
      code: "WINDOWS_UNDO_MISSING",
      text: expect.stringContaining("is as it was before"),
    });
  },
);

test("the .reg file of the boot configuration brings its values back, by a program of somebody else", async () => {
  const { path: disk } = await makeWindowsDisk(at("disk.img"), { release: "10", writer: "hivex" });
  await rename(disk, "uefi");
  const all = namedVolumes(disk);
  const values = hivexValues(await copyStore(disk, all, "uefi"));
  await adapt(disk);
  const store = await copyStore(disk, all, "uefi");
  expect(hivexValues(store)).not.toEqual(values);
  const time = await inWindows(disk, true, (root) => undoTime(root));
  const reg = copyOutOfFat(disk, volume(all, "vfat"), `/EFI/lifeboat/${time}/undo-bcd-boot-3.reg`, at("bcd.reg"));
  writeFileSync(at("undo.reg"), readFileSync(reg).toString("utf16le").replace("\ufeff", ""));
  mergeReg(store, at("undo.reg"), "HKEY_LOCAL_MACHINE\\BCD00000000");
  expect(hivexValues(store)).toEqual(values);
});

test("a Windows that has run since is not overwritten; when that is forced, it is; a hibernated one is not", async () => {
  const { path: disk } = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "own" });
  const before = await hashes(disk, "uefi");
  await adapt(disk);
  // As Windows does when it starts: it changes its registry, here by reged.
  await inWindows(disk, false, (root) => {
    const hive = join(root, HIVES[0] as string);
    writeFileSync(
      at("run.reg"),
      'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\Select]\n"Ran"=dword:00000001\n',
    );
    writeFileSync(at("hive"), readFileSync(hive));
    mergeReg(at("hive"), at("run.reg"), "HKEY_LOCAL_MACHINE\\SYSTEM");
    writeFileSync(hive, readFileSync(at("hive")));
  });
  const since = await hashes(disk, "uefi");
  const refused = await lifeboatError(...undo(disk), "--yes-change", disk);
  expect(refused).toMatchObject({ code: "WINDOWS_CHANGED_SINCE", status: 7, details: { files: `/${HIVES[0]}` } });
  expect(await hashes(disk, "uefi")).toEqual(since);

  const session = Buffer.concat([Buffer.from("HIBR"), Buffer.alloc(8188)]);
  await inWindows(disk, false, (root) => writeFileSync(join(root, "hiberfil.sys"), session));
  const asleep = await lifeboatError(...undo(disk), "--force", "--yes-change", disk);
  expect(asleep).toMatchObject({ code: "WINDOWS_HIBERNATED", status: 7 });
  expect(await hashes(disk, "uefi")).toEqual(since);
  const forced = await lifeboat(...undo(disk), "--force", "--discard-hibernation", "--yes-change", disk);
  expect(forced).toMatchObject({ status: 0 });
  expect(await hashes(disk, "uefi")).toEqual(before);
});

full(
  "one time after the other is taken back, the newest first, or the one that is named; what does not go together is refused",
  async () => {
    const { path: disk } = await makeWindowsDisk(at("disk.img"), { release: "10" });
    const first = await hashes(disk, "uefi");
    await lifeboatJson("universal", disk, "--yes-change", disk);
    const second = await hashes(disk, "uefi");
    await adapt(disk);
    const [older, newer] = await inWindows(disk, true, (root) => [undoTime(root, 0), undoTime(root, 1)]);
    // The older one alone would leave what came on top of it.
    expect(await lifeboatError(...undo(disk, older as string), "--yes-change", disk)).toMatchObject({
      code: "WINDOWS_CHANGED_SINCE",
      details: { time: older },
    });
    expect(await lifeboatError(...undo(disk, "2001-01-01T00-00-00Z"), "--dry-run")).toMatchObject({
      code: "WINDOWS_UNDO_MISSING",
      text: expect.stringContaining(`${newer}, ${older}`),
    });
    await lifeboatJson(...undo(disk), "--yes-change", disk);
    expect(await hashes(disk, "uefi")).toEqual(second);
    await lifeboatJson(...undo(disk), "--yes-change", disk);
    expect(await hashes(disk, "uefi")).toEqual(first);
    for (const wrong of [["--undo", "--drivers", at("drivers")], ["--force"]])
      expect((await lifeboatError("universal", disk, ...wrong)).code).toBe("USAGE");
  },
);
