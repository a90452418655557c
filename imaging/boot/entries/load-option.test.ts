import { expect, test } from "vitest";
import { makeLoadOption, parseLoadOption } from "#imaging/boot/entries/load-option.ts";

const DRIVE = {
  ...{ partition: 2, start: 4096, size: 131072, table: "gpt" as const },
  signature: "4c494645-0000-4000-8000-000000000002",
};

/**
 * What efibootmgr 17 writes for partition 2 of the Debian fixture, label "debian" and loader \EFI\debian\shimx64.efi (its
 * test in test/engine/boot/ asks the tool itself): attributes and lengths, HD(2,GPT,...), File(...), end.
 */
const BY_EFIBOOTMGR = [
  "01000000 6200 640065006200690061006e000000",
  "04012a00 02000000 0010000000000000 0000020000000000 4546494c 0000 0040 8000000000000002 02 02",
  "04043400 5c004500460049005c00640065006200690061006e005c007300680069006d007800360034002e006500660069000000",
  "7fff0400",
]
  .join("")
  .replaceAll(" ", "");

test("an option is, byte by byte, what efibootmgr makes", () => {
  const made = makeLoadOption("debian", DRIVE, "\\EFI\\debian\\shimx64.efi");
  expect(Buffer.from(made).toString("hex")).toBe(BY_EFIBOOTMGR);
});

test("it is read as it was made, with what the program is told", () => {
  const made = makeLoadOption("Linux Boot Manager", DRIVE, "\\EFI\\systemd\\systemd-bootx64.efi");
  const option = parseLoadOption(Buffer.concat([made, Uint8Array.of(1, 2, 3)]));
  expect(option).toMatchObject({
    ...{ active: true, hidden: false, description: "Linux Boot Manager", drive: DRIVE },
    ...{ file: "\\EFI\\systemd\\systemd-bootx64.efi", data: Uint8Array.of(1, 2, 3) },
  });
});

test("a partition of an MBR is named by the disk's signature", () => {
  const drive = { ...DRIVE, table: "mbr" as const, signature: "0a0b0c0d" };
  expect(parseLoadOption(makeLoadOption("x", drive, "\\x"))?.drive).toEqual(drive);
});

test("what is no path to a file is kept as it is", () => {
  // OVMF's entry for a network card begins with ACPI and PCI nodes; this one has nothing else.
  const bytes = Buffer.from("010000000c00780000000201 0c00d041030a000000007fff0400".replaceAll(" ", ""), "hex");
  const option = parseLoadOption(bytes);
  expect(option?.drive).toBeUndefined();
  expect(option?.file).toBeUndefined();
  expect(parseLoadOption(bytes.subarray(0, 12))).toBeUndefined();
  expect(parseLoadOption(new Uint8Array(4))).toBeUndefined();
});
