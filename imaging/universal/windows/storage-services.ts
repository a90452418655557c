import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/** A driver that Windows may need before it can read its own disk. */
export interface StorageService {
  readonly name: string;
  /** What it is for, for people. */
  readonly drives: Sentence;
  /** What the registry says of it where Windows loads it at start; absent: it stays as it is. */
  readonly group?: string;
  readonly errorControl?: number;
}

const named = (drives: string | Sentence, ...names: readonly string[]): StorageService[] =>
  names.map((name) => ({ name, drives: typeof drives === "string" ? { text: drives } : drives }));
const two = (first: string, second: string): Sentence => say("windows.two", { first, second });

/**
 * Drivers of disk controllers, of what they hang on, and of virtual machines' disks. Names are those of Windows' own from
 * Vista to 11 and of the vendors' packages. Each is enabled where its file is there, so that a change of the controller's
 * mode in the firmware is survived as well as another machine.
 */
export const STORAGE_SERVICES: readonly StorageService[] = [
  ...named(say("windows.sata"), "msahci", "storahci"),
  { name: "stornvme", drives: { text: "NVMe" }, group: "SCSI Miniport", errorControl: 3 },
  ...named(say("windows.ide"), "pciide", "intelide", "atapi", "amdide", "viaide", "aliide", "cmdide"),
  ...named(
    two("Intel RST", "VMD"),
    "iaStor",
    "iaStorA",
    "iaStorV",
    "iaStorAV",
    "iaStorAVC",
    "iaStorAC",
    "iaStorVD",
    "vmd",
  ),
  ...named(
    two("Broadcom", "LSI"),
    "LSI_SAS",
    "LSI_SAS2",
    "LSI_SAS2i",
    "LSI_SAS3i",
    "LSI_SCSI",
    "LSI_SSS",
    "LSI_FC",
    "ItSas35i",
  ),
  ...named(two("MegaRAID", "PERC"), "megasas", "megasas2i", "megasas35i", "megasr", "percsas2i", "percsas3i"),
  ...named("AMD", "amdsata", "amdsbs", "amdxata", "rcraid", "rcbottom"),
  ...named("NVIDIA", "nvraid", "nvstor"),
  ...named(say("windows.raid"), "vsmraid", "VSTXRAID", "3ware", "ADP80XX", "arc", "arcsas", "HpSAMD", "SmartSAMD"),
  ...named(say("windows.raid"), "mvumis", "SiSRaid2", "SiSRaid4", "stexstor", "ql2300", "elxstor"),
  ...named("Hyper-V", "vmbus", "storvsc", "storflt"),
  ...named("VirtIO (KVM)", "viostor", "vioscsi"),
  ...named("VMware", "pvscsi"),
  ...named("Xen", "xenvbd"),
  ...named("Storage Spaces", "spaceport"),
  ...named("USB", "USBSTOR", "UASPStor"),
  ...named(say("windows.cards"), "sdbus", "sdstor"),
];
