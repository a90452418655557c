import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StoredJob } from "#imaging/job/job-store.ts";
import type { MendReport } from "#imaging/mend/mend.ts";
import type { EditReport } from "#imaging/partition/edit-plan.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { mountedDeviceId } from "#imaging/universal/windows/mounted-devices.ts";
import { offer } from "#test/engine/clone-net/offer.ts";
import { lifeboat, lifeboatJson, startLifeboatWith } from "#test/engine/image/command.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import {
  copyOut,
  copyOutOfFat,
  letters,
  type NamedVolume,
  namedVolumes,
  storeDevices,
  volume,
} from "#test/engine/windows/disk-oracle.ts";
import { hivexValues } from "#test/engine/windows/hive-oracles.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { RegistryLine } from "#test/fixtures/windows/registry-content.ts";
import { makeNtfs, makeWindowsDisk } from "#test/fixtures/windows/windows-disk.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
const SYSTEM = "Windows/System32/config/SYSTEM";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-moved-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const ids = (all: ReadonlyMap<string, NamedVolume>) => [...all.values()].map(({ mounted }) => mounted);

/** Letters of a disk, and whether they are those of the volumes that had them. */
async function lettersOf(disk: string): Promise<{ found: Map<string, string>; all: Map<string, NamedVolume> }> {
  const all = namedVolumes(disk);
  return { found: letters(await copyOut(disk, volume(all, "Windows"), SYSTEM, at("SYSTEM"))), all };
}

async function expectLetters(disk: string, wanted: Readonly<Record<string, string>>): Promise<void> {
  const { found, all } = await lettersOf(disk);
  for (const [letter, name] of Object.entries(wanted))
    expect([letter, found.get(letter)]).toEqual([letter, volume(all, name).mounted]);
}

const ALL = { C: "Windows", D: "Data D", E: "Data E" };

/** Every device of a store is on one of these volumes, and each of them has one. */
function expectStore(store: string, volumes: readonly NamedVolume[]): void {
  const named = storeDevices(store).filter((device) => device.length >= 88 * 2);
  expect(named.length).toBeGreaterThan(5);
  const isOn = (device: string, { inStore }: NamedVolume) => inStore.every((part) => device.includes(part));
  for (const device of named) expect(volumes.filter((one) => isOn(device, one)).length, device).toBe(1);
  for (const one of volumes) expect(named.some((device) => isOn(device, one))).toBe(true);
}

test("a restore with new identities: C:, D: and E: are the volumes that they were, and so is all in the boot configuration", async () => {
  const disk = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "hivex", hasData: true });
  await expectLetters(disk.path, ALL);
  await lifeboatJson("capture", disk.path, "--to", at("x.lbi"));
  const target = await blankDisk(at("target.img"), 1100 * MIB);
  const args = ["restore", at("x.lbi"), "--to", target, "--new-ids"];
  const plan = await lifeboatJson<RestorePlan>(...args, "--dry-run");
  expect(plan.mend?.moved).toHaveLength(5);
  expect(plan.operations.at(-1)?.text).toContain("how its partitions are called now");
  await lifeboatJson(...args, "--yes-erase", target);

  const [before, after] = [namedVolumes(disk.path), namedVolumes(target)];
  expect(ids(after).filter((id) => ids(before).includes(id))).toEqual([]);
  await expectLetters(target, ALL);
  // What Windows has by the volume's own name, and what is of no disk here.
  const values = hivexValues(at("SYSTEM"));
  expect(values.get("mounteddevices|\\??\\volume{11111111-2222-3333-4444-555555555555}")).toBe(
    `3:${volume(after, "Data D").mounted}`,
  );
  expect(values.get("mounteddevices|\\dosdevices\\f:")).toContain(Buffer.from("USBSTOR", "utf16le").toString("hex"));
  expectStore(copyOutOfFat(target, volume(after, "vfat"), "/EFI/Microsoft/Boot/BCD", at("BCD")), [
    ...["vfat", "Windows", "Data D"].map((name) => volume(after, name)),
  ]);
  await checkDisk(target);
  expect((await lifeboat("boot", "repair", target, "--dry-run")).stdout).toContain("There is nothing to do.");
});

full("partitions of an MBR that lie elsewhere, under the same signature and a new one", async () => {
  const disk = await makeWindowsDisk(at("disk.img"), { release: "7", firmware: "bios", writer: "own", hasData: true });
  await lifeboatJson("capture", disk.path, "--to", at("x.lbi"));
  writeFileSync(at("layout.json"), '{"partitions":[{"source":1},{"source":5},{"source":2},{"source":3}]}');
  const target = await blankDisk(at("target.img"), 900 * MIB);
  const args = ["--to", target, "--layout", at("layout.json"), "--yes-erase", target];
  const look = async () => {
    await expectLetters(target, ALL);
    const all = namedVolumes(target);
    const store = await copyOut(target, volume(all, "System"), "Boot/BCD", at("BCD"));
    expectStore(
      store,
      ["System", "Windows", "Data D"].map((name) => volume(all, name)),
    );
    await checkDisk(target);
    return all;
  };
  await lifeboatJson("restore", at("x.lbi"), ...args);
  const moved = await look();
  expect(volume(moved, "Windows").inStore[0]).toBe("d4c3b2a1");
  expect(volume(moved, "Data D").offset).not.toBe(disk.data[0]?.offset);

  await lifeboatJson("clone", disk.path, ...args, "--new-ids");
  expect(volume(await look(), "Windows").inStore[0]).not.toBe("d4c3b2a1");
});

test("partitions that are moved on the disk itself", async () => {
  const { path } = await makeWindowsDisk(at("disk.img"), {
    release: "7",
    firmware: "bios",
    writer: "own",
    hasData: true,
  });
  const moves = [2, 3, 5, 1].map((number) => ({ op: "move", number, start: number === 2 ? 200 * MIB : "right" }));
  writeFileSync(at("moves.json"), JSON.stringify(moves));
  const before = namedVolumes(path);
  const { mend } = await lifeboatJson<EditReport>(
    "partition",
    "apply",
    path,
    "--file",
    at("moves.json"),
    "--yes-change",
    path,
  );
  expect(mend?.problems).toEqual([]);
  const after = namedVolumes(path);
  for (const name of ["System", "Windows", "Data D", "Data E"])
    expect(volume(after, name).offset).not.toBe(volume(before, name).offset);
  await expectLetters(path, ALL);
  const moved = ["System", "Windows", "Data D"].map((name) => volume(after, name));
  expectStore(await copyOut(path, volume(after, "System"), "Boot/BCD", at("BCD")), moved);
  await checkDisk(path);
  expect((await lifeboat("boot", "repair", path, "--dry-run")).stdout).toContain("Nothing will be done");

  await lifeboatJson("partition", "move", path, "3", "--start", "left", "--no-boot-repair", "--yes-change", path);
  expect((await lettersOf(path)).found.get("D")).toBe(volume(after, "Data D").mounted);
});

/** A restore that is killed when all is on the disk, and only what starts from it is not ready. */
async function killedInMend() {
  const disk = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "own", hasData: true });
  await lifeboatJson("capture", disk.path, "--to", at("x.lbi"));
  const target = await blankDisk(at("target.img"), 1100 * MIB);
  await runTool("sfdisk", ["--quiet", target], { input: "label: gpt\nname=Old\n" });
  const own = { LIFEBOAT_STATE: at("state") };
  const json = async <T>(...args: string[]): Promise<T> =>
    JSON.parse((await startLifeboatWith(own, ...args, "--json").result).stdout) as T;
  const restoring = startLifeboatWith(own, "restore", at("x.lbi"), "--to", target, "--new-ids", "--yes-erase", target);
  await expect.poll(() => noteOf(own.LIFEBOAT_STATE), { timeout: 60_000, interval: 5 }).toContain('"kind":"mend"');
  restoring.child.kill("SIGKILL");
  expect((await restoring.result).status).not.toBe(0);
  const [job] = await json<StoredJob[]>("resume");
  expect(job).toMatchObject({
    what: expect.stringContaining("restore of"),
    work: { kind: "mend", target: { path: target } },
  });
  return { target, json, job };
}

test("killed when all is on the disk: `resume` makes ready what starts, with all that is moved", async () => {
  const { target, json, job } = await killedInMend();
  expect((await lettersOf(target)).found.get("D")).not.toBe(volume(namedVolumes(target), "Data D").mounted);

  const { systems } = await json<MendReport>("resume", job?.id ?? "");
  expect(systems.map(({ problems }) => problems)).toEqual([[]]);
  await expectLetters(target, ALL);
  expect(await json("resume")).toEqual([]);
});

full("killed when all is on the disk, and taken back: there is nothing to go on with", async () => {
  const { target, json } = await killedInMend();
  const [file = ""] = globSync("state/undo/*", { cwd: folder });
  await json("undo", at(file), "--to", target, "--yes-erase", target);
  expect((await runTool("sfdisk", ["--dump", target])).stdout).toContain('name="Old"');
  expect(await json("resume")).toEqual([]);
});

test("a disk of another machine, which is received with new identities", async () => {
  const { path } = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "hivex", hasData: true });
  const target = await blankDisk(at("target.img"), 1100 * MIB);
  await using offered = await offer(path);
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", target, "--new-ids"];
  const { mend } = await lifeboatJson<RestoreReport>(...receive, "--yes-erase", target);
  expect(mend?.systems.map(({ kind, problems }) => [kind, problems])).toEqual([["windows", []]]);
  expect(ids(namedVolumes(target)).filter((id) => ids(namedVolumes(path)).includes(id))).toEqual([]);
  await expectLetters(target, ALL);
});

test("a volume that is left out loses its letter; a second disk that is restored with it is told too", async () => {
  const system: RegistryLine[] = [["MountedDevices", "\\DosDevices\\G:", { binary: mountedDeviceId(MORE) }]];
  const disk = await makeWindowsDisk(at("disk.img"), { release: "10", hasData: true, more: { system } });
  await lifeboatJson("capture", disk.path, "--to", at("x.lbi"));
  const [first, second] = [await blankDisk(at("first.img"), 1100 * MIB), await blankDisk(at("second.img"), 120 * MIB)];
  const one = ["restore", at("x.lbi"), "--to", first, "--partition", "1", "--partition", "2", "--partition", "3"];
  await lifeboatJson(...one, "--partition", "4", "--yes-erase", first);
  const { found } = await lettersOf(first);
  expect([...found.keys()].sort()).toEqual(["C", "D", "F", "G"]);
  await expectLetters(first, { C: "Windows", D: "Data D" });

  // The same system; its data, of another disk, is restored beside it under new identities.
  await makeDataDisk(at("data.img"));
  await lifeboatJson("capture", at("data.img"), "--to", at("data.lbi"));
  const both = ["restore", at("x.lbi"), at("data.lbi"), "--to", first, "--to", second, "--new-ids"];
  await lifeboatJson(...both, "--yes-erase", first, "--yes-erase", second);
  const { found: now } = await lettersOf(first);
  expect(now.get("G")).toBe(volume(namedVolumes(second), "More").mounted);
});

test("a boot repair alone sets right what Windows' own volume is called, and touches no letter besides", async () => {
  const disk = await makeWindowsDisk(at("disk.img"), { release: "11", writer: "own", hasData: true });
  execFileSync("sgdisk", ["--partition-guid=3:R", disk.path], { stdio: "pipe" });
  const before = await lettersOf(disk.path);
  expect(before.found.get("C")).not.toBe(volume(before.all, "Windows").mounted);
  const { status, stdout } = await lifeboat("boot", "repair", disk.path, "--yes-change", disk.path);
  expect([status, stdout]).toEqual([0, expect.stringContaining("the volume of Windows stays C:")]);
  await expectLetters(disk.path, ALL);
  const store = copyOutOfFat(disk.path, volume(before.all, "vfat"), "/EFI/Microsoft/Boot/BCD", at("BCD"));
  expectStore(store, [...["vfat", "Windows", "Data D"].map((name) => volume(before.all, name))]);
});

/** The one job that is noted in a folder. */
const noteOf = (folder: string): string =>
  globSync("*.json", { cwd: folder }).map((name) => readFileSync(join(folder, name), "utf8"))[0] ?? "";

const MORE = {
  style: "gpt",
  disk: "d0d0d0d0-1111-4222-8333-444455556666",
  partition: "d1d1d1d1-0506-4708-890a-0b0c0d0e0f10",
} as const;

/** A disk with one volume, which the Windows of another one calls G:. */
async function makeDataDisk(path: string): Promise<void> {
  await blankDisk(path, 100 * MIB);
  const row = `start=2048, size=131072, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=${MORE.partition}`;
  await runTool("sfdisk", ["--quiet", path], { input: `label: gpt\nlabel-id: ${MORE.disk}\n${row}\n` });
  await makeNtfs(path, { offset: MIB, size: 64 * MIB }, "More");
}
