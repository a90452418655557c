/** A driver that Windows may need before it can read its own disk. */
export interface StorageService {
  readonly name: string;
  /** What it drives, for people. */
  readonly text: string;
  /** What the registry says of it where Windows loads it at start; absent: it stays as it is. */
  readonly group?: string;
  readonly errorControl?: number;
}

const named = (text: string, ...names: readonly string[]): StorageService[] => names.map((name) => ({ name, text }));

/**
 * Drivers of disk controllers, of what they hang on, and of virtual machines' disks. Names are those of Windows' own from
 * Vista to 11 and of the vendors' packages. Each is enabled where its file is there, so that a change of the controller's
 * mode in the firmware is survived as well as another machine.
 */
export const STORAGE_SERVICES: readonly StorageService[] = [
  ...named("SATA controllers (AHCI)", "msahci", "storahci"),
  { name: "stornvme", text: "NVMe", group: "SCSI Miniport", errorControl: 3 },
  ...named("IDE controllers", "pciide", "intelide", "atapi", "amdide", "viaide", "aliide", "cmdide"),
  ...named("Intel RST and VMD", "iaStor", "iaStorA", "iaStorV", "iaStorAV", "iaStorAVC", "iaStorAC", "iaStorVD", "vmd"),
  ...named(
    "Broadcom and LSI",
    "LSI_SAS",
    "LSI_SAS2",
    "LSI_SAS2i",
    "LSI_SAS3i",
    "LSI_SCSI",
    "LSI_SSS",
    "LSI_FC",
    "ItSas35i",
  ),
  ...named("MegaRAID and PERC", "megasas", "megasas2i", "megasas35i", "megasr", "percsas2i", "percsas3i"),
  ...named("AMD", "amdsata", "amdsbs", "amdxata", "rcraid", "rcbottom"),
  ...named("NVIDIA", "nvraid", "nvstor"),
  ...named("other RAID controllers", "vsmraid", "VSTXRAID", "3ware", "ADP80XX", "arc", "arcsas", "HpSAMD", "SmartSAMD"),
  ...named("other RAID controllers", "mvumis", "SiSRaid2", "SiSRaid4", "stexstor", "ql2300", "elxstor"),
  ...named("Hyper-V", "vmbus", "storvsc", "storflt"),
  ...named("VirtIO (KVM)", "viostor", "vioscsi"),
  ...named("VMware", "pvscsi"),
  ...named("Xen", "xenvbd"),
  ...named("Storage Spaces", "spaceport"),
  ...named("USB", "USBSTOR", "UASPStor"),
  ...named("memory cards (eMMC)", "sdbus", "sdstor"),
];
