import { expect, test } from "vitest";
import { memoryOf } from "./memory-facts.ts";

const MIB = 2 ** 20;

test.each([
  // As QEMU's SMBIOS is read by iPXE, bytes in the order of the table, and by GRUB.
  [{ m: "0002......." }, 512 * MIB],
  [{ g: "512......." }, 512 * MIB],
  [{ m: "0010.0010.0000.ffff" }, 8192 * MIB],
  // 32 GiB and more are in another field.
  [{ m: "ff7f" }, 32 * 1024 * MIB],
  // In KiB.
  [{ g: "33280" }, 512 * 1024],
])("%o", (query, bytes) => {
  expect(memoryOf(query)).toBe(bytes);
});

test.each([
  {},
  { m: "......." },
  { m: "0000" },
  { m: "zz.0x12.-1" },
  { g: "99999" },
  { g: ["512"] },
  { m: "0002.".repeat(100) },
])("%o says nothing", (query) => {
  expect(memoryOf(query)).toBeUndefined();
});
