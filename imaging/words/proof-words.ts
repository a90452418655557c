import { formatBytes } from "#base/units.ts";

/** What a start in a virtual machine showed. A report keeps it as a text: it is found by these words (`hearProof`). */
export const proofWords = {
  "proof.stage-nothing": "nothing was seen of it",
  "proof.stage-firmware": "the firmware",
  "proof.stage-boot-loader": "the boot loader",
  "proof.stage-kernel": "the kernel",
  "proof.stage-initramfs": "the kernel's start files (initramfs)",
  "proof.stage-root": "the system on its root file system",
  "proof.stage-up": "a login or a desktop",

  "proof.the-system": "The system",
  "proof.its-root": "its root file system",
  "proof.desktop": (p: { system: string }) => `${p.system} is up: a desktop or its login is shown.`,
  "proof.login": (p: { system: string }) => `${p.system} is up: somebody can log in.`,
  // up: one of the two above; services: listed
  "proof.up-failed": (p: { up: string; services: string }) => `${p.up} These of its services failed: ${p.services}.`,
  "proof.unknown": "It is not known how far it came.",
  "proof.no-efi-loader":
    "The UEFI firmware found no boot loader: the disk has no EFI system partition with a loader that it could start.",
  "proof.bios-nothing": "The BIOS found nothing on the disk that it could start, or what it started found nothing.",
  "proof.no-boot-program": "The first sector of the disk holds no boot program, so a BIOS has nothing to start.",
  "proof.loader-lost-root":
    "The boot loader looks for a file system that is not on this disk: its UUID was changed, or another disk is missing.",
  "proof.loader-no-menu": "The boot loader began and found no menu (grub.cfg): it waits for commands.",
  "proof.loader-file": "The boot loader began, and misses a file that it needs.",
  "proof.loader-error": "The boot loader began and stopped with an error.",
  "proof.kernel-missing": "The boot loader began, and the kernel that its menu names is not there.",
  "proof.kernel-panic": "The kernel began and gave up (kernel panic).",
  "proof.kernel-damaged": "The kernel's file could not be unpacked: it is damaged.",
  "proof.initramfs-missing":
    "The kernel began without its start files (initramfs), so it could not reach the root file system.",
  "proof.wrong-root": (p: { wanted: string }) =>
    `The kernel was told to use the root file system ${p.wanted}, and nothing on this disk is called so: the name in the boot menu is wrong, or that file system is on another disk.`,
  "proof.missing-driver": (p: { wanted: string; bus: string }) =>
    `${p.wanted} was not found because the kernel saw no disk at all: its start files (initramfs) lack the driver for ${p.bus}.`,
  "proof.root-missing": (p: { wanted: string }) =>
    `The kernel saw the disk, and its start files (initramfs) did not find ${p.wanted} on it.`,
  "proof.root-not-mounted":
    "The root file system was found and could not be mounted: its driver is missing, or it is damaged.",
  "proof.asks-for-key":
    "It came as far as the question for the pass phrase of an encrypted volume. What comes after that was not tried.",
  "proof.no-init": "The root file system was mounted and holds no system that could begin (no init).",
  "proof.emergency":
    "The system began and gave up: it is in emergency mode, mostly for a file system in its fstab that is not there.",
  "proof.powered-off": "It switched itself off before it was up.",
  "proof.restarts": "It starts again and again, and does not come up.",
  "proof.time-over": (p: { stage: string }) =>
    `It was still on its way when the time was over. It had come to: ${p.stage}.`,
  "proof.silent": (p: { seconds: number; stage: string }) =>
    `Nothing was printed, read or drawn for ${p.seconds} seconds. It had come to: ${p.stage}.`,
  "proof.still-picture": (p: { seconds: number }) =>
    `It shows a picture that did not change for ${p.seconds} seconds. What the picture shows is for you to judge.`,
  "proof.copy-full": "It wrote more than the throw-away copy may hold.",
  "proof.read-failed": "The disk, or the image, could not be read where it was needed.",

  "proof.next-picture-log": "Look at the picture and the log.",
  "proof.next-look": "Look at the picture and the serial log.",
  "proof.next-services":
    "Look at what failed: here it had no network and other hardware than its own, which some services need.",
  "proof.next-nothing": "Nothing has to be done.",
  "proof.next-repair": "Repair the boot loader from the rescue system, and prove again.",
  "proof.next-repair-or-other":
    "Repair the boot loader from the rescue system, and prove again. If the machine starts the other way (BIOS or UEFI), prove with --firmware.",
  "proof.next-kernel":
    "Put the kernel back (install the system's kernel package again from the rescue system), or choose an image that has it.",
  "proof.next-verify-kernel": "Verify the image, or install the kernel package again.",
  "proof.next-initramfs": "Make the start files again from the rescue system (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Correct root= in the boot menu (make grub.cfg again), or restore the file system that it names.",
  "proof.next-drivers":
    "Make the start files again with all drivers, or prove with --bus as the disk will be attached.",
  "proof.next-look-root":
    "Look at the picture and the serial log. A file system driver, LVM or RAID may be missing from the start files.",
  "proof.next-check": "Check the file system, and make the start files again.",
  "proof.next-itself": "Boot loader, kernel and start files are good. The rest is proven on the machine itself.",
  "proof.next-whole": "Look into the image: is this the right partition, and is it whole?",
  "proof.next-fstab": "Correct or remove that entry of /etc/fstab (or add nofail to it).",
  "proof.next-time": "Give it more time with --timeout.",
  "proof.next-still": "Look at the picture: a login or a desktop is a good one.",
  "proof.next-room": "Give it more room with --overlay-size, or another folder with --overlay.",
  "proof.next-verify": "Verify the image, or look at the disk's health.",

  "proof.both-bios": "the disk can be started both ways, and this machine has a BIOS",
  "proof.both-uefi": "the disk can be started both ways, and this machine has UEFI",
  "proof.both-newer": "the disk can be started both ways, and UEFI is what machines have today",
  "proof.has-efi-loader": "its EFI system partition has a boot loader",
  "proof.has-boot-program": "its first sector has a boot program, and no boot loader for UEFI was found",
  "proof.has-esp": "it has an EFI system partition, though no boot loader was found in it",
  "proof.not-uefi": "nothing on it says that it is for UEFI",
  "proof.asked": "it was asked for",

  "proof.emulated": (p: { why: string }) => `the processor was emulated, which takes longer: ${p.why}`,
  "proof.in-place": (p: { loader: string }) =>
    `${p.loader} was started as an entry in the firmware's memory would: without such an entry, as on another machine, this disk does not start (there is no EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p: { times: number }) => `the machine started anew ${p.times} times on its way`,
  "proof.unread": (p: { why: string }) => `a part of it could not be read: ${p.why}`,
  "proof.no-serial":
    "no kernel of it could be told to print on the serial port: what is said here is judged by the firmware and the picture",
};

/** The lines of it. Sizes are bytes, times seconds. */
export const provedWords = {
  "proved.evidence": (p: { line: string }) => `  Shown by:  ${p.line}`,
  "proved.reached": (p: { stage: string; seconds: number }) => `  Reached:   ${p.stage}, after ${p.seconds} s`,
  "proved.system": (p: { system: string }) => `  System:    ${p.system}`,
  "proved.next": (p: { next: string }) => `  Next:      ${p.next}`,
  "proved.reason": (p: { reason: string }) => `  ${p.reason}`,
  "proved.machine": (p: { firmware: string; because: string; bus: string; mib: number; isEmulated: boolean }) =>
    `  Machine:   ${p.firmware} (${p.because}), disk on ${p.bus}, ${p.mib} MiB, ${p.isEmulated ? "emulated" : "KVM"}, no network`,
  "proved.disk": (p: { bytes: number; used: number }) =>
    `  Disk:      ${formatBytes(p.bytes)} read; ${formatBytes(p.used)} written, to the throw-away copy alone`,
  "proved.files": (p: { files: string }) => `  Files:     ${p.files}`,
  "proved.said": "Said on the way:",
  "proved.added": "Added to the throw-away copy:",
  "proved.left": "Left as it is:",
};
