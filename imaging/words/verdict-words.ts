import { formatBytes } from "#base/units.ts";

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Whether a system will start, and what stands in the way. `driver`, `device`, `program`: what each is called. */
export const verdictWords = {
  "verdict.bcd-elsewhere":
    "The list of what Windows' boot manager starts (Boot\\BCD) was not found on this volume; it may be on the one that is marked active",
  "verdict.grub-half": "GRUB's first sector is there, but not the part that it loads",
  "verdict.no-active": "No partition is marked active, so a BIOS finds nothing to start",
  "verdict.boot-code-unknown":
    "What a BIOS starts from this disk is not known to Lifeboat: whether it goes on with this system cannot be told",
  // name: "grub", "windows", "syslinux"
  "verdict.boot-code-other": (p: { name: string }) =>
    `What a BIOS starts from this disk is of ${p.name}: whether it goes on with this system cannot be told`,
  "verdict.boot-code-old-table":
    "The partition table becomes another kind, and the boot code in front of it is for the old one",
  "verdict.boot-code-old-ids": "A GRUB in a legacy boot area may have the old ids built in, and new ones are given",
  "verdict.uefi-only":
    "It is made for UEFI: there is nothing on the disk that a BIOS, by which this machine was started, could run",
  "verdict.bios-sectors": (p: { sectorSize: number }) =>
    `A BIOS does not start from a disk with sectors of ${p.sectorSize} bytes`,
  "verdict.bios-nvme": "Many machines start from NVMe by UEFI alone; whether this one's BIOS can do it cannot be told",
  // why: in words
  "verdict.sectors-unfit": (p: { number: number; sectorSize: number; disk: string; why: string }) =>
    `Partition ${p.number} cannot live on the sectors of ${p.sectorSize} bytes that ${p.disk} has: ${p.why}`,
  "verdict.sectors-converted": (p: { sectorSize: number; oldSectorSize: number }) =>
    `The disk has sectors of ${p.sectorSize} bytes, the image ${p.oldSectorSize}: partitions are laid out anew`,
  "verdict.mbr-reach": (p: { most: number; disk: string; size: number }) =>
    `An MBR partition table reaches ${formatBytes(p.most)}; ${p.disk} has ${formatBytes(p.size)}, and what is behind that stays unused`,
  "verdict.bitlocker":
    "Windows is encrypted with BitLocker: on another machine, and when firmware or boot files change, it asks for the recovery key once",
  "verdict.luks-tpm":
    "It is opened by a key in the old machine's TPM: on another machine it asks for a pass phrase or recovery key",
  "verdict.firmware-unseen":
    "This machine was not started by UEFI, and there is no sign of a BIOS: boards and some virtual machines start a system in ways of their own",
  "verdict.no-uefi": "This machine's firmware is a BIOS that does not know UEFI, and the system would be made for UEFI",
  "verdict.made-for-bios":
    "This machine was started by UEFI now; the system would be made for BIOS (also called legacy or CSM)",
  "verdict.made-for-uefi":
    "This machine was started by BIOS (also called legacy or CSM) now; the system would be made for UEFI",
  // grub: "GRUB 2.06"; slots: their numbers, listed
  "verdict.grub-some-slots": (p: { grub: string; number: number; slots: string; count: number }) =>
    `${p.grub} opens the LUKS of partition ${p.number} with the pass phrase of ${p.count === 1 ? "key slot" : "key slots"} ${p.slots} alone: the others are derived by Argon2, which it does not know`,
  "verdict.grub-no-argon2": (p: { grub: string; number: number }) =>
    `It will not boot, because ${p.grub} cannot open the LUKS of partition ${p.number}, in which its own files lie: all keys are derived by Argon2, which GRUB knows from 2.14 on. It says "Invalid passphrase" to the right one`,
  "verdict.grub-argon2-memory": (p: { grub: string; number: number }) =>
    `${p.grub} has to open the LUKS of partition ${p.number}, whose keys are derived by Argon2 in 1 GiB of memory or more: many machines have no such piece free for it, and it says "Invalid passphrase" then`,

  // name: of a volume, as the system has it: a part of those that follow
  "verdict.root-name": (p: { name: string }) => `The boot menu calls the root ${p.name}`,
  "verdict.mount-name": (p: { folder: string; name: string }) => `It mounts ${p.folder} as ${p.name}`,
  "verdict.name-old-disk": (p: { what: string }) => `${p.what}, which names the old disk or the old place of it`,
  "verdict.root-missing": (p: { what: string }) =>
    `${p.what}, which is on no volume of this disk that could be looked at`,
  "verdict.root-elsewhere": (p: { what: string }) =>
    `${p.what}, which is on no volume of this disk that could be looked at: it starts only if that is found`,
  "verdict.volume-elsewhere": (p: { what: string }) =>
    `${p.what}, which is on no volume of this disk that could be looked at: it does not start as usual unless that is on another disk of the machine`,
  "verdict.name-old-table": (p: { what: string }) =>
    `${p.what}, and the new kind of partition table gives partitions other ids`,
  "verdict.name-other-here": (p: { what: string; disk: string }) => `${p.what}; here that disk is ${p.disk}`,
  "verdict.name-unsure": (p: { what: string }) => `${p.what}, which can be another disk of this machine`,
  // old, names: of network devices, listed
  "verdict.network-names": (p: { old: string; names: string }) =>
    `Its network settings are for ${p.old}; this machine has ${p.names}: it starts without a network until that is changed`,
  // id: "8086:15b8", or ""
  "verdict.network-driver": (p: { name: string; id: string }) =>
    `Its kernel has no driver for the network device ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,

  "verdict.no-kernel": "Which kernel it starts could not be found out",
  "verdict.disk-unplaced": (p: { disk: string }) =>
    `Which controller ${p.disk} will hang on is not known, so its driver is not either`,
  // kernels: a sentence for each
  "verdict.kernels-differ": (p: { kernels: readonly string[] }) =>
    `Which of its kernels starts cannot be told, and they differ: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p: { version: string; answer: "will-boot" | "will-boot-after" | "will-not-boot" | "unknown" }) =>
    `${p.version}: ${p.answer}`,
  "verdict.initramfs-missing": (p: { file: string; version: string }) =>
    `The menu loads ${p.file} with kernel ${p.version}, and it is not there`,
  "verdict.modules-missing": (p: { version: string }) =>
    `What kernel ${p.version} has drivers for cannot be told: the list of its modules is not there`,
  "verdict.driver-built-in": (p: { version: string; driver: string; device: string }) =>
    `Kernel ${p.version} has the driver ${p.driver} built in; whether it is new enough for ${p.device} cannot be told`,
  "verdict.initramfs-unread": (p: { driver: string; device: string; why: string }) =>
    `Whether the driver ${p.driver} for ${p.device} is there at the start cannot be told: ${p.why}`,
  "verdict.initramfs-no-tool": (p: { driver: string; device: string }) =>
    `The driver ${p.driver} for ${p.device} is not there at the start, and the system has no program that would put it there`,
  "verdict.driver-late": (p: { driver: string; device: string }) =>
    `The driver ${p.driver} for ${p.device} is in the system, but not in what is loaded at the start (initramfs)`,
  // driver: what drives it here, or ""
  "verdict.driver-untold": (p: { version: string; device: string; driver: string }) =>
    `Whether kernel ${p.version} has a driver for ${p.device} cannot be told${p.driver === "" ? "" : `; here it is ${p.driver}`}`,
  "verdict.driver-missing": (p: { version: string; device: string; driver: string }) =>
    `Kernel ${p.version} has no driver for ${p.device}${p.driver === "" ? "" : `; here it is ${p.driver}`}: it would not find its disk`,
  "verdict.any-of": (p: { list: readonly string[] }) => p.list.join(" or "),
  "verdict.scsi-disks": "SCSI and SATA disks",
  "verdict.other-device": (p: { bus: string; address: string }) => `the ${p.bus} device ${p.address}`,
  "verdict.raid-member":
    "Its root is on a Linux RAID of several disks: it starts when enough of them are in the machine",
  // container: "LVM"
  "verdict.root-tools": (p: { container: string; version: string }) =>
    `Its root is in ${p.container}, and what is loaded with kernel ${p.version} does not seem to have the programs for that`,
  // have, least: bytes of memory
  "verdict.memory": (p: { have: number; least: number }) =>
    `The machine has ${formatBytes(p.have)} of memory; below ${formatBytes(p.least)} it may not start`,
  "verdict.processor-unknown": "For which kind of processor it is cannot be told",
  "verdict.processor": (p: { wanted: string; own: string }) =>
    `It is a system for ${p.wanted} processors; this machine has one of ${p.own}`,
  "verdict.processor-uefi": "It is a system of 32 bits, which firmware of 64 bits does not start by UEFI",
  // level, own: 1 to 4; own: 0 where it is not known
  "verdict.processor-level": (p: { level: number; name: string; own: number }) =>
    `It needs a processor of level x86-64-v${p.level}; ${p.name} has ${p.own === 0 ? "an unknown one" : `v${p.own}`}`,

  "verdict.loader": (p: { path: string }) => `the boot loader ${p.path}`,
  "verdict.kernel-program": (p: { version: string }) => `the kernel ${p.version}`,
  "verdict.secure-made-unsigned":
    "Secure Boot is on, and a boot loader that is made for this system would not be signed",
  "verdict.secure-forbidden": (p: { program: string }) =>
    `Secure Boot is on, and this machine forbids ${p.program} by name: it is too old`,
  "verdict.secure-revoked": (p: { program: string }) =>
    `Secure Boot is on, and this machine forbids ${p.program}: it is too old`,
  "verdict.secure-unsigned": (p: { program: string }) =>
    `Secure Boot is on, and ${p.program} is not signed, or was changed since`,
  // signer: "" where nobody is named
  "verdict.secure-unsure": (p: { program: string; signer: string }) =>
    `Secure Boot is on, and whom this machine trusts could not be read; ${p.program} is signed by ${p.signer || "somebody"}`,
  "verdict.secure-untrusted": (p: { program: string; signer: string }) =>
    `Secure Boot is on, and ${p.program} is signed by ${p.signer || "somebody"}, whom this machine does not trust`,
  "verdict.secure-untrusted-shim": (p: { program: string; signer: string }) =>
    `Secure Boot is on, and ${p.program} is signed by ${p.signer || "somebody"}, whom neither its shim nor this machine trusts`,
  "verdict.secure-grub-alone":
    "Secure Boot is on, and GRUB is started without shim: whether it starts the kernel cannot be told",
  // line: of the list, "grub,4"
  "verdict.secure-old": (p: { program: string; line: string }) =>
    `Secure Boot is on, and ${p.program} is older than this machine allows (${p.line})`,

  "verdict.loader-foreign": (p: { kinds: string; own: string }) =>
    `It has a UEFI boot loader for ${p.kinds}; this machine's firmware runs programs of ${p.own}`,
  "verdict.no-esp":
    "There is no EFI system partition for this system that UEFI, by which this machine starts, could use",
  "verdict.no-loader": "There is no boot loader for this system that UEFI, by which this machine starts, could use",
  // why: one of the three above
  "verdict.no-room": (p: { why: string; least: number }) =>
    `${p.why}, and behind the last partition there is no room for one (${formatBytes(p.least)})`,
  "verdict.no-parts": (p: { why: string }) => `${p.why}, and the system does not have what one is made of`,
  "verdict.bcd-missing": "Windows' boot manager is there, but not the list of what it starts (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "GRUB is on the EFI system partition, and the settings (grub.cfg) that it looks for there are not: it may stop at its prompt",
  "verdict.no-entry": (p: { path: string }) =>
    `The firmware of this machine has to be told of ${p.path}: at the place where it looks by itself there is nothing for this system`,

  "verdict.windows-mbr": "By UEFI, Windows is made to start from a disk with a GPT; this one has an MBR",
  "verdict.windows-new-table":
    "The partition table becomes another kind, and Windows' boot list (BCD) names partitions by it",
  "verdict.windows-new-ids": "Disk and partitions get new ids, by which Windows' boot list (BCD) knows them",
  "verdict.windows-7": (p: { name: string }) =>
    `${p.name} stops at "Starting Windows" where UEFI has no BIOS part (CSM) for graphics; whether this machine has it cannot be told`,
  "verdict.hibernated-fixed":
    "Windows was hibernated (Fast Startup): nothing is changed in it, so it is not made ready for other hardware",
  "verdict.hibernated":
    "Windows was hibernated (Fast Startup): on other hardware it cannot go on where it was, and starts anew or asks",
  "verdict.registry-unread": (p: { why: string }) => `What drivers it has cannot be told: ${p.why}`,
  "verdict.disk-unknown": (p: { disk: string }) => `What ${p.disk} hangs on is not known to Lifeboat`,
  "verdict.windows-usb": (p: { device: string }) => `Windows starts from ${p.device} only when it was made for that`,
  // stop: how Windows calls its end
  "verdict.service-off": (p: { driver: string; device: string; stop: string }) =>
    `Windows has the driver ${p.driver} for ${p.device}, but it is not started early enough: without a change it stops with ${p.stop}`,
  "verdict.driver-found": (p: { device: string }) =>
    `Windows has no driver for ${p.device}; one was found in the folders that were given`,
  "verdict.driver-unsure": (p: { driver: string; device: string }) =>
    `Windows has a driver ${p.driver}; whether it is for ${p.device}, and loaded in time, cannot be told`,
  "verdict.windows-no-driver": (p: { name: string; device: string; stop: string }) =>
    `${p.name} has no driver for ${p.device}, and would not find its disk (${p.stop})`,

  // what: a volume, and why, in words
  "verdict.unseen": (p: { what: string }) => `What is in it could not be looked at: ${p.what}`,
  "verdict.no-system": "No installed Linux or Windows was found: there is nothing that could start",

  // parts: what can be done, each alone
  "next.either": (p: { parts: readonly string[] }) => capital(p.parts.join("; or ")),
  "next.repair": "Let it be repaired",
  "next.make-bios": "let it be made to start by a BIOS",
  "next.make-uefi": "let it be made to start by UEFI",
  "next.set-uefi": "set the firmware to start by UEFI",
  "next.set-bios": "set the firmware to BIOS (legacy, CSM) mode, if it has one",
  "next.uefi-or-512": "Start by UEFI, or choose a disk with sectors of 512 bytes",
  "next.uefi-if": "Start by UEFI, if the machine can",
  "next.sectors": (p: { sectorSize: number }) => `Choose a disk with sectors of ${p.sectorSize} bytes`,
  "next.to-gpt": "Convert it to GPT, where the machine starts by UEFI",
  "next.recovery-key": "Have the recovery key at hand (48 digits; aka.ms/myrecoverykey) before you begin",
  "next.pass-phrase": "Have one of them at hand before you begin",
  "next.no-uefi": "Let it start by a BIOS",
  "next.set-bios-if": "Set the firmware to start by BIOS (also called legacy or CSM), if it can",
  "next.set-uefi-if": "Set the firmware to start by UEFI, if it can",
  "next.convert-slot":
    "Convert the key slot whose pass phrase GRUB shall take (`cryptsetup luksConvertKey --pbkdf pbkdf2 --key-slot N DEVICE`), or put /boot on a partition of its own that is not encrypted.",
  "next.names": "Let the names become UUIDs",
  "next.name-disk": "Name a disk of the machine",
  "next.initramfs-put": "Let it be put there",
  "next.initramfs": "Let the initramfs be made again, with drivers for all hardware",
  "next.newer-kernel":
    "Install a newer kernel in the system before it is captured, or use a disk on another controller",
  "next.set-bios-has": "Set the firmware to BIOS (legacy, CSM) mode, if it has one",
  "next.secure-off": "Turn Secure Boot off in the firmware",
  "next.secure-allow":
    'Allow the certificate in the firmware (often called "3rd party UEFI CA"), or turn Secure Boot off',
  "next.secure-enrol": "Turn Secure Boot off in the firmware, or enrol that key with `mokutil`",
  "next.secure-update": "Turn Secure Boot off in the firmware for one start, and update the system's boot loader",
  "next.larger-disk": "Choose a larger disk, or let partitions become smaller",
  "next.entry": "Let it be told",
  "next.gpt": "Let it be a GPT",
  "next.bcd": "Let the names be corrected",
  "next.ids": "Let the list be corrected, or keep the identifiers",
  "next.discard": "Throw away its hibernated session, or shut it down with `shutdown /s /t 0` and capture it again",
  "next.shut-down": "Better: shut it down with `shutdown /s /t 0` and capture it again",
  "next.service": "Let the driver be switched on",
  "next.driver-use": "Let it be put in",
  // pack: what people search for; id: of the device; other: what else helps
  "next.driver-give": (p: { pack: string; id: string; other: string }) => `Give ${p.pack} for ${p.id}; or ${p.other}`,
  "next.maker-driver": "the maker's driver",
  "next.or-no-vmd": "turn VMD off in the firmware: the disk then is plain NVMe",
  "next.or-ahci": "set SATA to AHCI in the firmware, if no RAID is in use",
  "next.or-sata": "attach the disk by SATA",
  "next.or-other-controller": "use a disk on another controller",
  "next.nvme-7": "Use a SATA disk, or give the maker's NVMe driver for Windows 7",
};
