import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MendPlan, MendReport } from "#imaging/mend/mend.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { copyOut, copyOutOfFat, namedVolumes, storeDevices, volume } from "#test/engine/windows/disk-oracle.ts";
import { hivexValues } from "#test/engine/windows/hive-oracles.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { makeWindowsDisk } from "#test/fixtures/windows/windows-disk.ts";

const MIB = 1 << 20;
const BCD = "/EFI/Microsoft/Boot/BCD";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-boot-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const texts = ({ systems, loaders, disk }: Pick<MendPlan, "systems" | "loaders" | "disk">) =>
  [...systems.flatMap(({ steps }) => steps), ...loaders, ...disk].map(({ text }) => text);
const saysWide = (store: string, text: string) =>
  [...hivexValues(store).values()].some((value) => value.includes(Buffer.from(text, "utf16le").toString("hex")));

/** What the dry run says is what is done, and a second one has nothing left. */
async function repair(disk: string): Promise<MendReport> {
  const plan = await lifeboatJson<MendPlan>("boot", "repair", disk, "--dry-run");
  const report = await lifeboatJson<MendReport>("boot", "repair", disk, "--yes-change", disk);
  expect(texts(report)).toEqual(texts(plan));
  expect(texts(await lifeboatJson<MendPlan>("boot", "repair", disk, "--dry-run"))).toEqual([]);
  return report;
}

test("an EFI system partition without its boot manager, of a disk with other GUIDs: files and boot configuration are right, FAT is whole", async () => {
  const { path } = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "hivex" });
  execFileSync("sgdisk", ["--disk-guid=R", "--partition-guid=1:R", "--partition-guid=3:R", path], { stdio: "pipe" });
  const report = await repair(path);
  expect(report.systems.flatMap(({ problems }) => problems)).toEqual([]);
  const all = namedVolumes(path);
  const [esp, windows] = [volume(all, "vfat"), volume(all, "Windows")];
  const devices = storeDevices(copyOutOfFat(path, esp, BCD, at("BCD")));
  expect(devices.length).toBeGreaterThan(4);
  for (const device of devices)
    expect([esp, windows].some(({ inStore }) => inStore.every((part) => device.includes(part)))).toBe(true);
  const own = readFileSync(await copyOut(path, windows, "Windows/Boot/EFI/bootmgfw.efi", at("own.efi")));
  for (const name of ["/EFI/Microsoft/Boot/bootmgfw.efi", "/EFI/Boot/bootx64.efi"])
    expect(readFileSync(copyOutOfFat(path, esp, name, at("copy.efi")))).toEqual(own);
  await checkDisk(path);
});

test("the active partition of an MBR disk with another signature: what a boot repair mends is no problem besides", async () => {
  const { path } = await makeWindowsDisk(at("disk.img"), { release: "10", firmware: "bios" });
  execFileSync("sfdisk", ["--quiet", "--disk-id", path, "0x55667788"], { stdio: "pipe" });
  execFileSync("sfdisk", ["--quiet", "--activate", path, "2"], { stdio: "pipe" });
  execFileSync("sfdisk", ["--quiet", "--activate", path, "-"], { stdio: "pipe" });
  const { systems } = await repair(path);
  // By mkntfs, so with no boot code of Windows; that the partition was not active is mended.
  expect(systems.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["BOOT_SECTOR_EMPTY"]);
  const all = namedVolumes(path);
  const devices = storeDevices(await copyOut(path, volume(all, "System"), "Boot/BCD", at("BCD")));
  expect(devices.length).toBeGreaterThan(4);
  expect(devices.every((device) => device.includes("88776655") && !device.includes("d4c3b2a1"))).toBe(true);
  await using system = await mountRange(path, "ntfs", volume(all, "System"), { readOnly: true });
  expect(existsSync(join(system.path, "Lifeboat/Undo"))).toBe(true);
  await checkDisk(path);
});

test("from a BIOS to UEFI: all that is on the new EFI system partition comes from Windows", async () => {
  const disk = await makeWindowsDisk(at("disk.img"), { release: "10", firmware: "bios", hasData: true });
  const target = await blankDisk(at("target.img"), 1200 * MIB);
  const args = ["clone", disk.path, "--to", target, "--table", "gpt", "--firmware", "uefi"];
  const report = await lifeboatJson<{ mend: MendReport }>(...args, "--yes-erase", target);
  expect(report.mend.systems.flatMap(({ problems }) => problems)).toEqual([]);
  const all = namedVolumes(target);
  const store = copyOutOfFat(target, volume(all, "EFI"), BCD, at("BCD"));
  expect([saysWide(store, "winload.efi"), saysWide(store, "winload.exe")]).toEqual([true, false]);
  copyOutOfFat(target, volume(all, "EFI"), "/EFI/Boot/bootx64.efi", at("boot.efi"));
  await checkDisk(target);
});
