import type { Conclusion, DiskFacts, Observed } from "#imaging/prove/judge/conclude.ts";
import type { Cause, Stage } from "#imaging/prove/judge/stage.ts";
import type { DiskBus } from "#imaging/prove/qemu/options.ts";

export interface Explained {
  /** Why it came no further, or what came up: one sentence or two. */
  readonly reason: string;
  /** What to do about it. */
  readonly next: string;
}

const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  nothing: "nothing was seen of it",
  firmware: "the firmware",
  "boot-loader": "the boot loader",
  kernel: "the kernel",
  initramfs: "the kernel's start files (initramfs)",
  root: "the system on its root file system",
  up: "a login or a desktop",
};

export const stageName = (stage: Stage): string => STAGE_NAMES[stage];

/** A conclusion in plain words. @param bus that the disk was attached to */
export function explain(conclusion: Conclusion, seen: Observed, disk: DiskFacts, bus: DiskBus): Explained {
  if (conclusion.verdict === "up") return up(seen);
  const { cause, wanted } = conclusion;
  const told = cause && WORDS[cause]({ conclusion, seen, disk, bus, wanted: wanted ?? "its root file system" });
  return told ?? { reason: "It is not known how far it came.", next: "Look at the picture and the log." };
}

function up({ state }: Observed): Explained {
  const name = state.host === undefined ? "The system" : state.host;
  const shown = state.display !== undefined ? "a desktop or its login is shown" : "somebody can log in";
  const failed = state.failed.length > 0 ? ` These of its services failed: ${state.failed.join(", ")}.` : "";
  return {
    reason: `${name} is up: ${shown}.${failed}`,
    next:
      state.failed.length > 0
        ? "Look at what failed: here it had no network and other hardware than its own, which some services need."
        : "Nothing has to be done.",
  };
}

interface Told {
  readonly conclusion: Conclusion;
  readonly seen: Observed;
  readonly disk: DiskFacts;
  readonly bus: DiskBus;
  readonly wanted: string;
}

const REPAIR = "Repair the boot loader from the rescue system, and prove again.";
const LOOK = "Look at the picture and the serial log.";

const WORDS: Readonly<Record<Cause, (told: Told) => Explained>> = {
  "nothing-to-start": ({ disk, conclusion }) => ({
    reason:
      disk.firmware === "uefi"
        ? "The UEFI firmware found no boot loader: the disk has no EFI system partition with a loader that it could start."
        : conclusion.evidence?.startsWith("No bootable") || disk.hasBootCode
          ? "The BIOS found nothing on the disk that it could start, or what it started found nothing."
          : "The first sector of the disk holds no boot program, so a BIOS has nothing to start.",
    next: `${REPAIR} If the machine starts the other way (BIOS or UEFI), prove with --firmware.`,
  }),
  "loader-lost-root": () => ({
    reason:
      "The boot loader looks for a file system that is not on this disk: its UUID was changed, or another disk is missing.",
    next: REPAIR,
  }),
  "loader-no-menu": () => ({
    reason: "The boot loader began and found no menu (grub.cfg): it waits for commands.",
    next: REPAIR,
  }),
  "loader-file-missing": () => ({
    reason: "The boot loader began, and misses a file that it needs.",
    next: REPAIR,
  }),
  "loader-error": () => ({ reason: "The boot loader began and stopped with an error.", next: REPAIR }),
  "kernel-missing": () => ({
    reason: "The boot loader began, and the kernel that its menu names is not there.",
    next: "Put the kernel back (install the system's kernel package again from the rescue system), or choose an image that has it.",
  }),
  "kernel-panic": () => ({ reason: "The kernel began and gave up (kernel panic).", next: LOOK }),
  "kernel-damaged": () => ({
    reason: "The kernel's file could not be unpacked: it is damaged.",
    next: "Verify the image, or install the kernel package again.",
  }),
  "initramfs-missing": () => ({
    reason: "The kernel began without its start files (initramfs), so it could not reach the root file system.",
    next: "Make the start files again from the rescue system (update-initramfs, dracut, mkinitcpio).",
  }),
  "wrong-root": ({ wanted }) => ({
    reason: `The kernel was told to use the root file system ${wanted}, and nothing on this disk is called so: the name in the boot menu is wrong, or that file system is on another disk.`,
    next: "Correct root= in the boot menu (make grub.cfg again), or restore the file system that it names.",
  }),
  "missing-driver": ({ wanted, bus }) => ({
    reason: `${wanted} was not found because the kernel saw no disk at all: its start files (initramfs) lack the driver for ${BUS_NAMES[bus]}.`,
    next: "Make the start files again with all drivers, or prove with --bus as the disk will be attached.",
  }),
  "root-missing": ({ wanted }) => ({
    reason: `The kernel saw the disk, and its start files (initramfs) did not find ${wanted} on it.`,
    next: `${LOOK} A file system driver, LVM or RAID may be missing from the start files.`,
  }),
  "root-not-mounted": () => ({
    reason: "The root file system was found and could not be mounted: its driver is missing, or it is damaged.",
    next: "Check the file system, and make the start files again.",
  }),
  "asks-for-key": () => ({
    reason:
      "It came as far as the question for the pass phrase of an encrypted volume. What comes after that was not tried.",
    next: "Boot loader, kernel and start files are good. The rest is proven on the machine itself.",
  }),
  "no-init": () => ({
    reason: "The root file system was mounted and holds no system that could begin (no init).",
    next: "Look into the image: is this the right partition, and is it whole?",
  }),
  emergency: () => ({
    reason:
      "The system began and gave up: it is in emergency mode, mostly for a file system in its fstab that is not there.",
    next: "Correct or remove that entry of /etc/fstab (or add nofail to it).",
  }),
  "powered-off": () => ({ reason: "It switched itself off before it was up.", next: LOOK }),
  restarts: () => ({ reason: "It starts again and again, and does not come up.", next: LOOK }),
  "time-over": ({ conclusion }) => ({
    reason: `It was still on its way when the time was over. It had come to: ${stageName(conclusion.reached)}.`,
    next: "Give it more time with --timeout.",
  }),
  silent: ({ seen, conclusion }) => ({
    reason: `Nothing was printed, read or drawn for ${Math.round(seen.quietSeconds)} seconds. It had come to: ${stageName(conclusion.reached)}.`,
    next: LOOK,
  }),
  "still-picture": ({ seen }) => ({
    reason: `It shows a picture that did not change for ${Math.round(seen.quietSeconds)} seconds. What the picture shows is for you to judge.`,
    next: "Look at the picture: a login or a desktop is a good one.",
  }),
  "copy-full": () => ({
    reason: "It wrote more than the throw-away copy may hold.",
    next: "Give it more room with --overlay-size, or another folder with --overlay.",
  }),
  "read-failed": () => ({
    reason: "The disk, or the image, could not be read where it was needed.",
    next: "Verify the image, or look at the disk's health.",
  }),
};

const BUS_NAMES: Readonly<Record<DiskBus, string>> = {
  ahci: "SATA (AHCI)",
  nvme: "NVMe",
  virtio: "virtio disks",
  usb: "USB disks",
  scsi: "virtio SCSI",
  lsi: "LSI SCSI (sym53c8xx)",
  mptsas: "LSI SAS (mptsas)",
  megasas: "LSI MegaRAID (megaraid_sas)",
  pvscsi: "VMware SCSI (vmw_pvscsi)",
};
