import { expect, test } from "vitest";
import { chooseTarget } from "#imaging/preflight/choose-target.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { PreflightWish } from "#imaging/preflight/judge/context.ts";
import { judge } from "#imaging/preflight/judge/judge.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { diskContent, driversAt, inside, kernel, linux, SIGNED } from "#test/doubles/disk-content.ts";
import { judged, shortVerdict } from "#test/doubles/judged.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";

const ahci = await recordedMachine("qemu-ahci");
const secure = await recordedMachine("qemu-nvme-secure-boot");
const laptop = await recordedMachine("laptop-vmd");

type Change<T> = (before: T) => T;

test.each<[string, MachineHardware, PreflightWish, ReturnType<typeof driversAt>, string]>([
  ["in the initramfs", secure, {}, driversAt(secure, "initramfs"), "will-boot"],
  ["built in", secure, {}, driversAt(secure, "built-in"), "will-boot"],
  ["in modules alone", secure, {}, driversAt(secure, "modules"), "will-boot-after DRIVER_NOT_EARLY"],
  [
    "in modules alone, universal",
    secure,
    { universal: true },
    driversAt(secure, "modules"),
    "will-boot +DRIVER_NOT_EARLY",
  ],
  ["nowhere", secure, { universal: true }, driversAt(secure, "none"), "will-not-boot DRIVER_MISSING"],
  ["not asked for", secure, {}, [], "will-not-boot DRIVER_MISSING"],
  [
    "behind VMD, which is nowhere",
    laptop,
    {},
    driversAt(laptop, "none"),
    "will-not-boot DRIVER_MISSING DRIVER_MISSING",
  ],
])("the driver is %s", (_, machine, wish, devices, expected) => {
  const system = linux(machine, { kernels: [kernel(machine, { devices })] });
  expect(judged(machine, diskContent([system]), wish)).toBe(expected);
});

test("a driver of which only the name is known, several that claim a device, a device of the mainboard", () => {
  const [disk] = secure.disks;
  const modalias = disk?.path[0]?.modalias ?? "";
  const with_ = (drivers: ReturnType<typeof driversAt>[0]["drivers"]) =>
    judged(secure, diskContent([linux(secure, { kernels: [kernel(secure, { devices: [{ modalias, drivers }] })] })]));
  expect(with_([{ module: "nvme", place: "built-in", byNameOnly: true }])).toBe("unknown DRIVER_UNSURE");
  const both = [
    { module: "a", place: "initramfs" as const },
    { module: "b", place: "modules" as const },
  ];
  expect(with_(both)).toBe("will-boot-after DRIVER_NOT_EARLY");
  const acpi = {
    ...secure,
    disks: [{ ...disk, path: [{ bus: "acpi", address: "X", modalias: "acpi:X:" }] }],
  } as MachineHardware;
  expect(judged(acpi, diskContent([linux(secure, { kernels: [kernel(secure, { devices: [] })] })]))).toBe(
    "unknown DRIVER_UNSURE",
  );
});

test.each<[string, Change<DiskContent>, string]>([
  ["no kernel was found", () => diskContent([linux(ahci, { kernels: [] })]), "unknown NO_KERNEL"],
  [
    "the initramfs is not there",
    () => diskContent([linux(ahci, { kernels: [kernel(ahci, { missingInitramfs: "/boot/x" })] })]),
    "will-not-boot INITRAMFS_MISSING",
  ],
  [
    "there is no list of modules",
    () => diskContent([linux(ahci, { kernels: [kernel(ahci, { hasModules: false, devices: [] })] })]),
    "unknown MODULES_MISSING",
  ],
  [
    "the initramfs cannot be read",
    () => {
      const one = kernel(ahci, { devices: driversAt(ahci, "modules") });
      const initramfs = one.initramfs && { ...one.initramfs, unread: "it is damaged" };
      return diskContent([linux(ahci, { kernels: [{ ...one, initramfs }] })]);
    },
    "unknown INITRAMFS_UNREAD INITRAMFS_UNREAD",
  ],
  [
    "nothing could make another initramfs",
    () =>
      diskContent([
        linux(ahci, { initramfsTool: undefined, kernels: [kernel(ahci, { devices: driversAt(ahci, "modules") })] }),
      ]),
    "will-not-boot INITRAMFS_NO_TOOL INITRAMFS_NO_TOOL",
  ],
  [
    "two kernels, of which one would do",
    () =>
      diskContent([
        linux(ahci, {
          defaultKernel: undefined,
          kernels: [kernel(ahci), kernel(ahci, { version: "5", devices: driversAt(ahci, "none") })],
        }),
      ]),
    "unknown KERNEL_UNSURE DRIVER_MISSING DRIVER_MISSING",
  ],
  ["its root is on RAID", (content) => inside(content, "linux_raid_member"), "unknown RAID_MEMBER ROOT_TOOLS_MISSING"],
  [
    "its root is in LVM, of which the initramfs knows nothing",
    (content) => inside(content, "LVM2_member"),
    "unknown ROOT_TOOLS_MISSING",
  ],
  [
    "its root is in LUKS, and the initramfs knows",
    () => {
      const one = kernel(ahci);
      const initramfs = one.initramfs && { ...one.initramfs, tools: { lvm: true, cryptsetup: true, mdadm: true } };
      return inside(diskContent([linux(ahci, { kernels: [{ ...one, initramfs }] })]), "crypto_LUKS");
    },
    "will-boot",
  ],
  ["the TPM opens it", () => diskContent([linux(ahci, { unlocksByTpm: true })]), "will-boot-after LUKS_TPM_KEY"],
  [
    "another kind of processor",
    () => diskContent([linux(ahci, { kernels: [kernel(ahci, { architecture: "aarch64" })] })]),
    "will-not-boot ARCHITECTURE",
  ],
  [
    "32 bits by BIOS",
    () => diskContent([linux(ahci, { kernels: [kernel(ahci, { architecture: "i686" })] })]),
    "will-boot",
  ],
  ["a newer processor", () => diskContent([linux(ahci, { distribution: "rhel", versionId: "10.1" })]), "will-boot"],
  ["no system", () => diskContent([]), "will-not-boot NO_SYSTEM"],
  [
    "nothing but what is closed",
    () => diskContent([], { closed: ["partition 3: it is encrypted"] }),
    "unknown NO_SYSTEM VOLUME_UNSEEN",
  ],
  [
    "no boot code",
    () => diskContent([linux(ahci)], { bootCode: { kind: "none", active: undefined, isWhole: false } }),
    "will-boot-after FIRMWARE_CONVERSION",
  ],
  [
    "a GRUB without its second part",
    () => diskContent([linux(ahci)], { bootCode: { kind: "grub", active: undefined, isWhole: false } }),
    "will-boot-after BOOT_CODE_BROKEN",
  ],
  [
    "boot code of somebody's",
    () => diskContent([linux(ahci)], { bootCode: { kind: "other", active: 3, isWhole: true } }),
    "unknown BOOT_CODE_UNKNOWN",
  ],
])("%s", (_, change, expected) => {
  expect(judged(ahci, change(diskContent([linux(ahci)])))).toBe(expected);
});

test.each<[string, string, boolean | undefined, PreflightWish, string]>([
  ["/", "UUID=a", true, {}, "will-boot"],
  ["/", "/dev/sda2", undefined, {}, "will-boot"],
  ["/", "/dev/sdb2", undefined, {}, "unknown NAME_UNSURE"],
  ["/", "/dev/nvme0n1p2", undefined, {}, "will-boot-after NAME_OF_OLD_DISK"],
  ["/", "/dev/nvme0n1p2", undefined, { universal: true }, "will-boot +NAME_OF_OLD_DISK"],
  ["root=", "/dev/vda1", undefined, {}, "will-boot-after NAME_OF_OLD_DISK"],
  ["/boot", "/dev/disk/by-id/ata-X-part1", undefined, {}, "will-boot-after NAME_OF_OLD_DISK"],
  [
    "/boot",
    "/dev/disk/by-path/pci-0000:00:1f.2-ata-1-part1",
    undefined,
    { universal: true },
    "will-boot +NAME_OF_OLD_DISK",
  ],
  ["/", "/dev/mapper/vg-root", undefined, {}, "will-boot"],
  ["/home", "UUID=b", false, {}, "unknown VOLUME_ELSEWHERE"],
  ["root=", "UUID=b", false, {}, "will-not-boot ROOT_MISSING"],
  [
    "/",
    "PARTUUID=b",
    true,
    { tableType: "mbr", firmware: "bios" },
    "will-boot-after NAME_OF_OLD_DISK +BOOT_CODE_OLD_TABLE",
  ],
])("%s is mounted as %s (found: %s)", (folder, device, isFound, wish, expected) => {
  const references = [{ folder, device, isOptional: false, isFound }];
  expect(judged(ahci, diskContent([linux(ahci, { references })]), wish)).toBe(expected);
});

test("what a system starts without is no matter", () => {
  const references = [{ folder: "/data", device: "UUID=b", isOptional: true, isFound: false }];
  expect(judged(ahci, diskContent([linux(ahci, { references })]))).toBe("will-boot");
});

test("network names and drivers are told, and stand in no way", () => {
  const system = linux(ahci, { interfaces: ["enp3s0"] });
  expect(judged(ahci, diskContent([system]))).toBe("will-boot NETWORK_NAMES");
  expect(judged(ahci, diskContent([linux(ahci, { interfaces: ["eth0", "enp3s0"] })]))).toBe("will-boot");
  const modalias = ahci.networks[0]?.device?.modalias ?? "";
  const devices = [...driversAt(ahci, "initramfs"), { modalias, drivers: [] }];
  expect(judged(ahci, diskContent([linux(ahci, { kernels: [kernel(ahci, { devices })] })]))).toBe(
    "will-boot NETWORK_DRIVER",
  );
});

test("a processor that is too old, memory that may not do, a disk that an MBR does not reach", () => {
  const old: MachineHardware = { ...ahci, processor: { ...ahci.processor, level: 1 } };
  expect(judged(old, diskContent([linux(ahci, { distribution: "rhel", versionId: "9.4" })]))).toBe(
    "will-not-boot PROCESSOR_LEVEL",
  );
  const { level: _, ...unknown } = ahci.processor;
  expect(
    judged({ ...ahci, processor: unknown }, diskContent([linux(ahci, { distribution: "rhel", versionId: "9.4" })])),
  ).toBe("unknown PROCESSOR_LEVEL");
  expect(judged({ ...ahci, memoryBytes: 2 ** 28 }, diskContent([linux(ahci)]))).toBe("unknown MEMORY");
  const [disk] = ahci.disks;
  const wide = { ...ahci, disks: [{ ...disk, size: 3 * 2 ** 40 }] } as MachineHardware;
  expect(judged(wide, diskContent([linux(ahci)], { tableType: "mbr" }))).toBe("will-boot MBR_REACH");
});

test("of a raw file nobody knows where it will be", () => {
  const verdict = judge(ahci, diskContent([linux(ahci)]), {
    name: "x.img",
    size: 2 ** 33,
    logicalSectorSize: 512,
    path: undefined,
  });
  expect(shortVerdict(verdict)).toBe("unknown TARGET_UNPLACED");
});

test("two systems: the disk is as well off as the worse one", () => {
  const good = linux(ahci);
  const bad = linux(ahci, { name: "old", kernels: [kernel(ahci, { devices: driversAt(ahci, "none") })] });
  const { answer, systems } = judge(ahci, diskContent([good, bad]), chooseTarget(ahci));
  expect([answer, ...systems.map((one) => one.answer)]).toEqual(["will-not-boot", "will-boot", "will-not-boot"]);
});

test("a GRUB that has to open LUKS by itself, and does not know how its keys are derived", () => {
  const slots = [{ number: 0, kdf: "argon2id", memoryKiB: 1 << 20 }];
  const old = { partition: 3, version: "2.12", argon2: false };
  const content = (grubInLuks: typeof old, more: Partial<DiskContent> = {}) =>
    diskContent([linux(ahci, { grubInLuks })], { luks: [{ partition: 3, slots }], ...more });
  expect(judged(ahci, content(old))).toBe("will-not-boot GRUB_NO_ARGON2");
  expect(judged(ahci, content({ ...old, version: "2.14", argon2: true }))).toBe("unknown GRUB_ARGON2_MEMORY");
  const easy = [{ partition: 3, slots: [...slots, { number: 1, kdf: "pbkdf2" }] }];
  expect(judged(ahci, content(old, { luks: easy }))).toBe("will-boot GRUB_SOME_SLOTS");
  // A kernel that firmware starts by systemd-boot opens it from its own start files.
  const systemd = [
    { ...(SIGNED[1] as (typeof SIGNED)[number]), path: "EFI/BOOT/BOOTX64.EFI", kind: "systemd-boot" as const },
  ];
  expect(judged(secure, content(old, { loaders: systemd }))).not.toContain("GRUB");
});
