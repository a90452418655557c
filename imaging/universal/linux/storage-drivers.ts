import type { InstalledKernel } from "#imaging/universal/linux/kernels.ts";

/** Kernel modules (Linux 6.x; many are as old as 2.6) for what a root can lie on, by how it is attached. Underscores. */
const BY_BUS: Readonly<Record<string, readonly string[]>> = {
  SATA: [
    "ahci",
    "ahci_platform",
    "ata_piix",
    "ata_generic",
    "pata_acpi",
    "sata_nv",
    "sata_sil",
    "sata_sil24",
    "sata_via",
  ],
  "older SATA": ["sata_mv", "sata_promise", "sata_svw", "sata_sis", "sata_uli", "sata_vsc", "sata_sx4", "sata_qstor"],
  IDE: ["pata_amd", "pata_via", "pata_sis", "pata_jmicron", "pata_marvell", "pata_atiixp", "pata_serverworks"],
  NVMe: ["nvme", "vmd"],
  virtual: [
    "virtio_blk",
    "virtio_scsi",
    "virtio_pci",
    "virtio_mmio",
    "vmw_pvscsi",
    "hv_storvsc",
    "hv_vmbus",
    "xen_blkfront",
  ],
  "virtual SCSI": ["xen_scsifront", "sym53c8xx", "mptspi", "am53c974", "BusLogic"],
  SAS: ["mptsas", "mpt3sas", "mpt2sas", "mpi3mr", "isci", "mvsas", "pm80xx", "aic94xx"],
  SCSI: ["aic7xxx", "aic79xx"],
  RAID: [
    "megaraid_sas",
    "megaraid_mbox",
    "megaraid_mm",
    "hpsa",
    "cciss",
    "smartpqi",
    "aacraid",
    "arcmsr",
    "3w_9xxx",
    "3w_sas",
    "mvumi",
    "hptiop",
    "ips",
  ],
  USB: ["usb_storage", "uas", "xhci_pci", "xhci_hcd", "ehci_pci", "ehci_hcd", "uhci_hcd", "ohci_pci", "ohci_hcd"],
  cards: ["mmc_block", "sdhci_pci", "sdhci_acpi", "rtsx_pci_sdmmc", "rtsx_usb_sdmmc"],
  "disks themselves": ["sd_mod", "scsi_mod"],
};

export const STORAGE_DRIVERS: readonly string[] = Object.values(BY_BUS).flat();

/** Of a kernel, those that can be loaded; what is part of it needs no initramfs. */
export const loadableDrivers = ({ loadable, builtin }: Pick<InstalledKernel, "loadable" | "builtin">): string[] =>
  STORAGE_DRIVERS.filter((name) => loadable.has(name) && !builtin.has(name));

/** Drivers that a kernel has and its initramfs does not. */
export const lackingDrivers = (kernel: InstalledKernel, held: ReadonlySet<string>): string[] =>
  loadableDrivers(kernel).filter((name) => !held.has(name));
