import { expect, test } from "vitest";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { PreflightWish } from "#imaging/preflight/judge/context.ts";
import type { MachineHardware, SecureBoot } from "#imaging/preflight/machine/machine-hardware.ts";
import { diskContent, kernel, linux, SIGNED, UNSIGNED } from "#test/doubles/disk-content.ts";
import { judged } from "#test/doubles/judged.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";

const ahci = await recordedMachine("qemu-ahci");
const secure = await recordedMachine("qemu-nvme-secure-boot");
const large = await recordedMachine("qemu-virtio-scsi-4k");

type Change<T> = (before: T) => T;
const same = <T>(value: T): T => value;

const withSecureBoot = (change: Partial<SecureBoot>): MachineHardware => ({
  ...secure,
  firmware: { ...secure.firmware, secureBoot: { ...(secure.firmware.secureBoot as SecureBoot), ...change } },
});
const bios = (machine: MachineHardware, knowsUefi?: boolean): MachineHardware => ({
  ...machine,
  firmware: { mode: "bios", ...(knowsUefi !== undefined && { knowsUefi }) },
});

test.each<[string, MachineHardware, Change<DiskContent>, PreflightWish, string]>([
  ["signed, by Debian's chain", secure, same, {}, "will-boot"],
  ["unsigned", secure, (content) => ({ ...content, loaders: UNSIGNED }), {}, "will-not-boot SECURE_BOOT_UNSIGNED"],
  [
    "unsigned, off",
    withSecureBoot({ enabled: false }),
    (content) => ({ ...content, loaders: UNSIGNED }),
    {},
    "will-boot",
  ],
  [
    "unsigned, setup mode",
    withSecureBoot({ setupMode: true }),
    (content) => ({ ...content, loaders: UNSIGNED }),
    {},
    "will-boot",
  ],
  [
    "unsigned, but named by its hash",
    withSecureBoot({ allowedHashes: ["EFI/BOOT/BOOTX64.EFI"] }),
    (content) => ({ ...content, loaders: UNSIGNED }),
    {},
    "unknown SECURE_BOOT_UNSURE",
  ],
  [
    "no third parties",
    withSecureBoot({ trusted: ["Microsoft Windows Production PCA 2011"] }),
    same,
    {},
    "will-not-boot SECURE_BOOT_UNTRUSTED",
  ],
  [
    "trust that cannot be read",
    withSecureBoot({ trusted: undefined as never }),
    same,
    {},
    "unknown SECURE_BOOT_UNSURE",
  ],
  [
    "a forbidden signer",
    withSecureBoot({ revoked: ["Microsoft Corporation UEFI CA 2011"] }),
    same,
    {},
    "will-not-boot SECURE_BOOT_REVOKED",
  ],
  [
    "a forbidden program",
    withSecureBoot({ revokedHashes: ["EFI/BOOT/grubx64.efi"] }),
    same,
    {},
    "will-not-boot SECURE_BOOT_REVOKED",
  ],
  ["an old shim", withSecureBoot({ sbatLevel: ["sbat,1", "shim,5"] }), same, {}, "will-not-boot SECURE_BOOT_REVOKED"],
  [
    "an old GRUB",
    withSecureBoot({ sbatLevel: ["sbat,1", "shim,4", "grub,6"] }),
    same,
    {},
    "will-not-boot SECURE_BOOT_REVOKED",
  ],
  [
    "a GRUB of somebody else's",
    withSecureBoot({ ownerTrusted: [] }),
    (content) => ({
      ...content,
      loaders: SIGNED.map((one) => (one.kind === "grub" ? { ...one, signers: ["My own key"] } : one)),
    }),
    {},
    "will-not-boot SECURE_BOOT_UNTRUSTED",
  ],
  [
    "a kernel of one's own",
    secure,
    () => diskContent([linux(secure, { kernels: [kernel(secure, { signers: undefined })] })]),
    {},
    "will-not-boot SECURE_BOOT_UNSIGNED",
  ],
  [
    "a kernel of one's own, whose key is enrolled",
    withSecureBoot({ ownerTrusted: ["My own key"] }),
    () => diskContent([linux(secure, { kernels: [kernel(secure, { signers: ["My own key"] })] })]),
    {},
    "will-boot",
  ],
  [
    "a shim alone",
    secure,
    (content) => ({ ...content, loaders: SIGNED.slice(0, 1) }),
    {},
    "will-boot-after FIRMWARE_CONVERSION",
  ],
  [
    "no settings beside a signed GRUB",
    secure,
    (content) => ({ ...content, grubConfigs: [] }),
    {},
    "unknown GRUB_CONFIG_MISSING",
  ],
  [
    "at its maker's place",
    secure,
    (content) => ({
      ...content,
      loaders: SIGNED.map((one) => ({
        ...one,
        path: one.path.replace("BOOT/BOOT", "debian/shim").replace("BOOT/", "debian/"),
      })),
    }),
    {},
    "will-boot-after BOOT_ENTRY",
  ],
  [
    "at its maker's place, and an entry is made",
    secure,
    (content) => ({
      ...content,
      loaders: SIGNED.map((one) => ({
        ...one,
        path: one.path.replace("BOOT/BOOT", "debian/shim").replace("BOOT/", "debian/"),
      })),
    }),
    { bootRepair: true },
    "will-boot +BOOT_ENTRY",
  ],
  ["none", secure, (content) => ({ ...content, loaders: [] }), {}, "will-boot-after FIRMWARE_CONVERSION"],
  [
    "none, to be made",
    secure,
    (content) => ({ ...content, loaders: [], efiPartitions: [] }),
    { firmware: "uefi" },
    "will-boot +FIRMWARE_CONVERSION",
  ],
  [
    "none, and nothing to make it of",
    secure,
    () =>
      diskContent([linux(secure, { grubPlatforms: ["i386-pc", "x86_64-efi-signed"] })], {
        loaders: [],
        efiPartitions: [],
      }),
    { room: 0 },
    "unknown FIRMWARE_NO_ROOM",
  ],
  ["of a partition that is left out", secure, same, { kept: [3] }, "will-boot-after FIRMWARE_CONVERSION"],
  [
    "for firmware of 32 bits",
    { ...secure, firmware: { ...secure.firmware, bits: 32 } },
    same,
    {},
    "will-not-boot FIRMWARE_NO_LOADER",
  ],
  [
    "32 bits by UEFI",
    withSecureBoot({ enabled: false }),
    () => diskContent([linux(secure, { kernels: [kernel(secure, { architecture: "i686" })] })]),
    {},
    "will-not-boot ARCHITECTURE_UEFI",
  ],
])("UEFI, the boot loader: %s", (_, machine, change, wish, expected) => {
  expect(judged(machine, change(diskContent([linux(secure)])), wish)).toBe(expected);
});

const UEFI_ONLY: Partial<DiskContent> = { bootCode: { kind: "none", active: undefined, isWhole: false } };

test("what a layout makes room for is there for a loader", () => {
  const content = diskContent([linux(secure)], { loaders: [], efiPartitions: [] });
  expect(judged(secure, content, { room: 0, firmware: "uefi" })).toBe("unknown FIRMWARE_NO_ROOM");
  const wish = { room: 0, firmware: "uefi", hasNewBootPlace: true } as const;
  expect(judged(secure, content, wish)).toBe("will-boot +FIRMWARE_CONVERSION");
});

test.each<[string, MachineHardware, DiskContent, PreflightWish, string]>([
  [
    "UEFI alone",
    bios(ahci, true),
    diskContent([linux(ahci, { grubPlatforms: [] })], UEFI_ONLY),
    {},
    "will-boot-after FIRMWARE_MODE_SETTING",
  ],
  [
    "UEFI alone, unknown firmware",
    bios(ahci),
    diskContent([linux(ahci, { grubPlatforms: [] })], UEFI_ONLY),
    {},
    "unknown FIRMWARE_UNSEEN FIRMWARE_NO_LOADER",
  ],
  [
    "UEFI alone, converted",
    ahci,
    diskContent([linux(ahci)], UEFI_ONLY),
    { firmware: "bios" },
    "will-boot +FIRMWARE_CONVERSION",
  ],
  [
    "to be UEFI, which the firmware does not know",
    ahci,
    diskContent([linux(ahci)]),
    { firmware: "uefi" },
    "will-not-boot FIRMWARE_NO_UEFI",
  ],
  [
    "to be UEFI, which the firmware knows",
    bios(ahci, true),
    diskContent([linux(ahci)]),
    { firmware: "uefi" },
    "will-boot-after FIRMWARE_MODE_SETTING",
  ],
  [
    "to be BIOS on a UEFI machine",
    secure,
    diskContent([linux(secure)]),
    { firmware: "bios" },
    "unknown FIRMWARE_MODE_SETTING",
  ],
  ["another table", ahci, diskContent([linux(ahci)]), { tableType: "mbr" }, "will-boot-after BOOT_CODE_OLD_TABLE"],
  [
    "another table, repaired",
    ahci,
    diskContent([linux(ahci)]),
    { tableType: "mbr", firmware: "bios" },
    "will-boot +BOOT_CODE_OLD_TABLE",
  ],
  ["new ids", ahci, diskContent([linux(ahci)]), { newIds: true }, "unknown BOOT_CODE_OLD_IDS"],
  [
    "NVMe on a real BIOS",
    { ...bios(secure, false), isVirtual: false },
    diskContent([linux(secure)]),
    {},
    "unknown BIOS_NVME",
  ],
  ["sectors of 4096 bytes", large, diskContent([linux(large)]), {}, "will-not-boot SECTOR_SIZE_CONVERTED BIOS_SECTORS"],
  [
    "a plan that refuses",
    large,
    diskContent([linux(large)]),
    { refused: { code: "LAYOUT_TOO_SMALL", text: "too small", next: "x" } },
    "will-not-boot LAYOUT_TOO_SMALL BIOS_SECTORS",
  ],
])("firmware and disk: %s", (_, machine, content, wish, expected) => {
  expect(judged(machine, content, wish)).toBe(expected);
});
