import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { DiskOptions } from "#imaging/prove/qemu/options.ts";
import { buildTestIso, DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import type { Vm } from "./qemu-run/vm.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";
import { makeUsbDisk, plug, pull } from "./usb-disk.ts";
import {
  checkTools,
  checkVolumes,
  closeVolumes,
  describeVolumes,
  LUKS_KEY,
  makeVolumes,
  openVolumes,
  sectorOfNoise,
} from "./volumes-guest.ts";

/** The engine where it is used: in the booted rescue system, with its kernel, its tools, and disks that fail. */

const folder = resolve("out/vm/volumes-disks");
const MIB = 1 << 20;
const names = ["source", "images", "target", "answer", "stick"] as const;
const fileOf = (name: (typeof names)[number]) => join(folder, `${name}.raw`);
const virtioDisk = (name: (typeof names)[number]): DiskOptions => ({
  ...{ file: fileOf(name), format: "raw", bus: "virtio" },
  serial: name.toUpperCase(),
});
const [SOURCE, IMAGES, TARGET, ANSWER] = ["/dev/vda", "/dev/vdb", "/dev/vdc", "/dev/vdd"];
const STICK = { serial: "STICK", file: fileOf("stick") };

interface Story {
  readonly vm: Vm;
  readonly guest: Guest;
  /** Of the volumes on the source disk. */
  readonly described: string;
}

async function withDisks(tell: (story: Story) => Promise<void>): Promise<void> {
  const iso = (await buildTestIso("volumes", DEBUG_SHELL, false)).out;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await using file = await open(fileOf(name), "w");
    await file.truncate(name === "answer" ? MIB : 900 * MIB);
  }
  const disks = [virtioDisk("source"), virtioDisk("images"), virtioDisk("target"), virtioDisk("answer")];
  await withVm({ name: "volumes", memoryMiB: 1024, display: "none", cdrom: iso, disks }, async (vm) => {
    await waitForMark(vm, "server", 600);
    const guest = await Guest.open(vm);
    // The server looks for images on all disks first: it must not meet them half made.
    await guest.run("busybox wget -q -O /dev/null http://127.0.0.1:8480/api/v1/images", 120);
    await guest.run(`mkfs.ext4 -q ${IMAGES} && mkdir -p /mnt/images && mount ${IMAGES} /mnt/images`);
    await makeVolumes(guest, SOURCE);
    const described = await describeVolumes(guest);
    await closeVolumes(guest);
    const made = vm.elapsedSeconds;
    await tell({ vm, guest, described });
    console.log(`disks made after ${made.toFixed(0)} s, all done after ${vm.elapsedSeconds.toFixed(0)} s`);
  });
  await rm(folder, { recursive: true });
}

async function lifeboat<T>(guest: Guest, command: string, { status = 0 } = {}): Promise<T> {
  const judged = `lifeboat ${command} --json > /run/result.json 2> /run/messages; [ $? = ${status} ]`;
  await guest.run(`${judged} || { cat /run/messages; false; }`, 600);
  return JSON.parse(await answer(guest, "/run/result.json")) as T;
}

/** A file of the guest, by way of a disk: the emulated serial line repeats a character of a long text now and then. */
async function answer(guest: Guest, file: string): Promise<string> {
  await guest.run(
    `{ cat ${file}; head -c 1 /dev/zero; } | dd of=${ANSWER} iflag=fullblock bs=1M conv=fsync status=none`,
  );
  const bytes = await readFile(fileOf("answer"));
  return bytes.subarray(0, bytes.indexOf(0)).toString();
}

const protectedImage = "/mnt/images/disk.lbi --password-file /run/password";

/** Captured through LUKS and LVM, encrypted and split, and restored onto a blank disk. */
async function captureAndRestore({ guest, described }: Story): Promise<void> {
  await checkTools(guest);
  await guest.run("printf 'Rettungsboot 7' > /run/password");
  const how = `--unlock 1=${LUKS_KEY} --encrypt --split 64M`;
  const report = await lifeboat<CaptureReport>(guest, `capture ${SOURCE} --to ${protectedImage} ${how}`);
  expect(report).toMatchObject({ encrypted: true, verified: true });
  expect(report.volumes).toBeGreaterThan(1);
  expect(Number(await guest.run("ls /mnt/images/disk.lbi* | wc -l"))).toBe(report.volumes);

  const luks = report.regions.find((region) => region.partition === 1);
  expect(luks?.contents?.map(({ name, mode, filesystem }) => [name, mode, filesystem?.type])).toEqual([
    ["unlocked", "used-blocks", "LVM2_member"],
    ["unlocked > rescue/files", "used-blocks", "ext4"],
    ["unlocked > rescue/swap", "header-only", "swap"],
  ]);
  expect(luks?.usedBytes).toBeLessThan((luks?.size ?? 0) / 3);

  await lifeboat(guest, `restore ${protectedImage} --to ${TARGET} --yes-erase virtio-TARGET`);
  await openVolumes(guest, TARGET);
  expect(await describeVolumes(guest)).toBe(described);
  await checkVolumes(guest, TARGET);
  await closeVolumes(guest);
}

/** The same disk once more, with a sector that cannot be read. */
async function captureBadSector({ vm, guest }: Story): Promise<void> {
  const badSector = await sectorOfNoise(guest, SOURCE);
  const faulty = { serial: "FAULTY", file: fileOf("source"), readOnly: true, badSector };
  await makeUsbDisk(vm, faulty);
  const device = await plug(vm, guest, faulty);
  const command = `capture ${device} --to /mnt/images/faulty.lbi --exclude-partition 1,2,3`;
  const report = await lifeboat<CaptureReport>(guest, command, { status: 6 });
  expect(report.bad?.files.map(({ partition, path }) => [partition, path])).toEqual([[4, "/noise"]]);
  expect(report.bad?.bytes).toBeGreaterThanOrEqual(512);
  expect(report.bad?.bytes).toBeLessThanOrEqual(4096);
  const map = await answer(guest, report.bad?.mapFile ?? "");
  const bad = [...map.matchAll(/^0x([0-9A-F]+) +0x([0-9A-F]+) +-/gim)].map(([, at, size]) =>
    [at, size].map((n) => Number.parseInt(n ?? "", 16)),
  );
  expect(bad.some(([at = 0, size = 0]) => at <= badSector * 512 && badSector * 512 < at + size)).toBe(true);
  await guest.run("lifeboat image verify /mnt/images/faulty.lbi", 240);
}

/** The stick that the image is written to is pulled, and plugged in again. */
async function pullStickDuringCapture({ vm, guest }: Story): Promise<void> {
  await makeUsbDisk(vm, STICK);
  const first = await plug(vm, guest, STICK);
  await guest.run(`mkfs.ext4 -q ${first} && mkdir -p /mnt/stick && mount ${first} /mnt/stick`);
  const how = "--to /mnt/stick/pulled.lbi --exclude-partition 1,2,3 --level none --limit 1M --checkpoint 4M";
  await guest.run(`{ lifeboat capture ${SOURCE} ${how} > /dev/null 2> /run/pulled; echo $? > /run/status; } & true`);
  const written = "stat -c %s /mnt/stick/pulled.lbi.partial 2> /dev/null || echo 0";
  await guest.run(`until [ "$(${written})" -gt 9000000 ]; do sleep 1; done`, 300);
  await pull(vm, guest, STICK);
  await guest.run("until grep -q '^Waiting: ' /run/pulled; do sleep 1; done", 300);
  await guest.run("umount --lazy /mnt/stick");
  const again = await plug(vm, guest, STICK);
  await guest.run(`mount ${again} /mnt/stick`);
  await guest.run("until [ -s /run/status ]; do sleep 1; done", 600);
  const said = await answer(guest, "/run/pulled");
  expect(said).toMatch(/^Waiting: .*pulled\.lbi/m);
  expect(said).toMatch(/^Going on\.$/m);
  expect(await guest.run("cat /run/status")).toBe("0");
  await guest.run("lifeboat image verify /mnt/stick/pulled.lbi", 240);
}

const stories = [
  { story: "captures LVM in LUKS, XFS and btrfs by used blocks, and restores them", tell: captureAndRestore },
  { story: "names the file on a bad sector, and leaves a map", tell: captureBadSector },
  { story: "waits for a stick that is pulled while the image is written", tell: pullStickDuringCapture },
];

it.each(scope({ sample: stories.slice(0, 1), all: stories }))("$story", ({ tell }) => withDisks(tell));
