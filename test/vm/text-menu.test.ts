import { copyFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { GPT_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { hashFiles } from "#test/fixtures/hash-files.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { buildTestIso } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { SerialMenu } from "./serial-menu.ts";

const BOOT_SECONDS = 900;
const MIB = 1 << 20;
const folder = resolve("out/vm/text-menu-disks");
const NAME = "Büro; 'Server'";

/** A disk with one empty ext4 partition, for images. */
async function backupDisk(path: string): Promise<string> {
  await blankDisk(path, 256 * MIB);
  await using loop = await attachLoop(path);
  await runTool("sfdisk", ["--quiet", loop.path], { input: "label: gpt\nname=Backup\n" });
  const { offset, size } = await findPartition(path, 1);
  await using partition = await attachLoop(path, { offset, size });
  await runTool("mkfs.ext4", ["-q", "-L", "backup", partition.path]);
  return path;
}

async function makeDisks() {
  await runTool("rm", ["-rf", folder]);
  await runTool("mkdir", ["-p", folder]);
  const source = await makeSampleDisk(join(folder, "source.raw"), GPT_DISK);
  const target = await blankDisk(join(folder, "target.raw"), GPT_DISK.size);
  return { source, backup: await backupDisk(join(folder, "backup.raw")), target };
}

full(
  "over the serial line alone: captures a disk to a partition, verifies the image, restores it to another disk, and shuts down",
  async () => {
    const { out } = await buildTestIso("text-menu", "", false);
    const disks = await makeDisks();
    const attached = Object.entries(disks).map(([name, file]) => ({
      ...{ file, format: "raw" as const, bus: "virtio" as const, serial: name.toUpperCase() },
    }));
    await withVm({ name: "text-menu", memoryMiB: 256, cdrom: out, disks: attached }, async (vm) => {
      const menu = await SerialMenu.open(vm, BOOT_SECONDS);
      await capture(menu);
      await verify(menu);
      await restore(menu);
      // The last one of more than nine has no number.
      menu.press("page-down");
      await menu.see("Restart or shut down");
      menu.press("enter");
      await menu.see("Remove the rescue stick or disc when the screen goes dark");
      await menu.choose("Shut down");
      await vm.waitForEvent("SHUTDOWN", { timeout: 120 });
    });
    await compare(disks);
  },
);

async function capture(menu: SerialMenu): Promise<void> {
  await menu.choose("Capture a disk into an image");
  await menu.see(/Which disk do you want to capture\?.*Step 1 of 7/);
  await menu.choose("serial number SOURCE");
  await menu.see(/Where shall the image go\?.*Step 2 of 7/);
  await menu.choose('"backup"');
  await menu.see(/Name.*Step 3 of 7/);
  menu.press("clear", NAME, "enter");
  await menu.see(/Encrypt the image\?.*Step 4 of 7/);
  menu.press("enter");
  await menu.see(/Read the image back\?.*Step 5 of 7/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 6 of 7/);
  await menu.agree();
  menu.press("down", "enter");
  await menu.see("The image is complete", 300);
  await menu.see("The image was read back and is intact.");
  menu.press("enter");
  await menu.see("What do you want to do?");
}

async function verify(menu: SerialMenu): Promise<void> {
  await menu.choose("Verify an image");
  await menu.see("Which image do you want to verify?");
  await menu.choose(`${NAME}.lbi`);
  await menu.see(/Check what will happen.*Step 2 of 3/);
  await menu.agree();
  menu.press("down", "enter");
  await menu.see("The image is intact", 300);
  menu.press("enter");
  await menu.see("What do you want to do?");
}

async function restore(menu: SerialMenu): Promise<void> {
  await menu.choose("Restore an image to a disk");
  await menu.see(/Which image.*Step 1 of 5/);
  await menu.choose(`${NAME}.lbi`);
  await menu.see(/Which disk.*Step 2 of 5/);
  await menu.choose("serial number TARGET");
  await menu.see(/Read everything back\?.*Step 3 of 5/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 4 of 5/, 120);
  await menu.agree();
  menu.press("down", "enter"); // the disk is empty: nothing is lost
  await menu.see("The restore is complete", 300);
  menu.press("enter");
  await menu.see("What do you want to do?");
}

/** By other programs than ours, and by the image that the menu has made. */
async function compare({ source, backup, target }: Awaited<ReturnType<typeof makeDisks>>): Promise<void> {
  const { offset, size } = await findPartition(backup, 1);
  const image = join(folder, "image.lbi");
  {
    await using mount = await mountRange(backup, "ext4", { offset, size }, { readOnly: true });
    await copyFile(join(mount.path, `${NAME}.lbi`), image);
  }
  await runTool(resolve("lifeboat"), ["image", "verify", image]);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  await runTool("sgdisk", ["-v", target]);
  for (const number of [3, 4]) {
    const files = await hashFiles(source, number);
    expect(files.size).toBeGreaterThan(0);
    expect(await hashFiles(target, number)).toEqual(files);
  }
}
