import { expect, test } from "vitest";
import { activeBootCode } from "#imaging/boot/bios/active-boot-code.ts";
import { planWindowsBios } from "#imaging/boot/bios/plan-windows-bios.ts";
import { applyDiskChanges } from "#imaging/boot/disk-change.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { type Files, installedLinux, installedVolume, systemFolder } from "#test/doubles/boot-folder.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const SIZE = 4 * MIB;
const partition = (number: number, active: boolean): Partition => ({
  ...{ number, start: number * 4 * MIB, size: SIZE, type: "0x07", name: undefined, guid: undefined },
  ...{ active, role: "primary", attributes: "0x0" },
});

function ntfsSector(hidden: number, text = "BOOTMGR is missing"): Uint8Array {
  const sector = Buffer.alloc(512);
  sector.write("\xebR\x90NTFS    ", 0, "latin1");
  sector.writeUInt32LE(hidden, 0x1c);
  sector.write(text, 0x100);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

interface World {
  readonly active?: number;
  readonly hidden?: number;
  readonly code?: string;
  readonly hasLinux?: boolean;
  readonly files?: Files;
  readonly text?: string;
}

/** Two NTFS partitions, the second of which is Windows. */
async function planned({ active, hidden = 77, code = "", hasLinux = false, files = {}, text }: World) {
  const device = memoryDevice(16 * MIB);
  const partitions = [partition(1, active === 1), partition(2, active === 2)];
  const bootCode = new Uint8Array(440);
  bootCode.set(Buffer.from(code));
  const design = { type: "mbr" as const, size: device.size, sectorSize: 512, diskId: "0a0b0c0d", bootCode, partitions };
  for (const write of buildTable(design)) await device.write(write.bytes, write.offset);
  for (const { start } of partitions) {
    await device.write(ntfsSector(hidden, text), start);
    await device.write(ntfsSector(hidden, text), start + SIZE - 512);
  }
  await using folder = await systemFolder({ "Windows/x": "", ...files });
  const volumes = [1, 2].map((number) => installedVolume(number, "ntfs"));
  const mounts = [{ folder: "/", volume: installedVolume(2, "ntfs") }];
  const system = { ...installedLinux(folder.root, { volumes, mounts }), kind: "windows" as const };
  const table = await readPartitionTable(device);
  const plan = async () =>
    planWindowsBios(device, await readPartitionTable(device), { system, tree: folder.tree, hasLinux });
  const first = await plan();
  expectSaid(first.disk, first.problems);
  const before = await readBytes(device, 0, device.size);
  await applyDiskChanges(device, first.disk);
  const again = await plan();
  return { ...first, device, before, table, again };
}

test("a lost disk starts Windows again: code, active partition, and boot sectors that know their places", async () => {
  const { device, disk, active, again, before, table } = await planned({});
  expect(active).toBe(1);
  expect(Buffer.from(await readBytes(device, 0, 309)).equals(activeBootCode())).toBe(true);
  const after = await readPartitionTable(device);
  expect(after.partitions.map((one) => one.active)).toEqual([true, false]);
  expect(after.diskId).toBe("0a0b0c0d");
  for (const { start } of table.partitions)
    for (const place of [start, start + SIZE - 512])
      expect(Buffer.from(await readBytes(device, place, 512)).readUInt32LE(0x1c)).toBe(start / 512);
  // Nothing but what the plan names is changed.
  const expected = Buffer.from(before);
  for (const { offset, bytes } of disk) expected.set(bytes, offset);
  expect(Buffer.compare(await readBytes(device, 0, device.size), expected)).toBe(0);
  expect(again.disk).toEqual([]);
});

test("bootmgr in Windows' own partition makes that one active", async () => {
  expect((await planned({ files: { bootmgr: "x" } })).active).toBe(2);
});

test("what is right stays: Windows' own code, the active partition, places that are known", async () => {
  const { disk } = await planned({ active: 2, code: "Invalid partition table" });
  expect(disk.every(({ text }) => text.includes("hidden sectors"))).toBe(true);
});

test("a Linux that has sector 0 keeps it", async () => {
  const { disk } = await planned({ hasLinux: true, active: 1 });
  expect(disk.some(({ offset }) => offset === 0)).toBe(false);
});

test("a boot sector without Windows' code is said, since nobody but Windows can write it", async () => {
  const { problems } = await planned({ text: "made by mkntfs" });
  expect(problems).toMatchObject([{ code: "BOOT_SECTOR_EMPTY", next: expect.stringContaining("bootsect") }]);
});
