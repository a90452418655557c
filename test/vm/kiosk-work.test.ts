import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { sha256 } from "#test/demo/first-rescue.ts";
import { makeEmptyDisk } from "#test/demo/rescue-disks.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { debianDisk, type Fixture } from "#test/fixtures/debian-disk.ts";
import { type FileHashes, hashFiles } from "#test/fixtures/hash-files.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL, full } from "#test/sample.ts";
import { buildTestIso } from "./iso-guest.ts";
import { Kiosk, pictured } from "./kiosk.ts";
import { type KioskDisks, makeKioskDisks } from "./kiosk-disks.ts";
import { startVm } from "./qemu-run/start-vm.ts";
import type { Vm } from "./qemu-run/vm.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const folder = resolve("out/vm/kiosk-work-disks");
const JOB_SECONDS = 600;
/** The button that goes on, above its word, whether the page has a scrollbar or not. */
const NEXT = [1180, 755] as const;
const MIB = 2 ** 20;
let machine: { readonly vm: Vm; readonly kiosk: Kiosk; readonly disks: KioskDisks };
let before: {
  readonly fixture: Fixture;
  readonly source: string;
  readonly neighbour: string;
  readonly shared: FileHashes;
  readonly work: FileHashes;
};

/** One machine with five disks does all the work of a day, one after the other. */
beforeAll(async () => {
  if (!FULL) return;
  const iso = await buildTestIso("kiosk-work", "");
  await rm(folder, { recursive: true, force: true });
  const fixture = await debianDisk();
  const disks = await makeKioskDisks(folder, fixture);
  before = {
    fixture,
    source: await sha256(disks.source),
    neighbour: await sha256(disks.neighbour),
    shared: await hashFiles(disks.source, 1),
    work: await hashFiles(disks.source, 2),
  };
  const raw = (file: string, bus: "virtio" | "ahci" | "usb", serial: string) =>
    ({ file, format: "raw", bus, serial }) as const;
  const vm = await startVm({
    name: "kiosk-work",
    memoryMiB: 2048,
    cpus: 2,
    cdrom: iso.out,
    displaySize: { width: 1280, height: 800 },
    disks: [
      raw(disks.source, "virtio", "SOURCE-1"),
      raw(disks.empty, "virtio", "EMPTY-1"),
      raw(disks.broken, "virtio", "BROKEN-1"),
      raw(disks.neighbour, "ahci", "NEIGHBOUR-1"),
      raw(disks.data, "usb", "DATA-1"),
    ],
  });
  machine = { vm, kiosk: new Kiosk(vm), disks };
  await machine.kiosk.page("home", 400);
});

afterAll(() => machine?.vm[Symbol.asyncDispose]());

/** No flow changes the neighbour. */
async function flow(name: string, work: () => Promise<void>): Promise<void> {
  await pictured(machine.vm, name, work);
  expect(await sha256(machine.disks.neighbour)).toBe(before.neighbour);
}

full("clones a disk to another one, by keyboard", () =>
  flow("clone", async () => {
    const { kiosk, disks } = machine;
    // The third of what is offered.
    await kiosk.keys("tab", "tab", "tab", "ret");
    await kiosk.page("source");
    // Past "Look again" to the disks: the neighbour, the stick, the source.
    await kiosk.keys("tab", "tab", "down", "down");
    await kiosk.until(...NEXT, "strong");
    await kiosk.keys("ret");
    await kiosk.page("target");
    // The source cannot be chosen: the empty disk is the third again.
    await kiosk.keys("tab", "tab", "down", "down");
    await kiosk.until(...NEXT, "strong");
    await kiosk.keys("ret");
    await kiosk.page("review");
    await kiosk.shoot("clone-review");
    await kiosk.keys("tab", "ret");
    expect(await kiosk.job(JOB_SECONDS)).toBe("succeeded");
    await kiosk.page("result");
    expect(await sha256(disks.source)).toBe(before.source);
    const checks = await checkDisk(disks.empty);
    expect(checks.map(({ tool }) => tool)).toEqual(["sgdisk", "fsck.fat", "e2fsck"]);
    expect(await hashFiles(disks.empty, 1)).toEqual(before.shared);
    expect(await hashFiles(disks.empty, 2)).toEqual(before.work);
  }),
);

full("captures a disk to an image on another one, by pointer", () =>
  flow("capture", async () => {
    const { kiosk, disks } = machine;
    await kiosk.click(82, 177);
    await kiosk.page("capture");
    // The third disk, and Next.
    await kiosk.click(380, 388);
    await kiosk.until(...NEXT, "strong");
    await kiosk.click(...NEXT);
    await kiosk.page("capture", 120, 2);
    // The stick's partition is the second place.
    await kiosk.click(380, 270);
    await kiosk.until(...NEXT, "strong");
    await kiosk.click(...NEXT);
    // How strongly it is compressed: one is chosen already.
    await kiosk.until(773, 265, "strong");
    await kiosk.shoot("capture-options");
    await kiosk.click(...NEXT);
    await kiosk.page("capture", 120, 3);
    await kiosk.shoot("capture-review");
    await kiosk.click(1100, 769);
    expect(await kiosk.job(JOB_SECONDS)).toBe("succeeded");
    await kiosk.settle();
    expect(await sha256(disks.source)).toBe(before.source);

    const { offset } = await findPartition(disks.data, 1);
    const images = join(folder, "images");
    await mkdir(images);
    await runTool("mcopy", ["-i", `${disks.data}@@${offset}`, "::/*.lbi", images]);
    const [name = ""] = await readdir(images);
    const image = join(images, name);
    await lifeboat("image", "verify", image);
    const restored = join(folder, "restored.raw");
    await makeEmptyDisk(restored, (await stat(disks.source)).size);
    await lifeboat("restore", image, "--to", restored, "--yes-erase", restored);
    await checkDisk(restored);
    expect(await hashFiles(restored, 1)).toEqual(before.shared);
    expect(await hashFiles(restored, 2)).toEqual(before.work);
  }),
);

full("makes a partition larger, by keyboard in the editor and by pointer to apply it", () =>
  flow("partitions", async () => {
    const { kiosk, disks } = machine;
    await kiosk.click(87, 321);
    await kiosk.page("partitions");
    // Past "Look again" to the disks: the neighbour, the stick, the source.
    const end = [1140, 293] as const; // of the bar that shows the disk
    await kiosk.until(...end, "white");
    await kiosk.keys("tab", "tab", "down");
    await kiosk.until(...end, "pale");
    await kiosk.keys("down");
    await kiosk.until(...end, "white");
    // Past the partition table to the partitions: the second. Its limits are found out: a slider is there.
    await kiosk.keys("tab", "tab", "down");
    await kiosk.until(1050, 610, "strong");
    // The first of what can be done with it is to fill the free space behind it.
    await kiosk.keys("tab", "ret");
    await kiosk.settle();
    await kiosk.keys("ret");
    await kiosk.until(...NEXT, "strong");
    await kiosk.click(...NEXT);
    await kiosk.until(1000, 769, "strong");
    await kiosk.shoot("partitions-review");
    await kiosk.click(1100, 769);
    expect(await kiosk.job(JOB_SECONDS)).toBe("succeeded");
    await kiosk.settle();
    const checks = await checkDisk(disks.source);
    expect(checks.map(({ tool }) => tool)).toEqual(["sgdisk", "fsck.fat", "e2fsck"]);
    expect((await findPartition(disks.source, 1)).size).toBe(48 * MIB);
    const { offset, size } = await findPartition(disks.source, 2);
    expect([offset, size]).toEqual([49 * MIB, 206 * MIB]);
    expect(await hashFiles(disks.source, 1)).toEqual(before.shared);
    expect(await hashFiles(disks.source, 2)).toEqual(before.work);
  }),
);

full("repairs a disk that a BIOS does not start, by keyboard", () =>
  flow("boot", async () => {
    const { kiosk, disks } = machine;
    await kiosk.click(70, 273);
    await kiosk.page("boot");
    await kiosk.until(740, 470, "white");
    // Past "Look again" to the fifth disk.
    await kiosk.keys("tab", "tab", "down", "down", "down", "down");
    await kiosk.until(740, 660, "pale");
    // What is wrong with it is said at the end.
    await kiosk.until(1000, 725, "pale");
    await kiosk.shoot("boot-look");
    await kiosk.keys("tab", "ret");
    await kiosk.until(1080, 524, "strong");
    await kiosk.shoot("boot-plan");
    // Cancel has the focus; the next stop is the button that starts.
    await kiosk.keys("tab", "ret");
    expect(await kiosk.job(JOB_SECONDS)).toBe("succeeded");
    await kiosk.settle();
    const checks = await checkDisk(disks.broken);
    expect(checks.map(({ tool }) => tool)).toEqual(["sgdisk", "fsck.fat", "e2fsck", "ntfsfix", "fsck.fat"]);
    for (const part of ["root", "ntfs", "fat"] as const)
      expect(await hashFiles(disks.broken, before.fixture.partitions[part])).toEqual(before.fixture.files[part]);
  }),
);

full("starts the repaired disk by a BIOS", async () => {
  await machine.vm.quit();
  const disks = [{ file: machine.disks.broken, format: "raw", bus: "ahci", overlay: true }] as const;
  await withVm({ name: "kiosk-work-repaired", firmware: "bios", memoryMiB: 768, disks }, (vm) =>
    vm.waitForSerial(/systemd\[1\]: Hostname set to <fixture>/, { timeout: 300 }),
  );
});

const lifeboat = (...args: string[]) => runTool(resolve("lifeboat"), args);
