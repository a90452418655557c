import { expect, test } from "vitest";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { readBootCode } from "#imaging/preflight/content/boot/boot-code.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const PARTITION: PartitionInfo = {
  ...{ number: 1, start: 1 << 20, size: 1 << 20, type: "0x7", typeName: "x", active: true, role: "primary" },
};
const disk = async (...pieces: [number, string | Buffer][]) => {
  const device = memoryDevice(4 << 20);
  for (const [at, piece] of pieces) await device.write(Buffer.from(piece as string, "latin1"), at);
  return device;
};
const grubAt = (sector: number): [number, Buffer] => {
  const code = Buffer.alloc(440, 0x90);
  code.writeBigUInt64LE(BigInt(sector), 0x5c);
  code.write("GRUB \0Geom\0Hard Disk\0Read\0 Error\r\n", 0x180, "latin1");
  return [0, code];
};

test.each([
  ["nothing", await disk(), "none", false],
  ["GRUB", await disk(grubAt(2048), [1 << 20, "Rloading"]), "grub", true],
  ["GRUB whose second part is gone", await disk(grubAt(2048)), "grub", false],
  ["GRUB whose second part is beyond the disk", await disk(grubAt(1 << 30)), "grub", false],
  ["Windows", await disk([300, "Invalid partition table"], [(1 << 20) + 100, "BOOTMGR is missing"]), "windows", true],
  ["syslinux", await disk([300, "Missing operating system."], [(1 << 20) + 3, "SYSLINUX"]), "syslinux", true],
  ["something else", await disk([0, "\xeb\x3cSomebody's"]), "other", true],
])("%s", async (_, device, kind, isWhole) => {
  expect(await readBootCode(device, [PARTITION])).toEqual({ kind, isWhole, active: 1 });
});

test("Windows' code with nothing active starts nothing", async () => {
  const device = await disk([300, "Invalid partition table"]);
  expect(await readBootCode(device, [{ ...PARTITION, active: false }])).toEqual({
    kind: "other",
    isWhole: false,
    active: undefined,
  });
});
