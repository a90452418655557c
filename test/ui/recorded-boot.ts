import { say } from "#imaging/words/say.ts";
import type { DiskBoot, FirmwareEntries } from "#rescue/api/contract.ts";
import { verdictFor } from "#test/ui/recorded-wish.ts";

/** What a rescue server told of what starts a machine with a Debian that was moved to another disk. */

export const firmwareEntries: FirmwareEntries = {
  entries: [
    {
      ...{ name: "Boot0003", label: "debian", isActive: true, position: 1, isCurrent: false, partition: 2 },
      ...{ file: "\\EFI\\debian\\shimx64.efi", disk: "Samsung SSD 970 EVO Plus (…1234)" },
    },
    {
      ...{ name: "Boot0001", label: "Windows Boot Manager", isActive: true, position: 2, isCurrent: false },
      ...{ partition: 1, file: "\\EFI\\Microsoft\\Boot\\bootmgfw.efi" },
    },
    { name: "Boot0004", label: "UEFI: SanDisk Extreme", isActive: true, position: 3, isCurrent: true },
    { name: "Boot0000", label: "UEFI: PXE IPv4 Intel(R) Ethernet", isActive: false, isCurrent: false },
  ],
};

export const diskBoot: DiskBoot = {
  ...{ diskId: "nvme-1", name: "Samsung SSD 970 EVO Plus (…1234)", bootCode: { kind: "grub", isWhole: false } },
  loaders: [
    { partition: 2, path: "EFI/BOOT/BOOTX64.EFI", kind: "shim" },
    { partition: 2, path: "EFI/debian/grubx64.efi", kind: "grub" },
    { partition: 2, path: "EFI/debian/mmx64.efi", kind: "other" },
  ],
  systems: [{ name: "Debian GNU/Linux 13 (trixie)", partition: 3 }],
  verdict: verdictFor({}),
  closed: [say("at.partition", { number: 4, what: say("inside.encrypted") })],
};
