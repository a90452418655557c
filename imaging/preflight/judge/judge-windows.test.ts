import { expect, test } from "vitest";
import { chooseTarget } from "#imaging/preflight/choose-target.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { WindowsDriver } from "#imaging/preflight/content/windows/windows-content.ts";
import type { PreflightWish } from "#imaging/preflight/judge/context.ts";
import { judge } from "#imaging/preflight/judge/judge.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { diskContent, inside, MICROSOFT, windows } from "#test/doubles/disk-content.ts";
import { judged } from "#test/doubles/judged.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";

const laptop = await recordedMachine("laptop-vmd");
const nvme = await recordedMachine("qemu-nvme-secure-boot");
const ahci = await recordedMachine("qemu-ahci");
const virtio = await recordedMachine("qemu-virtio");
const raid = await recordedMachine("qemu-megasas");

const driver = (service: string, start: number | undefined, more: Partial<WindowsDriver> = {}): WindowsDriver => ({
  ...{ service, start, hasFile: true, isBound: true },
  ...more,
});
const byUefi = (machine: MachineHardware, drivers: readonly WindowsDriver[], more = {}): DiskContent =>
  diskContent([windows(machine, drivers, more)], {
    bootCode: { kind: "none", active: undefined, isWhole: false },
    loaders: MICROSOFT,
  });
const byBios = (machine: MachineHardware, drivers: readonly WindowsDriver[], more = {}): DiskContent =>
  diskContent([windows(machine, drivers, more)], {
    tableType: "mbr",
    bootCode: { kind: "windows", active: 3, isWhole: true },
    loaders: [],
  });

const SEVEN = { name: "Windows 7 Professional", major: 6, minor: 1, build: 7601 };

test.each<[string, MachineHardware, DiskContent, PreflightWish, string]>([
  ["started early", nvme, byUefi(nvme, [driver("stornvme", 0)]), {}, "will-boot"],
  ["known by its class alone", nvme, byUefi(nvme, [driver("stornvme", 0, { isBound: false })]), {}, "will-boot"],
  ["not started early", nvme, byUefi(nvme, [driver("stornvme", 3)]), {}, "will-boot-after SERVICE_OFF"],
  [
    "not started early, universal",
    nvme,
    byUefi(nvme, [driver("stornvme", 3)]),
    { universal: true },
    "will-boot +SERVICE_OFF",
  ],
  ["off", ahci, byBios(ahci, [driver("storahci", 4)]), {}, "will-boot-after SERVICE_OFF"],
  [
    "a service without its file",
    nvme,
    byUefi(nvme, [driver("stornvme", 0, { hasFile: false })]),
    { universal: true },
    "will-not-boot DRIVER_MISSING",
  ],
  [
    "one that a universal restore does not know",
    nvme,
    byUefi(nvme, [driver("somebody", 3)]),
    { universal: true },
    "unknown DRIVER_UNSURE",
  ],
  ["none for virtio", virtio, byBios(virtio, []), {}, "will-not-boot DRIVER_MISSING"],
  ["none for virtio, given", virtio, byBios(virtio, []), { drivers: ["0000:00:01.0"] }, "will-boot-after DRIVER_ADDED"],
  [
    "none for virtio, given, universal",
    virtio,
    byBios(virtio, []),
    { drivers: ["0000:00:01.0"], universal: true },
    "will-boot +DRIVER_ADDED",
  ],
  ["none for VMD, but one for NVMe", laptop, byUefi(laptop, []), {}, "will-not-boot DRIVER_MISSING"],
  [
    "one for VMD, perhaps",
    laptop,
    byUefi(laptop, [driver("iaStorVD", 0, { isBound: false })]),
    {},
    "unknown DRIVER_UNSURE",
  ],
  ["one for VMD", laptop, byUefi(laptop, [driver("iaStorVD", 0)]), {}, "will-boot"],
  [
    "one for some RAID controllers",
    raid,
    byBios(raid, [driver("megasas", 3, { isBound: false })]),
    {},
    "unknown DRIVER_UNSURE",
  ],
  ["Windows 7 and NVMe", nvme, byUefi(nvme, [], SEVEN), {}, "will-not-boot DRIVER_MISSING"],
])("the driver: %s", (_, machine, content, wish, expected) => {
  expect(judged(machine, content, wish)).toBe(expected);
});

const NVME = [driver("stornvme", 0)];
const SATA = [driver("storahci", 0)];

test.each<[string, MachineHardware, DiskContent, PreflightWish, string]>([
  ["BitLocker", nvme, inside(byUefi(nvme, NVME), "BitLocker"), {}, "will-boot-after BITLOCKER_KEY"],
  [
    "hibernated",
    nvme,
    inside(byUefi(nvme, NVME), "ntfs", ["Windows is hibernated"]),
    {},
    "will-boot WINDOWS_HIBERNATED",
  ],
  [
    "hibernated, with a universal restore",
    nvme,
    inside(byUefi(nvme, NVME), "ntfs", ["Windows is hibernated"]),
    { universal: true },
    "will-boot-after WINDOWS_HIBERNATED",
  ],
  [
    "hibernated, and its session is thrown away",
    nvme,
    inside(byUefi(nvme, NVME), "ntfs", ["Windows is hibernated"]),
    { universal: true, discardHibernation: true },
    "will-boot",
  ],
  ["no BCD", nvme, byUefi(nvme, NVME, { hasEfiBcd: false }), {}, "will-not-boot BCD_MISSING"],
  [
    "made for a BIOS, machine UEFI",
    nvme,
    { ...byBios(nvme, NVME), tableType: "gpt" },
    {},
    "will-boot-after FIRMWARE_CONVERSION",
  ],
  [
    "made for a BIOS, with an MBR",
    nvme,
    byBios(nvme, NVME),
    { firmware: "uefi" },
    "unknown WINDOWS_TABLE +FIRMWARE_CONVERSION",
  ],
  [
    "made for a BIOS, all converted",
    nvme,
    byBios(nvme, NVME),
    { firmware: "uefi", tableType: "gpt", universal: true },
    "will-boot +FIRMWARE_CONVERSION +WINDOWS_NEW_TABLE",
  ],
  ["made for UEFI, machine a BIOS", ahci, byUefi(ahci, SATA), {}, "will-not-boot FIRMWARE_NO_LOADER"],
  [
    "made for UEFI, on a BIOS that could",
    { ...ahci, firmware: { mode: "bios", knowsUefi: true } },
    byUefi(ahci, SATA),
    {},
    "will-boot-after FIRMWARE_MODE_SETTING",
  ],
  [
    "made for UEFI, converted",
    ahci,
    byUefi(ahci, SATA),
    { firmware: "bios", tableType: "mbr", universal: true },
    "will-boot +FIRMWARE_CONVERSION +WINDOWS_NEW_TABLE",
  ],
  ["made for a BIOS, on one", ahci, byBios(ahci, SATA), {}, "will-boot"],
  [
    "nothing active",
    ahci,
    { ...byBios(ahci, SATA), bootCode: { kind: "windows", active: undefined, isWhole: false } },
    {},
    "will-boot-after BOOT_CODE_BROKEN",
  ],
  ["new ids", nvme, byUefi(nvme, NVME), { newIds: true }, "will-boot-after WINDOWS_NEW_IDS"],
  [
    "32 bits on firmware of 64",
    nvme,
    byUefi(nvme, NVME, { architecture: "i686" }),
    {},
    "will-not-boot ARCHITECTURE_UEFI",
  ],
  ["for ARM", nvme, byUefi(nvme, NVME, { architecture: "aarch64" }), {}, "will-not-boot ARCHITECTURE"],
  ["its registry is damaged", nvme, byUefi(nvme, NVME, { unread: "it is damaged" }), {}, "unknown REGISTRY_UNREAD"],
  [
    "Windows 7 on somebody's UEFI",
    { ...nvme, isVirtual: false },
    byUefi(nvme, NVME, SEVEN),
    {},
    "unknown WINDOWS_7_UEFI",
  ],
  [
    "11 24H2 on an old processor",
    { ...nvme, processor: { ...nvme.processor, level: 1 } },
    byUefi(nvme, NVME, { build: 26100 }),
    {},
    "will-not-boot PROCESSOR_LEVEL",
  ],
  [
    "its boot manager is forbidden",
    {
      ...nvme,
      firmware: {
        ...nvme.firmware,
        secureBoot: { ...nvme.firmware.secureBoot, revoked: ["Microsoft Windows Production PCA 2011"] },
      },
    } as MachineHardware,
    byUefi(nvme, NVME),
    {},
    "will-not-boot SECURE_BOOT_REVOKED",
  ],
])("Windows: %s", (_, machine, content, wish, expected) => {
  expect(judged(machine, content, wish)).toBe(expected);
});

test("what is missing is named as people look for it", () => {
  const [finding] = judge(laptop, byUefi(laptop, []), chooseTarget(laptop)).systems[0]?.findings ?? [];
  expect(finding?.text).toBe(
    "Windows 10 Pro has no driver for Intel VMD (8086:9a0b), and would not find its disk (0x7B, INACCESSIBLE_BOOT_DEVICE)",
  );
  const pack = "Give Intel Rapid Storage Technology with VMD (iaStorVD.inf) for PCI\\VEN_8086&DEV_9A0B";
  const other = "or turn VMD off in the firmware: the disk then is plain NVMe";
  expect([finding?.next, finding?.command]).toEqual([
    `${pack}; ${other}`,
    `${pack} with --universal --drivers FOLDER; ${other}`,
  ]);
});
