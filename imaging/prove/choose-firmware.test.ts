import { expect, test } from "vitest";
import { chooseFirmware, type FirmwareFacts, hasBootCode } from "#imaging/prove/choose-firmware.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const esp = { type: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" } as FirmwareFacts["partitions"][number];

test.each([
  [true, true, "bios", "bios"],
  [true, true, "uefi", "uefi"],
  [true, true, undefined, "uefi"],
  [true, false, "uefi", "bios"],
  [false, true, "bios", "uefi"],
  [false, false, "bios", "uefi"],
] as const)("boot program %s, EFI loader %s, here %s: %s", (code, loader, here, firmware) => {
  const chosen = chooseFirmware({ hasBootCode: code, hasEfiLoader: loader, partitions: [esp], here });
  expect(chosen.firmware).toBe(firmware);
  expect(chosen.because).not.toBe("");
});

test("a disk on which nothing speaks for UEFI is for a BIOS", () => {
  const facts = { hasBootCode: false, hasEfiLoader: false, partitions: [], here: "uefi" } as const;
  expect(chooseFirmware(facts).firmware).toBe("bios");
});

test("a first sector without its signature, or without a program, starts nothing", async () => {
  const bytes = new Uint8Array(4096);
  const device = memoryDevice(bytes);
  bytes[0] = 0xeb;
  expect(await hasBootCode(device)).toBe(false);
  bytes.set([0x55, 0xaa], 510);
  expect(await hasBootCode(device)).toBe(true);
  bytes[0] = 0;
  bytes[446] = 0x80; // the partition table is no program
  expect(await hasBootCode(device)).toBe(false);
});
